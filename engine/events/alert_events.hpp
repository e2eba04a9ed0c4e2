#pragma once
// alert.*: what a person should look at. The frame's causation id leads to the event behind it.

#include <string>

#include "core/uuid.hpp"
#include "domain/profile.hpp"
#include "events/catalogue.hpp"

namespace cachify::events {

enum class Severity : std::uint8_t { info, warning, critical };
[[nodiscard]] std::string_view wireName(Severity severity);

struct AlertRaised {
  static constexpr EventType kType = EventType::alertRaised;
  Severity severity = Severity::warning;
  std::string title{};
  std::string message{};        ///< never a value, never a secret
  std::string source{};         ///< app, policy, workflow, observability, plugin
  ConnectionId connectionId{};  ///< nil: none
  domain::Environment environment = domain::Environment::dev;  ///< meant only with a connection

  bool operator==(const AlertRaised&) const = default;
};

[[nodiscard]] std::string encode(const AlertRaised& event);
[[nodiscard]] Result<void> decode(std::string_view payload, AlertRaised& event);

}  // namespace cachify::events
