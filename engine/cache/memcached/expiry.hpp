#pragma once
// Memcached's expiry times. A TTL on the wire is in whole seconds; 0 is "never", and above 30 days it would
// be taken for a Unix date (doc/protocol.txt, "Expiration times").

#include <chrono>
#include <cstdint>
#include <optional>

#include "core/clock.hpp"
#include "core/result.hpp"

namespace cachify::cache::memcached {

inline constexpr std::chrono::seconds kLongestRelativeTtl{30 * 24 * 60 * 60};

/// The wire's number for an item that shall live `ttl` from `serverNow` on: rounded up to a full second, at
/// least one, so never "for ever"; above 30 days an absolute date. VALIDATION_ERROR when that date is beyond
/// the 32 bits the server has for it (January 2038).
[[nodiscard]] Result<std::int64_t> exptimeFor(std::chrono::milliseconds ttl, WallTime serverNow);

/// From the `t` flag of a reply: -1 is no expiry.
[[nodiscard]] std::optional<std::chrono::milliseconds> remainingTtl(std::int64_t seconds);

}  // namespace cachify::cache::memcached
