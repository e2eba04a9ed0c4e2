#pragma once
// Runs attempts under a profile's timeout and retry rule.

#include <functional>

#include "actions/async.hpp"
#include "core/call_context.hpp"
#include "domain/profile.hpp"
#include "domain/retry.hpp"

namespace cachify::actions {

/// In [0, 1).
[[nodiscard]] double jitter();

/// Counts attempts of one operation and says what comes after a failed one.
class AttemptCounter {
 public:
  AttemptCounter(domain::RetryPolicy policy, std::chrono::milliseconds timeout, std::stop_token stop)
      : policy_(policy), timeout_(timeout), stop_(std::move(stop)) {}

  /// Begins an attempt and gives it its deadline.
  [[nodiscard]] CallContext next();
  /// After a failed attempt: waits out the back-off and answers nothing to go on, or the final error, with
  /// attempts and duration in its details.
  [[nodiscard]] boost::asio::awaitable<std::optional<Error>> afterFailure(Error error);

  [[nodiscard]] Error finish(Error error) const;
  [[nodiscard]] std::uint32_t attempts() const { return attempts_; }
  [[nodiscard]] std::chrono::microseconds duration() const;

 private:
  domain::RetryPolicy policy_;
  std::chrono::milliseconds timeout_;
  std::stop_token stop_;
  std::uint32_t attempts_ = 0;
  SteadyTime started_ = std::chrono::steady_clock::now();
};

/// Repeats `attempt` until it succeeds or the rule says to stop. Only for what changes nothing.
template <class T>
[[nodiscard]] Task<T> retrying(AttemptCounter& counter, std::function<Task<T>(CallContext)> attempt) {
  for (;;) {
    const CallContext context = counter.next();
    Result<T> result = co_await attempt(context);
    if (result) co_return result;
    std::optional<Error> final = co_await counter.afterFailure(std::move(result.error()));
    if (final) co_return fail(std::move(*final));
  }
}

}  // namespace cachify::actions
