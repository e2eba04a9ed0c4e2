#pragma once
// alert.*: what a person should look at. The frame's causation id leads to the event behind it.

#include <string>
#include <vector>

#include "core/uuid.hpp"
#include "domain/alert.hpp"
#include "domain/profile.hpp"
#include "events/catalogue.hpp"

namespace cachify::events {

using domain::Severity;

/// Who read what, for everybody.
inline constexpr std::string_view kAlertsReadStream = "alerts/read";

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

/// A person has seen them.
struct AlertRead {
  static constexpr EventType kType = EventType::alertRead;
  std::vector<Uuid> alertIds{};    ///< of the first of each group
  std::uint64_t upToPosition = 0;  ///< and all that were raised up to here; 0: none but those

  bool operator==(const AlertRead&) const = default;
};

[[nodiscard]] std::string encode(const AlertRaised& event);
[[nodiscard]] std::string encode(const AlertRead& event);
[[nodiscard]] Result<void> decode(std::string_view payload, AlertRaised& event);
[[nodiscard]] Result<void> decode(std::string_view payload, AlertRead& event);

}  // namespace cachify::events
