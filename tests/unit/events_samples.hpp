#pragma once
// At least one event of every type in the catalogue, ordinary ones and those at the edges: keys that are no
// text, absent keys, nil ids, nothing changed. A new type gets its samples here.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "events/catalogue.hpp"
#include "events/decode.hpp"

namespace cachify::events {

struct Sample {
  EventType type;
  std::string about;
  std::string payload;  ///< the event, encoded
  /// Decodes a payload of a schema version; true if the outcome equals the sample's event.
  std::function<Result<bool>(std::uint16_t version, std::string_view payload)> decodesToSame;
  /// A payload of a schema version, decoded and encoded as this program writes it.
  std::function<Result<std::string>(std::uint16_t version, std::string_view payload)> rewrite;

  /// For messages.
  [[nodiscard]] std::string place() const { return std::string(spec().name) + ", " + about; }
  [[nodiscard]] const EventSpec& spec() const { return specOf(type); }
  [[nodiscard]] Result<bool> decode(std::string_view text) const {
    return decodesToSame(spec().schemaVersion, text);
  }
};

template <class Event>
Sample sampleOf(std::string about, Event event) {
  return {Event::kType, std::move(about), encode(event),
          [event](std::uint16_t version, std::string_view payload) -> Result<bool> {
            const auto decoded = decodeAs<Event>(version, payload);
            if (!decoded) return std::unexpected(decoded.error());
            return *decoded == event;
          },
          [](std::uint16_t version, std::string_view payload) -> Result<std::string> {
            const auto decoded = decodeAs<Event>(version, payload);
            if (!decoded) return std::unexpected(decoded.error());
            return encode(*decoded);
          }};
}

[[nodiscard]] const std::vector<Sample>& samples();

/// In a file of their own.
void addWorkflows(std::vector<Sample>& all);

}  // namespace cachify::events
