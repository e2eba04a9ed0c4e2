#pragma once
// A frame of events as the app appends them.

#include "events/catalogue.hpp"
#include "log/frame.hpp"

namespace cachify::bench {

/// Without payloads yet.
template <class Event>
log::FrameDraft eventFrame(std::string stream, WallTime at) {
  return {.stream = std::move(stream),
          .type = static_cast<std::uint16_t>(Event::kType),
          .schemaVersion = events::specOf(Event::kType).schemaVersion,
          .firstEventId = Uuid::makeV7(at),
          .correlationId = Uuid::makeV7(at),
          .recordedAt = at,
          .actor = {.osUser = "ada", .host = "workstation", .surface = "app"}};
}

}  // namespace cachify::bench
