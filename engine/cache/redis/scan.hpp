#pragma once

#include "cache/cache_session.hpp"
#include "cache/redis/backend.hpp"

namespace cachify::cache::redis {

[[nodiscard]] Task<ScanPage> scan(SharedBackend backend, ScanRequest request, CallContext context);

/// How many keys the next SCAN should look at to find `missing` more, when `matched` of `scanned` did so far.
[[nodiscard]] std::uint64_t nextBatch(std::uint64_t missing, std::uint64_t matched, std::uint64_t scanned);

}  // namespace cachify::cache::redis
