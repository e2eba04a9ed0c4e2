// A server that refuses, fails or moves away under a guarded change: what the caller is told, what the log
// says, and that nothing is lost.

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <thread>

#include "events/decode.hpp"
#include "events/mutation_events.hpp"
#include "support/fault_proxy.hpp"
#include "support/mutation_fixture.hpp"
#include "support/redis_cluster.hpp"
#include "support/rounds.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using events::EventType;
using testing::HasSubstr;

class Refusals : public test::RedisMutation {
 protected:
  /// One intent, and its end as `code`; nothing was applied.
  void expectOneFailedIntent(ErrorCode code) {
    EXPECT_EQ(framesOf(EventType::mutationRequested).size(), 1U);
    EXPECT_TRUE(framesOf(EventType::mutationApplied).empty());
    EXPECT_TRUE(framesOf(EventType::mutationUnknown).empty());
    const auto failed = framesOf(EventType::mutationFailed);
    ASSERT_EQ(failed.size(), 1U);
    const auto event = events::decodeAs<events::MutationFailed>(1, failed[0].payloads[0]);
    ASSERT_TRUE(event);
    EXPECT_EQ(event->errorCode, wireName(code));
    EXPECT_EQ(framesOf(EventType::operationFailed).size(), 1U);
  }
};

TEST_F(Refusals, AServerThatIsGoneIsSaidToBeAfterAllAttemptsAndNothingIsIntended) {
  auto profile = profile_;
  profile.retry = {.maxAttempts = 3, .backoff = 5ms};
  profile = *engine_->wait(engine_->connections().edit(profile, actions::KeepSecret()));
  server_.process().kill();
  const auto refused = set(profile, "k", "v");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::connectionFailed);
  EXPECT_TRUE(refused.error().retryable);
  EXPECT_EQ(std::get<std::int64_t>(*refused.error().detail("attempts")), 3);
  EXPECT_TRUE(framesOf(EventType::mutationRequested).empty());
  EXPECT_EQ(framesOf(EventType::operationFailed).size(), 1U);
}

TEST_F(Refusals, AFullServerKeepsItsValueTakesDeletesAndTakesWritesOnceThereIsRoom) {
  cli_.must({"SET", "k", "old"});
  cli_.must({"SET", "l", "other"});
  cli_.must({"CONFIG", "SET", "maxmemory-policy", "noeviction"});
  cli_.must({"CONFIG", "SET", "maxmemory", "1"});
  const auto full = set(profile_, "k", "new");
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::conflict);
  EXPECT_THAT(full.error().message, HasSubstr("memory limit"));
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "old");
  expectOneFailedIntent(ErrorCode::conflict);
  const auto removed = remove(profile_, "l");
  ASSERT_TRUE(removed) << "what frees memory goes on: " << removed.error().message;
  EXPECT_FALSE(restoreLatest(profile_, "l"));
  cli_.must({"CONFIG", "SET", "maxmemory", "0"});
  ASSERT_TRUE(restoreLatest(profile_, "l")) << "and can be undone later";
  EXPECT_EQ(cli_.must({"GET", "l"}).text, "other");
  EXPECT_TRUE(set(profile_, "k", "new"));
}

TEST_F(Refusals, AReplicaTakesNoWriteAndSaysWhereToGo) {
  test::RedisServer replica({"--replicaof", "127.0.0.1 " + std::to_string(server_.port())});
  cli_.must({"SET", "k", "old"});
  cli_.must({"WAIT", "1", "5000"});
  auto second = draft(domain::CacheEngine::redis, replica.port());
  second.name = "replica";
  second = add(second);
  const auto refused = set(second, "k", "new");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::notSupported);
  EXPECT_THAT(refused.error().message, HasSubstr("connect to its master"));
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "old");
  expectOneFailedIntent(ErrorCode::notSupported);
}

