#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "domain/retry.hpp"

namespace cachify::domain {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

RetryPolicy policy(std::uint32_t attempts, std::int64_t backoffMs, BackoffStrategy strategy,
                   double abortRate = 1.0) {
  return {attempts, milliseconds(backoffMs), strategy, abortRate};
}

const Error kTimeout{.code = ErrorCode::timeout, .message = "too slow", .retryable = true};
const Error kWrongType{.code = ErrorCode::conflict, .message = "wrong type", .retryable = false};

TEST(Backoff, FixedIsTheSameAfterEveryAttemptAndHasNoJitter) {
  const RetryPolicy fixed = policy(10, 250, BackoffStrategy::fixed);
  for (std::uint32_t attempt = 1; attempt <= 10; ++attempt) {
    for (const double jitter : {0.0, 0.5, 0.999})
      EXPECT_EQ(backoffAfter(fixed, attempt, jitter), milliseconds(250));
  }
}

TEST(Backoff, ExponentialDoublesFromTheFirstAttempt) {
  const RetryPolicy exponential = policy(10, 250, BackoffStrategy::exponential);
  std::int64_t wanted = 250;
  for (std::uint32_t attempt = 1; attempt <= 9; ++attempt, wanted *= 2) {
    EXPECT_EQ(backoffAfter(exponential, attempt, 0.0), milliseconds(wanted)) << attempt;
  }
}

TEST(Backoff, ExponentialStopsGrowingAtTwoMinutes) {
  EXPECT_EQ(backoffAfter(policy(10, 250, BackoffStrategy::exponential), 10, 0.0), milliseconds(120'000));
  EXPECT_EQ(backoffAfter(policy(10, 120'000, BackoffStrategy::exponential), 1, 0.0), milliseconds(120'000));
  EXPECT_EQ(backoffAfter(policy(10, 120'000, BackoffStrategy::exponential), 4'000'000'000U, 0.0),
            milliseconds(120'000));
  EXPECT_EQ(backoffAfter(policy(10, 500'000, BackoffStrategy::fixed), 1, 0.0), milliseconds(120'000));
}

TEST(Backoff, NoBackoffMeansNoWait) {
  for (const auto strategy : {BackoffStrategy::fixed, BackoffStrategy::exponential}) {
    for (const std::uint32_t attempt : {0U, 1U, 10U})
      EXPECT_EQ(backoffAfter(policy(3, 0, strategy), attempt, 0.7), milliseconds(0));
  }
}

RC_GTEST_PROP(Backoff, JitterTakesAtMostATenthAndNeverAddsToTheWait, ()) {
  const auto backoff = *rc::gen::inRange<std::int64_t>(0, 120'001);
  const auto attempt = *rc::gen::inRange<std::uint32_t>(0, 100);
  const double jitter = *rc::gen::inRange(0, 1000) / 1000.0;
  const RetryPolicy exponential = policy(10, backoff, BackoffStrategy::exponential);
  const auto full = backoffAfter(exponential, attempt, 0.0);
  const auto wait = backoffAfter(exponential, attempt, jitter);
  RC_ASSERT(full <= kBackoffCap);
  RC_ASSERT(wait <= full);
  RC_ASSERT(wait.count() + 1 >= full.count() * 9 / 10);
}

TEST(ReconnectWait, GrowsWhateverTheStrategyAndStaysWithinItsBounds) {
  const RetryPolicy fixed = policy(1, 250, BackoffStrategy::fixed);
  EXPECT_EQ(reconnectAfter(fixed, 1, 0.0), 250ms);
  EXPECT_EQ(reconnectAfter(fixed, 2, 0.0), 500ms);
  EXPECT_EQ(reconnectAfter(fixed, 5, 0.0), 4s);
  EXPECT_EQ(reconnectAfter(fixed, 7, 0.0), 15s);
  EXPECT_EQ(reconnectAfter(fixed, 4'000'000'000, 0.0), 15s);
  EXPECT_EQ(reconnectAfter(policy(1, 0, BackoffStrategy::exponential), 1, 0.0), 250ms) << "never a busy loop";
  EXPECT_EQ(reconnectAfter(policy(1, 40'000, BackoffStrategy::fixed), 1, 0.0), 40s);
  EXPECT_EQ(reconnectAfter(policy(1, 40'000, BackoffStrategy::fixed), 9, 0.0), 40s);
}

TEST(ReconnectWait, JitterTakesUpToATenthOffAtTheCapToo) {
  const RetryPolicy fixed = policy(1, 250, BackoffStrategy::fixed);
  EXPECT_EQ(reconnectAfter(fixed, 1, 1.0), 225ms);
  EXPECT_EQ(reconnectAfter(fixed, 30, 1.0), 13'500ms);
}

TEST(RetryVerdict, OnlyRetryableErrorsAreRepeated) {
  const RetryPolicy three = policy(3, 0, BackoffStrategy::fixed);
  EXPECT_EQ(judgeRetry(three, 1, 1, kTimeout), RetryVerdict::retry);
  EXPECT_EQ(judgeRetry(three, 1, 1, kWrongType), RetryVerdict::giveUp);
}

TEST(RetryVerdict, AttemptsAreCountedWithTheFirst) {
  const RetryPolicy three = policy(3, 0, BackoffStrategy::fixed);
  EXPECT_EQ(judgeRetry(three, 2, 2, kTimeout), RetryVerdict::retry);
  EXPECT_EQ(judgeRetry(three, 3, 3, kTimeout), RetryVerdict::giveUp);
  EXPECT_EQ(judgeRetry(RetryPolicy{}, 1, 1, kTimeout), RetryVerdict::giveUp) << "the default is one attempt";
}

TEST(RetryVerdict, AnyAbortRateBelowOneMeansNoSecondAttempt) {
  for (const double rate : {0.0, 0.35, 0.5, 0.999}) {
    EXPECT_EQ(judgeRetry(policy(10, 0, BackoffStrategy::fixed, rate), 1, 1, kTimeout),
              RetryVerdict::abortedByErrorRate)
        << rate;
  }
  EXPECT_EQ(judgeRetry(policy(10, 0, BackoffStrategy::fixed, 1.0), 1, 1, kTimeout), RetryVerdict::retry);
}

TEST(RetryVerdict, TheRateMustBeAboveThePolicysNotEqualToIt) {
  const RetryPolicy half = policy(10, 0, BackoffStrategy::fixed, 0.5);
  EXPECT_EQ(judgeRetry(half, 4, 2, kTimeout), RetryVerdict::retry);
  EXPECT_EQ(judgeRetry(half, 4, 3, kTimeout), RetryVerdict::abortedByErrorRate);
}

TEST(RetryVerdict, UsedUpAttemptsAreNotCalledAnAbort) {
  EXPECT_EQ(judgeRetry(policy(1, 0, BackoffStrategy::fixed, 0.0), 1, 1, kTimeout), RetryVerdict::giveUp);
  EXPECT_EQ(judgeRetry(policy(3, 0, BackoffStrategy::fixed, 0.0), 1, 1, kWrongType), RetryVerdict::giveUp);
}

}  // namespace
}  // namespace cachify::domain
