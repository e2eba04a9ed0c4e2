#include "actions/audit.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>

#include "events/catalogue.hpp"
#include "events/decode.hpp"
#include "events/json_fields.hpp"

namespace cachify::actions {

namespace json = boost::json;

namespace {

constexpr std::size_t kBytesAtOnce = 4UL << 20;
/// An id is made when its command begins; its frame is recorded when that is known to the log.
constexpr std::chrono::minutes kIdSlack{30};

/// The payload as a JSON object of today's schema, as far as it can be had.
std::optional<json::object> payloadOf(const log::Frame& frame, std::size_t index) {
  const std::string& payload = frame.payloads[index];
  std::string current = payload;
  if (events::findSpec(frame.type) != nullptr) {
    auto upcast = events::upcast(static_cast<events::EventType>(frame.type), frame.schemaVersion, payload);
    if (upcast) current = std::move(*upcast);
  }
  auto object = events::parseObject(current);
  if (!object) return std::nullopt;
  return std::move(*object);
}

std::string_view textIn(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

/// Like Fields::bytes, for a field that may be missing.
Bytes bytesIn(const json::object& object, std::string_view name) {
  const auto base64 = textIn(object, fmt::format("{}Base64", name));
  if (!base64.empty()) return fromBase64(base64).value_or(Bytes());
  return Bytes(textIn(object, name));
}

std::optional<std::int64_t> numberIn(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  json::error_code error;
  const auto number = value->to_number<std::int64_t>(error);
  if (error) return std::nullopt;
  return number;
}

/// The keys an event names: its own, or those of its list.
Bytes keysIn(const json::object& object) {
  for (const std::string_view name : {"keyOrPattern", "key"}) {
    if (object.contains(name)) return bytesIn(object, name);
  }
  const auto* keys = object.if_contains("keys");
  if (keys == nullptr || !keys->is_array()) return {};
  Bytes all;
  for (const auto& item : keys->get_array()) {
    if (!item.is_object()) continue;
    if (!all.empty()) all += ", ";
    all += bytesIn(item.get_object(), "key");
  }
  return all;
}

std::string statusOf(const json::object& object, std::string_view type) {
  if (const auto* ok = object.if_contains("ok"); ok != nullptr && ok->is_bool())
    return ok->get_bool() ? "success" : "error";
  if (const auto status = textIn(object, "status"); !status.empty()) return std::string(status);
  if (type == "operation.completed" || type == "mutation.applied") return "success";
  if (type == "connection.opened" || type == "connection.restored") return "success";
  if (type == "connection.lost") return "error";
  if (type == "operation.blocked") return "blocked";
  if (type == "mutation.unknown") return "unknown";
  if (type.ends_with("failed") || type == "plugin.faulted") return "error";
  return {};
}

/// Fields have the same names in all families, so an event type that is added later needs nothing here.
void readPayload(const json::object& object, TimelineLine& line) {
  const bool isProfile = line.type == "connection.created" || line.type == "connection.updated";
  const auto connection = ConnectionId::parse(textIn(object, isProfile ? "id" : "connectionId"));
  if (connection) line.connectionId = *connection;
  line.action = textIn(object, "action");
  if (line.action.empty()) line.action = textIn(object, "reason");
  line.keyOrPattern = keysIn(object);
  line.status = statusOf(object, line.type);
  if (const auto us = numberIn(object, "durationUs")) line.duration = std::chrono::microseconds(*us);
  if (const auto attempts = numberIn(object, "attempts"))
    line.attempts = static_cast<std::uint32_t>(*attempts);
  line.errorCode = textIn(object, "errorCode");
  line.message = textIn(object, "message");
  line.change = textIn(object, "change");
  if (const auto plugin = textIn(object, "pluginId"); !plugin.empty())
    line.message =
        trimAscii(fmt::format("{} {} {}", plugin, textIn(object, "version"), textIn(object, "fault")));
}

/// The UUIDv7's own time (RFC 9562 section 5.7).
WallTime timeOf(const Uuid& id) {
  std::uint64_t ms = 0;
  for (std::size_t i = 0; i < 6; ++i) ms = ms << 8 | id.bytes()[i];
  return WallTime(std::chrono::milliseconds(ms));
}

std::optional<std::size_t> indexOf(const log::Frame& frame, const Uuid& id) {
  // Ids of one frame ascend, so all but one comparison in most frames is saved.
  const std::size_t count = frame.payloads.size();
  if (id < frame.firstEventId || id > frame.eventId(count - 1)) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    if (frame.eventId(i) == id) return i;
  }
  return std::nullopt;
}

std::unexpected<Error> noSuchEvent(std::string_view what) {
  return fail(ErrorCode::notFound, fmt::format("there is no event '{}' in the log", escapeForDisplay(what)));
}

/// The first position whose frame was recorded at `time` or later. Frames of several processes may be out of
/// order by a little; `kIdSlack` covers that.
Result<log::Position> positionAt(const log::EventReader& log, WallTime time, log::Position last) {
  log::Position low = 1;
  log::Position high = last + 1;
  while (low < high) {
    const log::Position middle = low + (high - low) / 2;
    const auto frames = log.framesFrom(middle, 1);
    if (!frames) return std::unexpected(frames.error());
    if (!frames->empty() && frames->front().recordedAt < time) {
      low = std::max(middle + 1, frames->front().lastPosition() + 1);
    } else {
      high = middle;
    }
  }
  return low;
}

/// Nothing if it is not there between `from` and the first frame recorded after `until`.
Result<std::optional<FoundEvent>> scanFor(const log::EventReader& log, const Uuid& id, log::Position from,
                                          WallTime until) {
  for (;;) {
    auto frames = log.framesFrom(from, kBytesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    if (frames->empty()) return std::nullopt;
    for (auto& frame : *frames) {
      if (frame.recordedAt > until) return std::nullopt;
      if (const auto index = indexOf(frame, id)) return FoundEvent{std::move(frame), *index};
    }
    from = frames->back().lastPosition() + 1;
  }
}

Result<FoundEvent> findById(const log::EventReader& log, const Uuid& id, std::string_view text) {
  const auto head = log.head();
  if (!head) return std::unexpected(head.error());
  const auto near = positionAt(log, timeOf(id) - kIdSlack, head->lastPosition);
  if (!near) return std::unexpected(near.error());
  auto found = scanFor(log, id, *near, timeOf(id) + kIdSlack);
  // A clock that was set back puts a frame elsewhere.
  if (found && !*found) found = scanFor(log, id, 1, WallTime::max());
  if (!found) return std::unexpected(found.error());
  if (!*found) return noSuchEvent(text);
  return std::move(**found);
}

Result<FoundEvent> findAt(const log::EventReader& log, log::Position position, std::string_view text) {
  auto frames = log.framesFrom(position, 1);
  if (!frames) return std::unexpected(frames.error());
  if (position == 0 || frames->empty() || position < frames->front().firstPosition) return noSuchEvent(text);
  log::Frame& frame = frames->front();
  const std::size_t index = position - frame.firstPosition;
  return FoundEvent{std::move(frame), index};
}

}  // namespace

std::string eventTypeName(std::uint16_t type) {
  const auto* spec = events::findSpec(type);
  return spec == nullptr ? fmt::format("type.{}", type) : std::string(spec->name);
}

TimelineLine timelineLine(const log::Frame& frame, std::size_t index) {
  TimelineLine line;
  line.position = frame.firstPosition + index;
  line.id = frame.eventId(index);
  line.type = eventTypeName(frame.type);
  line.recordedAt = frame.recordedAt;
  line.source = frame.actor.surface;
  line.actor = fmt::format("{}@{}", frame.actor.osUser, frame.actor.host);
  line.correlationId = frame.correlationId;
  line.causationId = frame.causationId;
  line.purged = frame.payloads[index].empty();
  if (line.purged) return line;
  if (const auto payload = payloadOf(frame, index)) readPayload(*payload, line);
  return line;
}

Result<FoundEvent> findEvent(const log::EventReader& log, std::string_view positionOrId) {
  log::Position position = 0;
  const char* end = positionOrId.data() + positionOrId.size();
  const auto parsed = std::from_chars(positionOrId.data(), end, position);
  if (parsed.ec == std::errc() && parsed.ptr == end) return findAt(log, position, positionOrId);
  const auto id = Uuid::parse(positionOrId);
  if (id) return findById(log, *id, positionOrId);
  return fail(Error{.code = ErrorCode::validationError,
                    .message = fmt::format("'{}' is neither a position nor an event's id",
                                           escapeForDisplay(positionOrId.substr(0, 100)))}
                  .with("field", std::string("event")));
}

}  // namespace cachify::actions
