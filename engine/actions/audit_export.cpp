// The log as JSON objects, one a line, that standard tools can verify.
//
// {"kind":"log", "origin":…}            chain value before the first event
// {"kind":"frame", "header":…, "chainBefore":…, "root":…, "chain":…}
// {"kind":"event", "salt":…, "payload":…, "digest":…}

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "actions/audit.hpp"
#include "log/frame_codec.hpp"

namespace cachify::actions {

namespace json = boost::json;

namespace {

using Sink = std::function<Result<void>(const json::object&)>;

constexpr std::size_t kExportBytesAtOnce = 4UL << 20;

/// Purged events have no payload to repeat; their digest stands for what was there.
json::object eventLine(const log::Frame& frame, std::size_t index, const log::EventEntry& entry) {
  json::object line{{"kind", "event"},
                    {"position", frame.firstPosition + index},
                    {"id", frame.eventId(index).toString()},
                    {"type", eventTypeName(frame.type)},
                    {"schemaVersion", frame.schemaVersion},
                    {"stream", frame.stream},
                    {"streamVersion", frame.firstStreamVersion + index},
                    {"recordedAt", toIso8601(frame.recordedAt)},
                    {"digest", toHex(entry.digest())},
                    {"purged", entry.purged},
                    {"salt", nullptr},
                    {"payload", nullptr}};
  if (!entry.purged) {
    line["salt"] = toHex(entry.salted.substr(0, log::kSaltBytes));
    line["payload"] = entry.payload();
  }
  return line;
}

json::object frameLine(const log::Frame& frame, const log::FrameView& view, const Digest& chainBefore) {
  return {{"kind", "frame"},
          {"firstPosition", frame.firstPosition},
          {"lastPosition", frame.lastPosition()},
          {"correlationId", frame.correlationId.toString()},
          {"causationId",
           frame.causationId.isNil() ? json::value(nullptr) : json::value(frame.causationId.toString())},
          {"actor",
           json::object{
               {"osUser", frame.actor.osUser}, {"host", frame.actor.host}, {"surface", frame.actor.surface}}},
          {"header", toHex(view.header)},
          {"chainBefore", toHex(chainBefore)},
          {"root", toHex(view.root())},
          {"chain", toHex(view.chain)}};
}

Result<void> exportFrame(const log::FrameView& view, const Digest& chainBefore, const Sink& sink) {
  const log::Frame frame = log::toFrame(view);
  if (auto ok = sink(frameLine(frame, view, chainBefore)); !ok) return ok;
  log::EntryCursor entries(view.body);
  log::EventEntry entry;
  for (std::size_t i = 0; entries.next(entry); ++i) {
    if (auto ok = sink(eventLine(frame, i, entry)); !ok) return ok;
  }
  return {};
}

Result<Digest> exportFrames(const std::vector<Bytes>& stored, log::Position& next, log::Position to,
                            Digest chain, const Sink& sink) {
  for (const auto& bytes : stored) {
    const auto view = log::viewFrame(bytes, next);
    if (!view) return std::unexpected(view.error());
    if (view->firstPosition > to) break;
    if (auto ok = exportFrame(*view, chain, sink); !ok) return std::unexpected(ok.error());
    chain = view->chain;
    next = view->lastPosition() + 1;
  }
  return chain;
}

/// The chain value in front of the frame that holds `position`.
Result<Digest> chainBefore(const log::EventLog& log, log::Position position) {
  const auto frames = log.framesFrom(position, 1);
  if (!frames) return std::unexpected(frames.error());
  return log.chainAt(frames->empty() ? 0 : frames->front().firstPosition - 1);
}

}  // namespace

Result<void> exportLog(const log::EventLog& log, log::Position from, log::Position to, const Sink& sink) {
  const auto head = log.head();
  if (!head) return std::unexpected(head.error());
  const auto origin = log.chainAt(0);
  if (!origin) return std::unexpected(origin.error());
  const json::object about{{"kind", "log"},
                           {"logId", head->logId.toString()},
                           {"formatVersion", log::kFormatVersion},
                           {"origin", toHex(*origin)},
                           {"lastPosition", head->lastPosition},
                           {"digest", "SHA-256(salt, payload)"},
                           {"root", "SHA-256(digests of the frame's events in order)"},
                           {"chain", "SHA-256(chainBefore, header, root)"}};
  if (auto ok = sink(about); !ok) return ok;
  // Events that are appended meanwhile belong to the next export.
  to = std::min(to, head->lastPosition);
  log::Position next = std::max<log::Position>(from, 1);
  if (next > to) return {};
  auto chain = chainBefore(log, next);
  while (chain && next <= to) {
    const auto stored = log.storedFramesFrom(next, kExportBytesAtOnce);
    if (!stored) return std::unexpected(stored.error());
    if (stored->empty()) break;
    chain = exportFrames(*stored, next, to, *chain, sink);
  }
  if (!chain) return std::unexpected(chain.error());
  return {};
}

}  // namespace cachify::actions
