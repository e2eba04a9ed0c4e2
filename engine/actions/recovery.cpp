#include "actions/recovery.hpp"

#include <map>

#include "actions/frames.hpp"
#include "actions/session_lock.hpp"
#include "events/decode.hpp"
#include "events/mutation_events.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {
namespace {

struct OpenIntents {
  std::map<Uuid, ConnectionId> byMutation;  ///< intents without an outcome
  std::uint64_t streamVersion = 0;
};

template <class Event>
Result<void> closeIntent(const log::Frame& frame, const std::string& payload, OpenIntents& open) {
  const auto event = events::decodeAs<Event>(frame.schemaVersion, payload);
  if (!event) return std::unexpected(event.error());
  open.byMutation.erase(event->mutationId.value());
  return {};
}

Result<void> foldEvent(const log::Frame& frame, std::size_t i, OpenIntents& open) {
  const std::string& payload = frame.payloads[i];
  switch (static_cast<events::EventType>(frame.type)) {
    case events::EventType::mutationRequested: {
      const auto event = events::decodeAs<events::MutationRequested>(frame.schemaVersion, payload);
      if (!event) return std::unexpected(event.error());
      open.byMutation.emplace(frame.eventId(i), event->connectionId);
      return {};
    }
    case events::EventType::mutationApplied:
      return closeIntent<events::MutationApplied>(frame, payload, open);
    case events::EventType::mutationFailed:
      return closeIntent<events::MutationFailed>(frame, payload, open);
    case events::EventType::mutationUnknown:
      return closeIntent<events::MutationUnknown>(frame, payload, open);
    default:
      return {};
  }
}

Result<OpenIntents> readOpenIntents(const log::EventLog& log, const std::string& stream) {
  OpenIntents open;
  for (;;) {
    const auto frames = log.streamFrom(stream, open.streamVersion + 1, kFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    for (const auto& frame : *frames) {
      for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
        if (auto ok = foldEvent(frame, i, open); !ok) return std::unexpected(ok.error());
      }
      open.streamVersion = frame.firstStreamVersion + frame.payloads.size() - 1;
    }
    if (frames->size() < kFramesAtOnce) return open;
  }
}

Result<void> recordUnknown(const Context& context, const std::string& stream, const OpenIntents& open) {
  log::AppendRequest request;
  for (const auto& [mutation, connection] : open.byMutation) {
    log::FrameDraft frame;
    frame.stream = stream;
    frame.type = static_cast<std::uint16_t>(events::EventType::mutationUnknown);
    frame.recordedAt = context.clock.now();
    frame.firstEventId = Uuid::makeV7(frame.recordedAt);
    frame.correlationId = mutation;
    frame.causationId = mutation;
    frame.actor = context.actor;
    frame.payloads.push_back(encode(events::MutationUnknown{
        .mutationId = MutationId(mutation), .connectionId = connection, .reason = "processEnded"}));
    request.frames.push_back(std::move(frame));
  }
  request.conditions.push_back({.stream = stream, .version = open.streamVersion});
  const auto receipt = context.log.append(std::move(request));
  if (!receipt && receipt.error().code != ErrorCode::conflict) return std::unexpected(receipt.error());
  return {};
}

}  // namespace

Result<RecoveryReport> recoverDeadSessions(const Context& context) {
  auto dead = SessionLock::takeDead(context.dataDirectory / "sessions");
  if (!dead) return std::unexpected(dead.error());
  RecoveryReport report;
  for (auto& lock : *dead) {
    const std::string stream = mutationsStream(lock.id());
    const auto open = readOpenIntents(context.log, stream);
    if (!open) return std::unexpected(open.error());
    if (!open->byMutation.empty()) {
      if (auto ok = recordUnknown(context, stream, *open); !ok) return std::unexpected(ok.error());
    }
    ++report.deadSessions;
    report.unknownMutations += static_cast<std::uint32_t>(open->byMutation.size());
    lock.retire();
  }
  return report;
}

}  // namespace cachify::actions
