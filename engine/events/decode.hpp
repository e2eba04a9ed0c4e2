#pragma once
// From stored bytes to an event struct: upcasts the payload to today's schema version, then decodes it.

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "events/catalogue.hpp"

namespace cachify::events {

/// Brings a payload of `version` to the version in the catalogue by the chain of pure upcasters from n to
/// n+1. INTERNAL_ERROR for a version newer than this program knows.
[[nodiscard]] Result<std::string> upcast(EventType type, std::uint16_t version, std::string_view payload);

template <class Event>
[[nodiscard]] Result<Event> decodeAs(std::uint16_t version, std::string_view payload) {
  Event event;
  if (version == specOf(Event::kType).schemaVersion) {
    if (auto ok = decode(payload, event); !ok) return std::unexpected(ok.error());
    return event;
  }
  const auto current = upcast(Event::kType, version, payload);
  if (!current) return std::unexpected(current.error());
  if (auto ok = decode(*current, event); !ok) return std::unexpected(ok.error());
  return event;
}

}  // namespace cachify::events
