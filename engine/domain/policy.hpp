#pragma once
// The guardrail rules as pure functions. The Gate (engine/actions) feeds them from the log.

#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "domain/act.hpp"
#include "domain/profile.hpp"

namespace cachify::domain {

/// Which rule said no; the word in an error's details and in events.
enum class PolicyRule : std::uint8_t { readOnly, forceReadOnly, prodGuardrail, planRequired };
[[nodiscard]] std::string_view wireName(PolicyRule rule);

struct ActRequest {
  Action action = Action::set;
  bool onExisting = false;  ///< the rename or restore would land on a key that is there
  bool bulk = false;        ///< part of a workflow run
  bool hasFreshPlan = false;
  /// What the person typed to confirm: the connection's name. Compared exactly.
  std::optional<std::string> confirmation{};
};

/// Nothing if allowed; else the rule that forbids it. forceReadOnly is named before readOnly, both before
/// prod.
[[nodiscard]] std::optional<PolicyRule> forbids(const ConnectionProfile& profile, const ActRequest& request);

/// UNAUTHORIZED with details `policy` and `action`, and a message that says what would allow it.
[[nodiscard]] Error blockedError(PolicyRule rule, const ConnectionProfile& profile, Action action);

}  // namespace cachify::domain
