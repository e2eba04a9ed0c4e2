#pragma once
// Carrying mutations out on one connection.

#include <vector>

#include "cache/cache_session.hpp"
#include "cache/memcached/item_reads.hpp"
#include "cache/memcached/memcached_connection.hpp"
#include "cache/memcached/mutation_plan.hpp"

namespace cachify::cache::memcached {

using Outcomes = std::vector<ApplyOutcome>;

/// Pipelined, one outcome each. A set that keeps the TTL reads it first and stores under the CAS read with
/// it, anew while others keep changing the key, thrice at most; where the TTL cannot be learnt, it is
/// refused. A rename is as `runRename` says.
boost::asio::awaitable<Outcomes> runMutations(MemcachedConnection& connection, ServerFacts facts,
                                              TtlSource& ttls, std::vector<domain::Mutation> mutations,
                                              CallContext context);

/// One command, one outcome.
boost::asio::awaitable<ApplyOutcome> runStep(MemcachedConnection& connection, Step step, CallContext context);

/// An answer that does not tell what has become of the key (`leavesDoubt`).
struct Doubt {
  StepKind kind;
  Bytes key;
  ApplyOutcome& outcome;
};
/// Looks at the keys and makes the outcomes what they are. They stay as they are if that fails.
boost::asio::awaitable<void> settle(MemcachedConnection& connection, std::vector<Doubt> doubts,
                                    CallContext context);

/// For a TTL that was to be kept and is not known.
[[nodiscard]] ApplyOutcome refusedUnknownTtl(const Error& why);

}  // namespace cachify::cache::memcached
