#include "domain/retry.hpp"

#include <algorithm>
#include <cmath>

namespace cachify::domain {

std::chrono::milliseconds backoffAfter(const RetryPolicy& policy, std::uint32_t attempt, double jitter) {
  if (policy.strategy == BackoffStrategy::fixed) return std::min(policy.backoff, kBackoffCap);
  const std::uint32_t doublings = attempt > 0 ? std::min(attempt - 1, 30U) : 0;
  const double wanted = std::ldexp(static_cast<double>(policy.backoff.count()), static_cast<int>(doublings));
  const double capped = std::min(wanted, static_cast<double>(kBackoffCap.count()));
  return std::chrono::milliseconds(std::llround(capped * (1.0 - 0.1 * jitter)));
}

RetryVerdict judgeRetry(const RetryPolicy& policy, std::uint32_t attempts, std::uint32_t failed,
                        const Error& error) {
  if (!error.retryable || attempts >= policy.maxAttempts) return RetryVerdict::giveUp;
  const double rate = attempts == 0 ? 0.0 : static_cast<double>(failed) / attempts;
  return rate > policy.abortOnErrorRate ? RetryVerdict::abortedByErrorRate : RetryVerdict::retry;
}

}  // namespace cachify::domain
