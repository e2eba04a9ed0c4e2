// The queue behind a subscription.

#include "cache/notice_queue.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <thread>

#include "support/await.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;

class NoticeQueueTest : public testing::Test {
 protected:
  std::shared_ptr<NoticeQueue> make(std::size_t most, std::size_t bytes = 1UL << 20) {
    SubscribeRequest limits;
    limits.maxQueued = most;
    limits.maxQueuedBytes = bytes;
    return std::make_shared<NoticeQueue>(io_.get_executor(), limits);
  }
  Result<Notice> next(NoticeQueue& queue, CallContext context = CallContext::within(5s)) {
    return test::await(io_, queue.next(std::move(context)));
  }
  Bytes nextKey(NoticeQueue& queue) {
    auto notice = next(queue);
    if (!notice) return notice.error().message;
    const auto* event = std::get_if<KeyEvent>(&*notice);
    return event == nullptr ? "(no key event)" : event->key;
  }
  Bytes nextKeys(NoticeQueue& queue, int count) {
    Bytes keys;
    for (int i = 0; i < count; ++i) keys += nextKey(queue);
    return keys;
  }
  Gap nextGap(NoticeQueue& queue) {
    auto notice = next(queue);
    const auto* gap = notice ? std::get_if<Gap>(&*notice) : nullptr;
    EXPECT_NE(gap, nullptr);
    return gap == nullptr ? Gap() : *gap;
  }
  static KeyEvent event(const Bytes& key) { return {.event = "set", .key = key}; }

  boost::asio::io_context io_{1};
};

TEST_F(NoticeQueueTest, GivesNoticesInOrder) {
  const auto queue = make(10);
  for (const char* key : {"a", "b", "c"}) queue->push(event(key));
  EXPECT_EQ(nextKeys(*queue, 3), "abc");
  EXPECT_EQ(queue->status().taken, 3U);
  EXPECT_EQ(queue->status().dropped, 0U);
}

TEST_F(NoticeQueueTest, WhenFullDropsTheOldestCountsThemAndSaysWhere) {
  const auto queue = make(3);
  for (int i = 0; i < 10; ++i) queue->push(event(std::to_string(i)));
  EXPECT_EQ(nextGap(*queue).dropped, 7U);
  EXPECT_EQ(nextKeys(*queue, 3), "789");
  queue->push(event("x"));
  EXPECT_EQ(nextKey(*queue), "x") << "the gap is told once";
  EXPECT_EQ(queue->status().dropped, 7U);
  EXPECT_EQ(queue->status().taken, 4U);
}

TEST_F(NoticeQueueTest, CountsBytesToo) {
  const auto queue = make(1000, 100);
  queue->push(event(Bytes(60, 'a')));
  queue->push(event(Bytes(60, 'b')));
  EXPECT_EQ(nextGap(*queue).dropped, 1U);
  EXPECT_EQ(nextKey(*queue).front(), 'b');
  queue->push(event(Bytes(5000, 'c')));
  EXPECT_EQ(nextKey(*queue).size(), 5000U) << "one always has room";
}

TEST_F(NoticeQueueTest, AGapThatIsDroppedIsPartOfTheNextOne) {
  const auto queue = make(2);
  queue->push(event("a"));
  queue->push(Gap{.dropped = 0, .away = 3s});
  queue->push(event("b"));
  queue->push(event("c"));
  const Gap gap = nextGap(*queue);
  EXPECT_EQ(gap.dropped, 1U);
  EXPECT_EQ(gap.away, 3s);
  EXPECT_EQ(nextKeys(*queue, 2), "bc");
}

TEST_F(NoticeQueueTest, WaitsUntilTimeIsUpOrSomethingComes) {
  const auto queue = make(3);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(next(*queue, CallContext::within(50ms)).error().code, ErrorCode::timeout);
  EXPECT_GE(std::chrono::steady_clock::now() - start, 50ms);
  std::jthread sender([this, queue] {
    std::this_thread::sleep_for(20ms);
    boost::asio::post(io_, [queue] { queue->push(event("late")); });
  });
  EXPECT_EQ(nextKey(*queue), "late") << "a call that timed out does no harm";
}

TEST_F(NoticeQueueTest, AStopFromAnotherThreadEndsTheCallAndNotTheQueue) {
  const auto queue = make(3);
  std::stop_source stop;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(20ms);
    stop.request_stop();
  });
  EXPECT_EQ(next(*queue, CallContext::within(30s, stop.get_token())).error().code, ErrorCode::cancelled);
  queue->push(event("a"));
  EXPECT_EQ(nextKey(*queue), "a");
}

TEST_F(NoticeQueueTest, ClosedEndsTheCallUnderWayAndTellsTheProviderOnce) {
  const auto queue = make(3);
  int told = 0;
  queue->onClose([&] { ++told; });
  boost::asio::post(io_, [queue] { queue->close(); });
  EXPECT_EQ(next(*queue).error().code, ErrorCode::cancelled);
  queue->close();
  queue->push(event("a"));
  EXPECT_EQ(next(*queue).error().code, ErrorCode::cancelled);
  EXPECT_EQ(told, 1);
}

TEST_F(NoticeQueueTest, ALossCountsOnceHoweverOftenItIsTold) {
  const auto queue = make(3);
  const Error why{.code = ErrorCode::connectionFailed, .message = "refused"};
  queue->away("n1", why);
  queue->away("n1", why);
  queue->away("n2", why);
  EXPECT_EQ(queue->status().losses, 2U);
  queue->back("n2");
  EXPECT_TRUE(queue->status().trouble);
  queue->back("n1");
  EXPECT_FALSE(queue->status().trouble);
  queue->away("n1", why);
  EXPECT_EQ(queue->status().losses, 3U);
}

TEST_F(NoticeQueueTest, EndsWithItsSessionAlsoWhenThatWasClosedBefore) {
  OpenQueues open;
  const auto before = make(3);
  open.add(before);
  open.closeAll();
  EXPECT_TRUE(before->closed());
  const auto after = make(3);
  open.add(after);
  EXPECT_TRUE(after->closed());
}

}  // namespace
}  // namespace cachify::cache
