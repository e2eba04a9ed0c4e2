#pragma once
// What every session checks before it acts, the same for all kinds of server.

#include <vector>

#include "core/result.hpp"
#include "domain/act.hpp"
#include "domain/permit.hpp"
#include "domain/value.hpp"

namespace cachify::cache {

/// The action a permit must name for a mutation.
using domain::actionOf;

/// Spends the permit for all of `mutations`. INTERNAL_ERROR when the permit does not cover them, when they
/// are not all of its action, or when `held` and there is not exactly one.
[[nodiscard]] Result<void> spendPermit(domain::Permit& permit, ConnectionId connection,
                                       const std::vector<domain::Mutation>& mutations, bool held);

/// VALIDATION_ERROR for a mutation that no server could carry out: a TTL change that keeps the TTL, a TTL of
/// zero or less, a restore from a capture without content or with an unknown deadline, or what
/// `domain::checkChange` says of an edit.
[[nodiscard]] Result<void> checkMutation(const domain::Mutation& mutation);

}  // namespace cachify::cache
