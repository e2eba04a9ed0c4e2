#pragma once
// A quicker way to capture many keys: most keys of most servers are small strings, and that a key is one its
// DUMP tells by itself, so TYPE need not be asked for.

#include <optional>

#include "cache/redis/backend.hpp"
#include "cache/redis/redis_connection.hpp"
#include "domain/value.hpp"

namespace cachify::cache::redis {

/// What the server must understand, and the caller must not want.
[[nodiscard]] bool mayCaptureQuickly(const Dialect& dialect, const CaptureLimits& limits, std::size_t keys);

/// One for each key: a small string, or that it is absent. Nothing for all others, which want the usual way.
[[nodiscard]] Task<std::vector<std::optional<domain::Capture>>> captureSmallStrings(
    RedisConnection& connection, const std::vector<Bytes>& keys, CallContext context);

}  // namespace cachify::cache::redis
