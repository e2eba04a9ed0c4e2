#pragma once
// Permits for tests of a cache session.
//
// Only `actions::Gate` can make a Permit, and a session is tested without one: so here is a class of that
// name for test programs alone. It must never be linked together with cachify_actions, where the real Gate
// lives.

#include <utility>
#include <vector>

#include "domain/permit.hpp"

namespace cachify::actions {

class Gate {
 public:
  [[nodiscard]] static domain::Permit permitFor(ConnectionId connection, domain::Action action,
                                                std::vector<Bytes> keys) {
    return {connection, action, std::move(keys)};
  }
};

}  // namespace cachify::actions
