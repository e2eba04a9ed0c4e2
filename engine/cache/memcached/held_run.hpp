#pragma once
// Mutations under a hold.

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
  Rare<Error> deadlineNotRead{};
  std::uint64_t sizeBytes = 0;
};

/// One mutation that takes effect only if nothing held has changed. Atomic, but for a rename and, in text,
/// for a change of a part where the TTL is not known: that one is looked at first, then changed. A TTL change
/// stores the same value again under its CAS, for memcached's touch takes none.
boost::asio::awaitable<ApplyOutcome> runHeld(MemcachedConnection& connection, ServerFacts facts,
                                             domain::Mutation mutation, std::vector<HeldKey> held,
                                             CallContext context);

}  // namespace cachify::cache::memcached
