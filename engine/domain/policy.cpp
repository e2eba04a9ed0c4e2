#include "domain/policy.hpp"

#include <fmt/format.h>

namespace cachify::domain {

std::string_view wireName(PolicyRule rule) {
  switch (rule) {
    case PolicyRule::readOnly:
      return "readOnly";
    case PolicyRule::forceReadOnly:
      return "forceReadOnly";
    case PolicyRule::prodGuardrail:
      return "prodGuardrail";
    case PolicyRule::planRequired:
      return "planRequired";
  }
  return "";
}

std::optional<PolicyRule> forbids(const ConnectionProfile& profile, const ActRequest& request) {
  if (profile.forceReadOnly) return PolicyRule::forceReadOnly;
  if (profile.readOnly) return PolicyRule::readOnly;
  if (profile.environment != Environment::prod) return std::nullopt;
  const bool destructive = request.bulk || isDestructive(request.action, request.onExisting);
  if (!destructive) return std::nullopt;
  if (request.confirmation != profile.name) return PolicyRule::prodGuardrail;
  if (request.bulk && !request.hasFreshPlan) return PolicyRule::planRequired;
  return std::nullopt;
}

Error blockedError(PolicyRule rule, const ConnectionProfile& profile, Action action) {
  const auto message = [&]() -> std::string {
    switch (rule) {
      case PolicyRule::readOnly:
        return fmt::format("'{}' is read-only: {} is blocked. Lift read-only on the connection to go on.",
                           profile.name, wireName(action));
      case PolicyRule::forceReadOnly:
        return fmt::format(
            "'{}' is read-only by policy: {} is blocked. Only editing the profile's policy lifts it.",
            profile.name, wireName(action));
      case PolicyRule::prodGuardrail:
        return fmt::format(
            "'{}' is a prod connection: {} needs a confirmation that names it (--confirm '{}').",
            profile.name, wireName(action), profile.name);
      case PolicyRule::planRequired:
        return fmt::format(
            "'{}' is a prod connection: bulk {} needs a dry run of the last 15 minutes (--plan ID).",
            profile.name, wireName(action));
    }
    return {};
  }();
  return Error{.code = ErrorCode::unauthorized, .message = message}
      .with("policy", std::string(wireName(rule)))
      .with("action", std::string(wireName(action)));
}

}  // namespace cachify::domain
