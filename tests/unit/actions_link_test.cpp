// What checks of a connection that is kept open make of it.

#include <gtest/gtest.h>

#include "actions/link.hpp"

namespace cachify::actions {
namespace {

using namespace std::chrono_literals;

const ConnectionId kId = ConnectionId::make(SystemClock().now());
const SteadyTime kStart = SteadyTime() + 1h;

Error refused() {
  return {.code = ErrorCode::connectionFailed, .message = "refused", .retryable = true};
}

TEST(Link, IsOpenedOnceAndSaysNothingOfFurtherAnswers) {
  Link link(kId, kStart);
  const auto opened = link.answered(300us, kStart + 1s);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->event, LinkEvent::opened);
  EXPECT_EQ(opened->status.connection, kId);
  EXPECT_EQ(opened->status.latency, 300us);
  EXPECT_FALSE(link.answered(200us, kStart + 3s));
  EXPECT_EQ(link.status().latency, 200us);
  EXPECT_EQ(link.status().since, kStart + 1s);
  EXPECT_EQ(link.status().reconnects, 0U);
}

TEST(Link, ALossIsToldOnceHoweverOftenItIsTriedAndCountsAsOneReconnect) {
  Link link(kId, kStart);
  link.answered(300us, kStart);
  const auto lost = link.failed(refused(), kStart + 10s);
  ASSERT_TRUE(lost);
  EXPECT_EQ(lost->event, LinkEvent::lost);
  EXPECT_EQ(lost->status.error->message, "refused");
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(link.failed(refused(), kStart + 11s));
  const auto restored = link.answered(400us, kStart + 25s);
  ASSERT_TRUE(restored);
  EXPECT_EQ(restored->event, LinkEvent::restored);
  EXPECT_EQ(restored->away, 15s);
  EXPECT_EQ(restored->attempts, 101U);
  EXPECT_FALSE(restored->status.error);
  EXPECT_EQ(link.status().losses, 1U);
  EXPECT_EQ(link.status().reconnects, 1U);
}

TEST(Link, OneThatNeverOpenedIsUnreachableOnceAndNotLost) {
  Link link(kId, kStart);
  const auto first = link.failed(refused(), kStart);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->event, LinkEvent::unreachable);
  EXPECT_EQ(first->status.state, LinkState::opening);
  EXPECT_FALSE(link.failed(refused(), kStart + 1s));
  EXPECT_EQ(link.answered(1us, kStart + 2s)->event, LinkEvent::opened);
  EXPECT_EQ(link.status().losses, 0U);
  EXPECT_EQ(link.status().reconnects, 0U);
}

TEST(Link, AServerThatSaysItIsBusyIsThereAndOneThatLoadsIsNot) {
  Link link(kId, kStart);
  link.answered(300us, kStart);
  EXPECT_FALSE(link.failed(refused().with("serverError", std::string("BUSY")), kStart + 1s));
  EXPECT_EQ(link.status().state, LinkState::open);
  EXPECT_TRUE(link.failed(refused().with("serverError", std::string("LOADING")), kStart + 2s));
  EXPECT_FALSE(link.failed(refused().with("serverError", std::string("BUSY")), kStart + 3s));
  EXPECT_EQ(link.status().state, LinkState::lost);
}

TEST(Link, ChecksEveryTwoSecondsWhileOpenAndWaitsLongerAndLongerWhileLost) {
  Link link(kId, kStart);
  const domain::RetryPolicy policy;
  link.answered(300us, kStart);
  EXPECT_EQ(link.nextCheckIn(policy, 0.0), 2s);
  link.failed(refused(), kStart);
  EXPECT_EQ(link.nextCheckIn(policy, 0.0), 250ms);
  link.failed(refused(), kStart);
  EXPECT_EQ(link.nextCheckIn(policy, 0.0), 500ms);
  for (int i = 0; i < 20; ++i) link.failed(refused(), kStart);
  EXPECT_EQ(link.nextCheckIn(policy, 0.0), 15s);
  EXPECT_EQ(link.nextCheckIn(policy, 1.0), 13'500ms);
}

TEST(Link, OneThatComesAndGoesIsTriedLessAndLessOften) {
  Link link(kId, kStart);
  const domain::RetryPolicy policy;
  SteadyTime now = kStart;
  link.answered(1us, now);
  for (int round = 0; round < 7; ++round) {
    now += 2s;
    EXPECT_EQ(link.failed(refused(), now)->event, LinkEvent::lost);
    now += link.nextCheckIn(policy, 0.0);
    EXPECT_EQ(link.answered(1us, now)->event, LinkEvent::restored);
  }
  link.failed(refused(), now);
  EXPECT_EQ(link.nextCheckIn(policy, 0.0), 15s) << "no storm of losses";
  link.answered(1us, now);
  link.answered(1us, now + 31s);
  link.failed(refused(), now + 33s);
  EXPECT_EQ(link.nextCheckIn(policy, 0.0), 250ms) << "it had stood for half a minute";
}

TEST(Link, ClosedIsTheEnd) {
  Link link(kId, kStart);
  link.answered(1us, kStart);
  EXPECT_EQ(link.close(kStart + 1s).event, LinkEvent::closed);
  EXPECT_FALSE(link.answered(1us, kStart + 2s));
  EXPECT_FALSE(link.failed(refused(), kStart + 2s));
  EXPECT_EQ(link.status().state, LinkState::closed);
}

}  // namespace
}  // namespace cachify::actions
