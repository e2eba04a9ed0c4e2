#pragma once
// Makes log frames of events. One `Trace` per command: all frames of one command share its correlation id.

#include <span>
#include <string>

#include "actions/context.hpp"
#include "events/catalogue.hpp"
#include "log/frame.hpp"

namespace cachify::actions {

struct Trace {
  Uuid correlation;
  Uuid causation;  ///< nil: the command came from a person
};

/// How much of a stream is read in one go.
inline constexpr std::size_t kFramesAtOnce = 1000;
/// The same for streams whose frames may hold thousands of events.
inline constexpr std::size_t kLargeFramesAtOnce = 16;

/// Of payloads that are encoded already. `id` names the first event; nil: a new one.
template <class Event>
[[nodiscard]] log::FrameDraft makeFrameOf(const Context& context, const Trace& trace, std::string stream,
                                          std::vector<std::string> payloads, Uuid id = {}) {
  log::FrameDraft frame;
  frame.stream = std::move(stream);
  frame.type = static_cast<std::uint16_t>(Event::kType);
  frame.schemaVersion = events::specOf(Event::kType).schemaVersion;
  frame.recordedAt = context.clock.now();
  frame.firstEventId = id.isNil() ? Uuid::makeV7(frame.recordedAt) : id;
  frame.correlationId = trace.correlation;
  frame.causationId = trace.causation;
  frame.actor = context.actor;
  frame.payloads = std::move(payloads);
  return frame;
}

template <class Event>
[[nodiscard]] log::FrameDraft makeFrame(const Context& context, const Trace& trace, std::string stream,
                                        std::span<const Event> events, Uuid id = {}) {
  std::vector<std::string> payloads;
  payloads.reserve(events.size());
  for (const auto& event : events) payloads.push_back(encode(event));
  return makeFrameOf<Event>(context, trace, std::move(stream), std::move(payloads), id);
}

template <class Event>
[[nodiscard]] log::FrameDraft makeFrame(const Context& context, const Trace& trace, std::string stream,
                                        const Event& event, Uuid id = {}) {
  return makeFrame<Event>(context, trace, std::move(stream), std::span<const Event>(&event, 1), id);
}

}  // namespace cachify::actions
