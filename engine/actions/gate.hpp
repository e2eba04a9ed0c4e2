#pragma once
// The one gate. App, CLI, workflows and plugins reach a cache's mutating functions only with a Permit, and
// only the Gate makes one. It decides on control state at the head of the log, anew for each attempt, and
// fails closed.

#include <vector>

#include "actions/control_state.hpp"
#include "domain/permit.hpp"
#include "domain/policy.hpp"

namespace cachify::actions {

struct Authorization {
  domain::Permit permit;
  domain::ConnectionProfile profile;
  /// The intent must be appended on condition that the stream `connections` still has this version: a policy
  /// tightened meanwhile wins.
  std::uint64_t connectionsVersion = 0;
};

/// Thread-safe.
class Gate {
 public:
  explicit Gate(ControlState& state) : state_(state) {}

  /// The profile if the act is allowed as far as can be said before the key was looked at; UNAUTHORIZED with
  /// `policy` and `action` if a rule forbids it. Gives no permit.
  [[nodiscard]] Result<domain::ConnectionProfile> check(ConnectionId connection,
                                                        const domain::ActRequest& request) const;

  /// The permit for just this act on just these keys.
  [[nodiscard]] Result<Authorization> authorize(ConnectionId connection, const domain::ActRequest& request,
                                                std::vector<Bytes> keys) const;

 private:
  ControlState& state_;
};

}  // namespace cachify::actions
