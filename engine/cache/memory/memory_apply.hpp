#pragma once
// What each mutation does to a MemoryStore, with the meaning it has on a Redis server.

#include "cache/cache_session.hpp"
#include "cache/memory/memory_store.hpp"

namespace cachify::cache {

/// `applied` or `refused`. Deleting an absent key is applied; a TTL change or a rename of one is refused.
[[nodiscard]] ApplyOutcome applyTo(MemoryStore& store, const domain::Mutation& mutation, WallTime now);

}  // namespace cachify::cache
