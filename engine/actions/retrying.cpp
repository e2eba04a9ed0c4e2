#include "actions/retrying.hpp"

#include <sodium.h>

namespace cachify::actions {

double jitter() {
  constexpr std::uint32_t kSteps = 1U << 20;
  return static_cast<double>(randombytes_uniform(kSteps)) / kSteps;
}

CallContext AttemptCounter::next() {
  ++attempts_;
  return CallContext::within(timeout_, stop_);
}

std::chrono::microseconds AttemptCounter::duration() const {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started_);
}

Error AttemptCounter::finish(Error error) const {
  error.set("attempts", static_cast<std::int64_t>(attempts_));
  error.set("durationMs", static_cast<std::int64_t>(duration().count() / 1000));
  return error;
}

boost::asio::awaitable<std::optional<Error>> AttemptCounter::afterFailure(Error error) {
  switch (domain::judgeRetry(policy_, attempts_, attempts_, error)) {
    case domain::RetryVerdict::giveUp:
      co_return finish(std::move(error));
    case domain::RetryVerdict::abortedByErrorRate:
      error.message = "aborted by retry policy: " + error.message;
      error.set("abortedByRetryPolicy", true);
      co_return finish(std::move(error));
    case domain::RetryVerdict::retry:
      break;
  }
  const auto wait = domain::backoffAfter(policy_, attempts_, jitter());
  const Result<void> waited = co_await sleepFor(wait, stop_);
  if (!waited) co_return finish(waited.error());
  co_return std::nullopt;
}

}  // namespace cachify::actions
