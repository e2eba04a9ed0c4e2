#include "domain/retry.hpp"

#include <algorithm>
#include <cmath>

namespace cachify::domain {

namespace {

/// Up to a tenth off.
std::chrono::milliseconds jittered(double wantedMs, double jitter) {
  return std::chrono::milliseconds(std::llround(wantedMs * (1.0 - 0.1 * jitter)));
}

double doubled(std::chrono::milliseconds first, std::uint32_t attempt) {
  const std::uint32_t doublings = attempt > 0 ? std::min(attempt - 1, 30U) : 0;
  return std::ldexp(static_cast<double>(first.count()), static_cast<int>(doublings));
}

}  // namespace

std::chrono::milliseconds backoffAfter(const RetryPolicy& policy, std::uint32_t attempt, double jitter) {
  if (policy.strategy == BackoffStrategy::fixed) return std::min(policy.backoff, kBackoffCap);
  return jittered(std::min(doubled(policy.backoff, attempt), static_cast<double>(kBackoffCap.count())),
                  jitter);
}

std::chrono::milliseconds reconnectAfter(const RetryPolicy& policy, std::uint32_t attempt, double jitter) {
  const auto first = std::max(policy.backoff, kReconnectFloor);
  const auto cap = std::min(std::max(first, kReconnectCap), kBackoffCap);
  return jittered(std::min(doubled(first, attempt), static_cast<double>(cap.count())), jitter);
}

RetryVerdict judgeRetry(const RetryPolicy& policy, std::uint32_t attempts, std::uint32_t failed,
                        const Error& error) {
  if (!error.retryable || attempts >= policy.maxAttempts) return RetryVerdict::giveUp;
  const double rate = attempts == 0 ? 0.0 : static_cast<double>(failed) / attempts;
  return rate > policy.abortOnErrorRate ? RetryVerdict::abortedByErrorRate : RetryVerdict::retry;
}

}  // namespace cachify::domain
