#pragma once
// Reading the log for people: timeline lines, one event with all that is known of it, export for verification
// elsewhere. Nothing here decides or changes anything.

#include <boost/json/fwd.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/uuid.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {

/// One event as a timeline shows it. What its type does not have stays empty.
struct TimelineLine {
  log::Position position = 0;
  Uuid id;
  std::string type;  ///< wire name; "type.N" for one this program does not know
  WallTime recordedAt{};
  ConnectionId connectionId;  ///< nil: none
  std::string action;
  Bytes keyOrPattern;
  std::string status;  ///< success, error, blocked; unknown for a mutation that was sent without an answer
  std::optional<std::chrono::microseconds> duration{};
  std::optional<std::uint32_t> attempts{};
  std::string errorCode;
  std::string message;
  std::string change;  ///< redacted
  std::string source;  ///< app, cli, workflow, plugin, engine
  std::string actor;   ///< user@host
  Uuid correlationId;
  Uuid causationId;  ///< nil: a person's command
  bool purged = false;
};

/// Never fails: of a payload that cannot be read, what the frame itself says is shown.
[[nodiscard]] TimelineLine timelineLine(const log::Frame& frame, std::size_t index);

struct FoundEvent {
  log::Frame frame;
  std::size_t index = 0;
};

/// By position or event id. NOT_FOUND if there is none; VALIDATION_ERROR for a text that is neither. An id is
/// looked for around the time it holds, then everywhere.
[[nodiscard]] Result<FoundEvent> findEvent(const log::EventReader& log, std::string_view positionOrId);

/// The wire name of an event type, or "type.N".
[[nodiscard]] std::string eventTypeName(std::uint16_t type);

/// Objects with every byte that digests and chain are computed of (engine/log/FORMAT.md, section 3): first
/// one about the log, then for each frame one and one for each of its events. `sink` may end the export with
/// an error. From and to are positions; frames that lie only partly between come whole.
[[nodiscard]] Result<void> exportLog(const log::EventLog& log, log::Position from, log::Position to,
                                     const std::function<Result<void>(const boost::json::object&)>& sink);

}  // namespace cachify::actions
