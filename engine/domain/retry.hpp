#pragma once
// The retry rule as pure functions; who waits and repeats is the caller.

#include <chrono>
#include <cstdint>

#include "core/result.hpp"
#include "domain/profile.hpp"

namespace cachify::domain {

inline constexpr std::chrono::milliseconds kBackoffCap{120'000};

/// Time to wait after attempt number `attempt` (from 1) failed: fixed, or `backoff · 2^(attempt-1)` capped at
/// 120 s. `jitter` in [0, 1) takes up to a tenth off the exponential form, so that many clients spread out
/// and the wait never exceeds what the profile states.
[[nodiscard]] std::chrono::milliseconds backoffAfter(const RetryPolicy& policy, std::uint32_t attempt,
                                                     double jitter);

inline constexpr std::chrono::milliseconds kReconnectFloor{250};
inline constexpr std::chrono::milliseconds kReconnectCap{15'000};

/// Time to wait before attempt number `attempt` (from 1) to make a lost connection anew. These attempts have
/// no end, so the waits grow whatever the policy's strategy: from its back-off, at least 250 ms, doubling up
/// to 15 s, or up to the back-off where that is longer. `jitter` as above.
[[nodiscard]] std::chrono::milliseconds reconnectAfter(const RetryPolicy& policy, std::uint32_t attempt,
                                                       double jitter);

enum class RetryVerdict : std::uint8_t {
  retry,
  giveUp,             ///< not retryable, or attempts are used up
  abortedByErrorRate  ///< the share of failed attempts is above the policy's
};

/// Judges after `failed` of `attempts` attempts of one operation have failed, the last one with `error`.
[[nodiscard]] RetryVerdict judgeRetry(const RetryPolicy& policy, std::uint32_t attempts, std::uint32_t failed,
                                      const Error& error);

}  // namespace cachify::domain
