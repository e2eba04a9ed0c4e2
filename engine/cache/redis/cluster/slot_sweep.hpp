#pragma once
// The keys of single slots, for what a scan of nodes could not cover.

#include "cache/cache_session.hpp"
#include "cache/redis/backend.hpp"
#include "cache/redis/cluster/slot_set.hpp"

namespace cachify::cache::redis {

struct SweptKeys {
  std::vector<Bytes> keys;    ///< those that the request asks for
  std::uint64_t scanned = 0;  ///< all of them
};

/// `request` gives pattern and type alone.
[[nodiscard]] Task<SweptKeys> sweep(SharedBackend node, SlotSet slots, const ScanRequest& request,
                                    CallContext context);

}  // namespace cachify::cache::redis
