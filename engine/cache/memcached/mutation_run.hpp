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

/// What has become of the key after a doubtful answer (`leavesDoubt`): it is looked at. Stays as it is if
/// that fails.
boost::asio::awaitable<ApplyOutcome> settle(MemcachedConnection& connection, StepKind kind, Bytes key,
                                            ApplyOutcome doubtful, CallContext context);

/// For a TTL that was to be kept and is not known.
[[nodiscard]] ApplyOutcome refusedUnknownTtl(const Error& why);

}  // namespace cachify::cache::memcached
