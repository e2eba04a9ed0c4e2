// What a server tells by itself: the same of every cache that tells, and of the others a reason.

#include <gmock/gmock.h>

#include <set>

#include "cache/pause.hpp"
#include "contract/cache_session_contract.hpp"

namespace cachify::test {
namespace {

using namespace std::string_literals;
using cache::Capability;
using cache::KeyEvent;
using domain::DeleteMutation;
using Seen = std::multiset<std::pair<std::string, Bytes>>;

class CacheSubscriptionContract : public CacheSessionContract {
 protected:
  /// Whether this cache tells of changes; where it does not, that it says so is all there is to check.
  bool tells() {
    const auto info = await(session_->probe(soon()));
    if (!info) throw std::runtime_error(info.error().message);
    const auto& capability = (*info)[Capability::keyspaceEvents];
    if (capability.supported) return true;
    const auto refused = await(session_->subscribe(keyEvents(), soon()));
    EXPECT_FALSE(refused);
    if (refused) return false;
    EXPECT_EQ(refused.error().code, ErrorCode::notSupported);
    EXPECT_EQ(refused.error().message, capability.reason) << "the probe says the same";
    return false;
  }
  static cache::SubscribeRequest keyEvents() {
    cache::SubscribeRequest request;
    request.keyspaceEvents = true;
    return request;
  }
  cache::Subscription listen(cache::SubscribeRequest request = keyEvents()) {
    auto subscribed = await(session_->subscribe(std::move(request), soon()));
    if (!subscribed) throw std::runtime_error(subscribed.error().message);
    return *std::move(subscribed);
  }
  Seen take(cache::Subscription& subscription, std::size_t count) {
    Seen seen;
    while (seen.size() < count) {
      auto notice = await(subscription.next(soon()));
      if (!notice) throw std::runtime_error(notice.error().message);
      const auto& event = std::get<KeyEvent>(*notice);
      seen.emplace(event.event, event.key);
    }
    return seen;
  }
  /// Lets time pass for what comes by itself.
  void pass() { static_cast<void>(await(cache::pauseWithin(5ms, soon()))); }
};

TEST_P(CacheSubscriptionContract, TellsOfEveryChangeWhoeverMadeItAndWhereverTheKeyLies) {
  if (!tells()) return;
  auto subscription = listen();
  Seen wanted;
  for (int i = 0; i < 20; ++i) {
    const Bytes key = "key:" + std::to_string(i);
    setElsewhere(key, "v");
    wanted.emplace("set", key);
  }
  mustApply(DeleteMutation{.key = "key:0"});
  wanted.emplace("del", "key:0");
  EXPECT_EQ(take(subscription, wanted.size()), wanted);
}

TEST_P(CacheSubscriptionContract, TellsKeysAsBytes) {
  if (!tells()) return;
  auto subscription = listen();
  const Bytes key = "a\0b\r\n\xff\xe2\x80\xae"s;
  set(key, "v");
  EXPECT_EQ(take(subscription, 1), (Seen{{"set", key}}));
}

TEST_P(CacheSubscriptionContract, TellsWhenAKeyExpires) {
  if (!tells()) return;
  auto subscription = listen();
  set("brief", "v", std::chrono::milliseconds(50));
  EXPECT_EQ(take(subscription, 2), (Seen{{"set", "brief"}, {"expire", "brief"}}));
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (value("brief") && std::chrono::steady_clock::now() < deadline) pass();
  EXPECT_EQ(take(subscription, 1), (Seen{{"expired", "brief"}}));
}

TEST_P(CacheSubscriptionContract, WaitsInVainUntilTimeIsUpAndGoesOn) {
  if (!tells()) return;
  auto subscription = listen();
  EXPECT_EQ(await(subscription.next(CallContext::within(50ms))).error().code, ErrorCode::timeout);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(await(subscription.next(CallContext::within(10s, stop.get_token()))).error().code,
            ErrorCode::cancelled);
  set("key", "v");
  EXPECT_EQ(take(subscription, 1), (Seen{{"set", "key"}}));
}

TEST_P(CacheSubscriptionContract, DropsTheOldestWhenNobodyTakesThemAndSaysSo) {
  if (!tells()) return;
  auto request = keyEvents();
  request.maxQueued = 3;
  auto subscription = listen(std::move(request));
  for (int i = 0; i < 10; ++i) set("{k}:" + std::to_string(i), "v");
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (subscription.status().dropped < 7 && std::chrono::steady_clock::now() < deadline) pass();
  auto first = await(subscription.next(soon()));
  ASSERT_TRUE(first) << first.error().message;
  ASSERT_TRUE(std::holds_alternative<cache::Gap>(*first));
  EXPECT_EQ(std::get<cache::Gap>(*first).dropped, 7U);
  EXPECT_EQ(take(subscription, 3), (Seen{{"set", "{k}:7"}, {"set", "{k}:8"}, {"set", "{k}:9"}}));
}

TEST_P(CacheSubscriptionContract, EndsWithItsSession) {
  if (!tells()) return;
  auto subscription = listen();
  set("key", "v");
  session_->close();
  EXPECT_EQ(await(subscription.next(soon())).error().code, ErrorCode::cancelled);
  EXPECT_EQ(await(session_->subscribe(keyEvents(), soon())).error().code, ErrorCode::cancelled);
}

TEST_P(CacheSubscriptionContract, LeavesTheSessionsOtherCallsAlone) {
  if (!tells()) return;
  auto subscription = listen();
  {
    auto another = listen();
    another.close();
    EXPECT_EQ(await(another.next(soon())).error().code, ErrorCode::cancelled);
  }
  set("key", "v");
  EXPECT_EQ(value("key"), "v");
  session_->renew();
  EXPECT_EQ(value("key"), "v");
  EXPECT_EQ(take(subscription, 1), (Seen{{"set", "key"}}));
}

TEST_P(CacheSubscriptionContract, AHeartbeatBeatsAndEndsWithItsSession) {
  const auto heartbeat = session_->heartbeat();
  for (int i = 0; i < 3; ++i) {
    const auto took = await(heartbeat->beat(soon()));
    ASSERT_TRUE(took) << took.error().message;
    EXPECT_GT(took->count(), 0);
  }
  session_->close();
  EXPECT_EQ(await(heartbeat->beat(soon())).error().code, ErrorCode::cancelled);
}

INSTANTIATE_TEST_SUITE_P(Every, CacheSubscriptionContract, testing::ValuesIn(everyCache()), nameOfCache);

}  // namespace
}  // namespace cachify::test
