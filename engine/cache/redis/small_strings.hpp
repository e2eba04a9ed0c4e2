#pragma once
// A quicker way to capture many keys: most keys of most servers are small strings. Reading the beginning of
// one tells that it is one, and whether that was all of it; a SET brings it back. TYPE, MEMORY USAGE and DUMP
// need not be asked for, which cost the server twice as much.

#include <optional>

#include "cache/redis/backend.hpp"
#include "cache/redis/redis_connection.hpp"
#include "domain/value.hpp"

namespace cachify::cache::redis {

/// What the server must understand, and the caller must not want.
[[nodiscard]] bool mayCaptureQuickly(const Dialect& dialect, const CaptureLimits& limits, std::size_t keys);

/// Both functions take the keys that they capture out of `keys`.
using QuickCaptures = std::vector<std::optional<domain::Capture>>;

/// Puts in that keys are absent, where none of many are there. For who expects that, as before a rollback:
/// one command then tells it of all. Not for a cluster, whose slots it would span.
[[nodiscard]] Task<void> captureAbsent(RedisConnection& connection, std::vector<Bytes>& keys,
                                       QuickCaptures& captures, CallContext context);

/// Puts in, where nothing is known yet, a small string or that the key is absent. Nothing for all others,
/// which want the usual way. Remembers in `backend` whether keys must be asked for their deadlines.
[[nodiscard]] Task<void> captureSmallStrings(Backend& backend, RedisConnection& connection,
                                             std::vector<Bytes>& keys, QuickCaptures& captures,
                                             CallContext context);

}  // namespace cachify::cache::redis
