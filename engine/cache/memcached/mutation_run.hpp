#pragma once
// Carrying mutations out on one connection.

#include <vector>

#include "cache/cache_session.hpp"
#include "cache/memcached/memcached_connection.hpp"
#include "cache/memcached/mutation_plan.hpp"

namespace cachify::cache::memcached {

/// What a hold knows of one key.
struct HeldKey {
  Bytes key;
  Guard guard;
  std::optional<WallTime> deadline{};
};

using Outcomes = std::vector<ApplyOutcome>;

/// Pipelined, one outcome each. A set that keeps the TTL reads it first and stores under the CAS read with
/// it, anew while others keep changing the key, thrice at most. A rename is as `runRename` says.
boost::asio::awaitable<Outcomes> runMutations(MemcachedConnection& connection, ServerFacts facts,
                                              std::vector<domain::Mutation> mutations, CallContext context);

/// One mutation that takes effect only if nothing held has changed. Atomic, but for a rename; a TTL change
/// stores the same value again under its CAS, for memcached's touch takes none.
boost::asio::awaitable<ApplyOutcome> runHeld(MemcachedConnection& connection, ServerFacts facts,
                                             domain::Mutation mutation, std::vector<HeldKey> held,
                                             CallContext context);

/// One command, one outcome.
boost::asio::awaitable<ApplyOutcome> runStep(MemcachedConnection& connection, Step step, CallContext context);

}  // namespace cachify::cache::memcached
