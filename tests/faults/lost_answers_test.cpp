// Changes through a bad network: what was answered, what was lost, and what the log says of it.

#include <gmock/gmock.h>

#include <thread>

#include "events/mutation_events.hpp"
#include "support/fault_proxy.hpp"
#include "support/mutation_fixture.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;

class BadNetworkForChanges : public test::RedisMutation {
 protected:
  BadNetworkForChanges() : proxy_(server_.port()) {
    auto through = draft(domain::CacheEngine::redis, proxy_.port());
    through.name = "through a bad network";
    through.retry = {.maxAttempts = 5, .backoff = 20ms};
    bad_ = add(through);
  }
  test::FaultProxy proxy_;
  domain::ConnectionProfile bad_;
};

TEST_F(BadNetworkForChanges, AServerThatIsLoadingIsTriedAgainUntilItIsReady) {
  proxy_.answerInstead("-LOADING Redis is loading the dataset in memory\r\n");
  std::jthread ready([this] {
    // The first stroke may be the greeting, whose answer is a courtesy.
    while (proxy_.struck() < 2) std::this_thread::sleep_for(1ms);
    proxy_.pass();
  });
  const auto report = set(bad_, "k", "v");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_GT(report->attempts, 1U);
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "v");
}

TEST_F(BadNetworkForChanges, AChangeWhoseAnswerWasLostIsFoundToHaveBeenMadeAndNotMadeTwice) {
  cli_.must({"SET", "k", "old"});
  cli_.must({"CONFIG", "RESETSTAT"});
  proxy_.loseReplyTo("EXEC");
  std::jthread heal([this] {
    while (proxy_.struck() == 0) std::this_thread::sleep_for(1ms);
    proxy_.pass();
  });
  const auto report = set(bad_, "k", "new");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->attempts, 2U);
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "new");
  EXPECT_THAT(cli_.must({"INFO", "commandstats"}).text, testing::HasSubstr("cmdstat_set:calls=1,"));
  EXPECT_EQ(framesOf(events::EventType::mutationApplied).size(), 1U);
  ASSERT_TRUE(restoreLatest(bad_, "k"));
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "old");
}

TEST_F(BadNetworkForChanges, ARenameWhoseAnswerWasLostIsUnknownAndNotRepeated) {
  cli_.must({"SET", "k", "old"});
  ASSERT_TRUE(engine_->wait(engine_->keys().rename(bad_, "k", "l", false, {}, {})));
  proxy_.loseReplyTo("EXEC");
  const auto lost = engine_->wait(engine_->keys().rename(bad_, "l", "m", false, {}, {}));
  ASSERT_FALSE(lost);
  EXPECT_EQ(detail(lost.error(), "outcome"), "unknown");
  EXPECT_EQ(cli_.must({"GET", "m"}).text, "old") << "it was made all the same";
  EXPECT_EQ(framesOf(events::EventType::mutationUnknown).size(), 1U);
}

}  // namespace
}  // namespace cachify
