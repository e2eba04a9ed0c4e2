#include "actions/observe/slow_log_cursor.hpp"

#include "core/digest.hpp"
#include "events/decode.hpp"
#include "events/sample_events.hpp"

namespace cachify::actions {

std::string slowLogStream(ConnectionId connection, const std::string& runId) {
  // The server's word, which may be anything; its digest is not.
  constexpr std::size_t kEnough = 16;
  return "slowlog/" + connection.toString() + "/" + toHex(sha256(runId)).substr(0, kEnough);
}

bool SlowLogCursor::isNew(const cache::SlowLogEntry& entry) const {
  if (streamVersion == 0) return true;
  // A server that does not name its runs may have begun anew: then time tells.
  if (!lastId || entry.runId.empty()) return entry.at > lastAt || (lastId && entry.id > *lastId);
  return entry.id > *lastId;
}

Result<SlowLogCursor> slowLogCursor(const log::EventReader& log, const std::string& stream) {
  const auto version = log.streamVersion(stream);
  if (!version) return std::unexpected(version.error());
  SlowLogCursor cursor{.streamVersion = *version};
  if (*version == 0) return cursor;
  const auto frames = log.streamFrom(stream, *version, 1);
  if (!frames) return std::unexpected(frames.error());
  if (frames->empty())
    return fail(ErrorCode::internalError, "the log's stream " + stream + " ends before its version");
  const log::Frame& frame = frames->back();
  cursor.lastAt = frame.recordedAt;
  if (frame.payloads.back().empty()) return cursor;
  const auto last = events::decodeAs<events::SlowLogSample>(frame.schemaVersion, frame.payloads.back());
  if (!last) return std::unexpected(last.error());
  cursor.lastId = last->entryId;
  cursor.lastAt = last->at;
  return cursor;
}

}  // namespace cachify::actions