TEST_F(Refusals, AUserWithoutTheRightToWriteIsToldWhichOneIsMissing) {
  cli_.must({"SET", "k", "old"});
  cli_.must({"ACL", "SETUSER", "default", "-set"});
  const auto refused = set(profile_, "k", "new");
  cli_.must({"ACL", "SETUSER", "default", "+set"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
  EXPECT_EQ(refused.error().detail("policy"), nullptr) << "the server's rule, not ours";
  EXPECT_THAT(refused.error().message, HasSubstr("SET"));
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "old");
  expectOneFailedIntent(ErrorCode::unauthorized);
}

TEST_F(Refusals, ANetworkThatCutsRepliesAnywhereLosesNoValueAndMakesNoHalfSnapshot) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  test::FaultProxy proxy(server_.port());
  auto through = draft(domain::CacheEngine::redis, proxy.port());
  through.name = "through a bad network";
  const auto bad = add(through);
  // Bytes that the server cannot compress, so that replies are as long as cuts may be late.
  const auto noise = [&random] {
    std::string bytes(50'000, '\0');
    std::ranges::generate(bytes, [&random] { return static_cast<char>(random()); });
    return bytes;
  };
  std::string value = noise();
  cli_.must({"SET", "k", value});
  const int rounds = test::inGateOrLong(40, 1'000);
  for (int i = 0; i < rounds; ++i) {
    const std::string next = noise();
    proxy.resetAfter(random() % 60'000);
    const auto report = set(bad, "k", next);
    proxy.pass();
    const std::string now = cli_.must({"GET", "k"}).text;
    const bool unknown = !report && detail(report.error(), "outcome") == "unknown";
    if (report) {
      ASSERT_EQ(now, next);
    } else if (!unknown) {
      ASSERT_EQ(now, value) << report.error().message;
    } else {
      ASSERT_TRUE(now == value || now == next);
    }
    // Whatever was intended has a whole snapshot of what was there.
    if (report || unknown) {
      ASSERT_TRUE(restoreLatest(bad, "k", actions::OnChanged::overwrite));
      ASSERT_EQ(cli_.must({"GET", "k"}).text, value);
      cli_.must({"SET", "k", next});
      value = next;
    }
  }
  EXPECT_GT(proxy.struck(), rounds / 2);
}

class ClusterChanges : public test::Mutation {
 protected:
  ClusterChanges() {
    auto profile = draft(domain::CacheEngine::redis, cluster_.port());
    profile.topology = domain::Topology::cluster;
    profile.retry = {.maxAttempts = 5, .backoff = 20ms};
    profile_ = add(profile);
  }
  test::RedisCluster cluster_{3, false};
  domain::ConnectionProfile profile_;
};

TEST_F(ClusterChanges, WhileTheirSlotKeepsMovingAreEachMadeOnceOrSaidNotToBe) {
  const std::string key = "{storm}counter";
  const auto slot = cluster_.slotOf(key);
  std::size_t owner = cluster_.firstOwnerOf(slot);
  cluster_.onKey(key, {"SET", key, "0"});
  for (int i = 0; i < 20; ++i) cluster_.onKey(key, {"SET", "{storm}" + std::to_string(i), "v"});
  std::atomic<bool> done = false;
  std::string broken;
  std::jthread storm([&] {
    try {
      while (!done) {
        const std::size_t to = (owner + 1) % cluster_.masters();
        cluster_.beginMove(slot, owner, to);
        while (cluster_.moveKeys(slot, owner, to, 3) > 0) std::this_thread::yield();
        cluster_.endMove(slot, to);
        owner = to;
      }
    } catch (const std::exception& error) {
      broken = error.what();
    }
  });
  std::int64_t made = 0;
  std::int64_t perhaps = 0;
  const int rounds = test::inGateOrLong(60, 1'000);
  for (int i = 0; i < rounds; ++i) {
    const auto report =
        engine_->wait(engine_->keys().edit(profile_, key, domain::IncrementNumber{.by = 1}, {}, {}));
    if (report) {
      ++made;
    } else if (detail(report.error(), "outcome") == "unknown") {
      ++perhaps;
    } else {
      EXPECT_TRUE(report.error().retryable || report.error().code == ErrorCode::conflict)
          << report.error().message;
    }
  }
  done = true;
  storm.join();
  EXPECT_EQ(broken, "");
  const auto value = engine_->wait(engine_->keys().get(profile_, key, {}, {}));
  ASSERT_TRUE(value) << value.error().message;
  const auto count = std::stoll(std::get<Bytes>(value->value));
  EXPECT_GE(count, made);
  EXPECT_LE(count, made + perhaps);
  EXPECT_GT(made, rounds / 2);
}

}  // namespace
}  // namespace cachify
