#include "views/event_record.hpp"

#include <fmt/format.h>

#include <type_traits>

#include "events/decode.hpp"

namespace cachify::views {
namespace {

template <class Event>
bool decodeIf(const log::Frame& frame, std::string_view payload, Result<AnyEvent>& out) {
  if (frame.type != static_cast<std::uint16_t>(Event::kType)) return false;
  auto event = events::decodeAs<Event>(frame.schemaVersion, payload);
  if (event) {
    out = AnyEvent(std::move(*event));
  } else {
    out = std::unexpected(event.error());
  }
  return true;
}

template <class... Events>
Result<AnyEvent> decodeOneOf(const log::Frame& frame, std::string_view payload,
                             const std::variant<Events...>*) {
  Result<AnyEvent> out =
      fail(ErrorCode::internalError, fmt::format("event type {} is not known", frame.type));
  (decodeIf<Events>(frame, payload, out) || ...);
  return out;
}

}  // namespace

Result<std::optional<EventRecord>> recordOf(const log::Frame& frame, std::size_t index) {
  const std::string& payload = frame.payloads[index];
  if (payload.empty()) return std::nullopt;
  auto event = decodeOneOf(frame, payload, static_cast<const AnyEvent*>(nullptr));
  if (!event) return std::unexpected(event.error());
  return EventRecord{.position = frame.firstPosition + index,
                     .id = frame.eventId(index),
                     .type = frame.type,
                     .recordedAt = frame.recordedAt,
                     .correlationId = frame.correlationId,
                     .causationId = frame.causationId,
                     .actor = frame.actor,
                     .event = std::move(*event)};
}

bool isOfRun(std::string_view action) {
  return action.starts_with("workflows.");
}

bool isOfProfile(std::string_view action) {
  return action.starts_with("connections.") && action != "connections.test";
}

const events::Operation* operationIn(const AnyEvent& event) {
  return std::visit(
      [](const auto& e) -> const events::Operation* {
        if constexpr (std::is_base_of_v<events::Operation, std::remove_cvref_t<decltype(e)>>) {
          return &e;
        } else {
          return nullptr;
        }
      },
      event);
}

}  // namespace cachify::views
