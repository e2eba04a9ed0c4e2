// A session with a real cluster of three masters and three replicas.

#include "support/redis_cluster.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

#include "cache/mutation_rules.hpp"
#include "cache/open_session.hpp"
#include "cache/redis/cluster/slot_set.hpp"
#include "support/await.hpp"
#include "support/rounds.hpp"
#include "support/test_gate.hpp"
#include "support/wait_for.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::UnorderedElementsAreArray;

class RedisClusterTest : public testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<CacheSession> open(domain::Topology topology = domain::Topology::cluster) {
    domain::ConnectionProfile profile;
    profile.id = id_;
    profile.name = "cluster";
    profile.host = test::kLoopback;
    profile.port = cluster_.node(0).port();
    profile.topology = topology;
    return openSession(io_.get_executor(), profile, SecretText());
  }
  template <class T>
  T run(boost::asio::awaitable<T> task) {
    return test::await(io_, std::move(task));
  }
  static CallContext soon() { return CallContext::within(20s); }
  static int manyKeys() { return test::inGateOrLong(20'000, 1'000'000); }
  /// So that a scan of `manyKeys` takes ten pages.
  static ScanRequest tenth() { return {.limit = static_cast<std::uint32_t>(manyKeys() / 10)}; }

  std::vector<ApplyOutcome> apply(CacheSession& session, std::vector<domain::Mutation> mutations,
                                  std::unique_ptr<Hold> hold = nullptr) {
    std::vector<Bytes> keys;
    for (const auto& mutation : mutations) {
      for (const auto key : domain::keysOf(mutation)) keys.emplace_back(key);
    }
    auto permit = actions::Gate::permitFor(id_, actionOf(mutations.front()), std::move(keys));
    return run(session.apply(std::move(permit), std::move(mutations), std::move(hold), soon()));
  }
  /// key:0 … in all slots alike.
  std::vector<Bytes> fill(int count) {
    std::vector<Bytes> keys;
    constexpr int kAtOnce = 50'000;
    std::vector<std::vector<std::vector<std::string>>> commands(cluster_.masters());
    for (int i = 0; i < count; ++i) {
      keys.push_back("key:" + std::to_string(i));
      commands[cluster_.firstOwnerOf(redis::slotOf(keys.back()))].push_back(
          {"SET", keys.back(), "v" + std::to_string(i)});
      if ((i + 1) % kAtOnce != 0 && i + 1 != count) continue;
      for (std::size_t node = 0; node < commands.size(); ++node)
        cluster_.cli(node).pipeline(std::exchange(commands[node], {}));
    }
    return keys;
  }
  Bytes valueOf(CacheSession& session, const Bytes& key) {
    auto value = run(session.read(key, {}, soon()));
    if (!value) throw std::runtime_error(value.error().message);
    return value->type == domain::ValueType::none ? Bytes("(absent)") : std::get<Bytes>(value->value);
  }
  std::vector<Bytes> scanAll(
      CacheSession& session, ScanRequest request, const std::function<void(int)>& betweenPages = [](int) {}) {
    std::vector<Bytes> keys;
    int page = 0;
    do {
      auto got = run(session.scan(request, soon()));
      if (!got) throw std::runtime_error(got.error().message);
      std::ranges::move(got->keys, std::back_inserter(keys));
      request.cursor = got->nextCursor;
      betweenPages(page++);
    } while (!request.cursor.empty());
    return keys;
  }
  /// Forth and on: what was not scanned yet goes to where the scan has been.
  void moveSomeSlots(int page) {
    if (page > 6) return;
    for (int i = 0; i < 20; ++i) {
      const auto slot = static_cast<std::uint16_t>(page * 700 + i * 13);
      cluster_.move(slot, cluster_.firstOwnerOf(slot), (cluster_.firstOwnerOf(slot) + 1) % 3);
    }
  }
  static std::set<Bytes> asSet(const std::vector<Bytes>& keys) { return {keys.begin(), keys.end()}; }

  ConnectionId id_ = ConnectionId::make(SystemClock().now());
  test::RedisCluster cluster_;
  boost::asio::io_context io_{1};
};

TEST_F(RedisClusterTest, KeysOnAllNodesAreReadDescribedCapturedAndChangedAsOne) {
  const auto keys = fill(300);
  for (const Bytes& key : {keys[0], keys[1], Bytes("{tag}x"), Bytes("a\0\xff", 3)})
    EXPECT_EQ(redis::slotOf(key), cluster_.slotOf(key));
  const auto session = open();
  const auto info = run(session->probe(soon()));
  ASSERT_TRUE(info) << info.error().message;
  EXPECT_EQ(info->role, "cluster");
  EXPECT_THAT(info->missingRights, testing::ElementsAre());
  EXPECT_TRUE((*info)[Capability::snapshotRestore].supported);
  ASSERT_TRUE(run(session->ping(soon())));

  const auto described = run(session->describe(keys, soon()));
  ASSERT_TRUE(described);
  for (const auto& one : *described) EXPECT_EQ(one.type, domain::ValueType::string);
  auto captures = run(session->capture(keys, {}, soon()));
  ASSERT_TRUE(captures);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    EXPECT_EQ((*captures)[i].key, keys[i]);
    EXPECT_EQ(std::get<Bytes>((*captures)[i].logical), "v" + std::to_string(i));
  }
  std::vector<domain::Mutation> removals;
  for (const Bytes& key : keys) removals.emplace_back(domain::DeleteMutation{key});
  for (const auto& outcome : apply(*session, std::move(removals)))
    EXPECT_EQ(outcome.status, ApplyStatus::applied);
  EXPECT_TRUE(scanAll(*session, {}).empty());
  std::vector<domain::Mutation> restores;
  for (auto& capture : *captures) restores.emplace_back(domain::RestoreMutation{std::move(capture)});
  for (const auto& outcome : apply(*session, std::move(restores)))
    EXPECT_EQ(outcome.status, ApplyStatus::applied);
  EXPECT_THAT(scanAll(*session, {}), UnorderedElementsAreArray(keys));
  EXPECT_EQ(valueOf(*session, keys[7]), "v7");
}

TEST_F(RedisClusterTest, ChangesManyKeysOfANodeThatIsTakenForAServerOfItsOwn) {
  std::vector<domain::Mutation> sets;
  std::vector<domain::Mutation> removals;
  for (int i = 0; sets.size() < 20; ++i) {
    const Bytes key = "key:" + std::to_string(i);
    if (cluster_.firstOwnerOf(redis::slotOf(key)) != 0) continue;
    sets.emplace_back(domain::SetMutation{.key = key, .value = "v"});
    removals.emplace_back(domain::DeleteMutation{key});
  }
  const auto session = open(domain::Topology::standalone);
  for (const auto& outcome : apply(*session, std::move(sets)))
    EXPECT_EQ(outcome.status, ApplyStatus::applied) << outcome.error->message;
  EXPECT_EQ(scanAll(*session, {}).size(), removals.size());
  for (const auto& outcome : apply(*session, std::move(removals)))
    EXPECT_EQ(outcome.status, ApplyStatus::applied) << outcome.error->message;
  EXPECT_TRUE(scanAll(*session, {}).empty());
}

TEST_F(RedisClusterTest, RenamesWithinASlotAndRefusesThemAcrossSlots) {
  cluster_.onKey("{t}a", {"SET", "{t}a", "v"});
  const auto session = open();
  const auto within = apply(*session, {domain::RenameMutation{.from = "{t}a", .to = "{t}b"}});
  EXPECT_EQ(within.front().status, ApplyStatus::applied);
  const auto across = apply(*session, {domain::RenameMutation{.from = "{t}b", .to = "c"}});
  EXPECT_EQ(across.front().status, ApplyStatus::refused);
  EXPECT_EQ(across.front().error->code, ErrorCode::notSupported);
  EXPECT_THAT(across.front().error->message, HasSubstr("hash tag"));
  const auto held = run(session->captureHeld({"{t}b", "c"}, {}, soon()));
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().code, ErrorCode::notSupported);
  EXPECT_EQ(valueOf(*session, "{t}b"), "v");
}

TEST_F(RedisClusterTest, FollowsASlotThatHasMoved) {
  const Bytes key = "{moving}1";
  const auto slot = redis::slotOf(key);
  const auto from = cluster_.firstOwnerOf(slot);
  const auto to = (from + 1) % 3;
  cluster_.onKey(key, {"SET", key, "v"});
  const auto session = open();
  EXPECT_EQ(valueOf(*session, key), "v");
  auto held = run(session->captureHeld({key}, {}, soon()));
  ASSERT_TRUE(held);
  cluster_.move(slot, from, to);
  const auto late = apply(*session, {domain::SetMutation{.key = key, .value = "w"}}, std::move(held->hold));
  EXPECT_EQ(late.front().status, ApplyStatus::changed) << "to be captured anew, at its new place";
  EXPECT_EQ(valueOf(*session, key), "v");
  EXPECT_EQ(apply(*session, {domain::SetMutation{.key = key, .value = "w"}}).front().status,
            ApplyStatus::applied);
  EXPECT_EQ(cluster_.cli(to).must({"GET", key}).text, "w");
}

TEST_F(RedisClusterTest, ReadsAndWritesKeysOnBothSidesOfASlotThatIsMoving) {
  std::vector<Bytes> keys;
  for (int i = 0; i < 40; ++i) keys.push_back("{moving}" + std::to_string(i));
  const auto slot = redis::slotOf(keys[0]);
  const auto from = cluster_.firstOwnerOf(slot);
  const auto to = (from + 1) % 3;
  for (const Bytes& key : keys) cluster_.onKey(key, {"SET", key, "v"});
  const auto session = open();
  ASSERT_TRUE(run(session->probe(soon())));
  cluster_.beginMove(slot, from, to);
  ASSERT_EQ(cluster_.moveKeys(slot, from, to, 20), 20U);

  const auto described = run(session->describe(keys, soon()));
  ASSERT_TRUE(described) << described.error().message;
  for (const auto& one : *described) EXPECT_EQ(one.type, domain::ValueType::string);
  const auto captures = run(session->capture(keys, {}, soon()));
  ASSERT_TRUE(captures);
  for (const auto& capture : *captures) EXPECT_TRUE(capture.existed());
  std::vector<domain::Mutation> sets;
  for (const Bytes& key : keys) sets.emplace_back(domain::SetMutation{.key = key, .value = "w"});
  for (const auto& outcome : apply(*session, std::move(sets)))
    EXPECT_EQ(outcome.status, ApplyStatus::applied);
  for (const Bytes& key : keys) {
    EXPECT_EQ(valueOf(*session, key), "w");
    auto held = run(session->captureHeld({key}, {}, soon()));
    ASSERT_TRUE(held) << held.error().message;
    const auto outcome =
        apply(*session, {domain::SetMutation{.key = key, .value = "x"}}, std::move(held->hold));
    EXPECT_EQ(outcome.front().status, ApplyStatus::applied) << outcome.front().error->message;
  }
  EXPECT_THAT(asSet(scanAll(*session, {})), UnorderedElementsAreArray(keys));
}

TEST_F(RedisClusterTest, AScanLosesNoKeyToSlotsThatMoveMeanwhile) {
  const auto keys = fill(manyKeys());
  const auto session = open();
  const auto found = scanAll(*session, tenth(), [&](int page) { moveSomeSlots(page); });
  const auto listed = asSet(found);
  EXPECT_EQ(listed.size(), keys.size());
  EXPECT_EQ(listed, asSet(keys));
}

TEST_F(RedisClusterTest, AScanAndReadsGoOnWhenAMasterDiesAndItsReplicaTakesOver) {
  const auto keys = fill(manyKeys());
  cluster_.cli(1).must({"WAIT", "1", "5000"});  // of all that was written on this connection
  const auto session = open();
  const auto found = scanAll(*session, tenth(), [&](int page) {
    if (page == 1) cluster_.node(1).process().kill();
  });
  EXPECT_EQ(asSet(found), asSet(keys));
  EXPECT_EQ(valueOf(*session, keys[5]), "v5");
  const std::vector<Bytes> some(keys.begin(), keys.begin() + 20'000);
  const auto described = run(session->describe(some, soon()));
  ASSERT_TRUE(described) << described.error().message;
  EXPECT_TRUE(
      std::ranges::all_of(*described, [](const auto& one) { return one.type == domain::ValueType::string; }));
}

TEST_F(RedisClusterTest, AScanLosesNoKeyWhenSlotsMoveAndAMasterDiesMeanwhile) {
  const auto keys = fill(manyKeys());
  const Bytes ofNodeOne = *std::ranges::find_if(
      keys, [&](const Bytes& key) { return cluster_.firstOwnerOf(redis::slotOf(key)) == 1; });
  const auto session = open();
  const auto found = scanAll(*session, tenth(), [&](int page) {
    if (page < 4) moveSomeSlots(page);
    if (page != 4) return;
    // A write of our own stands behind all that was moved there, and is waited for.
    cluster_.cli(1).must({"SET", ofNodeOne, cluster_.cli(1).must({"GET", ofNodeOne}).text});
    cluster_.cli(1).must({"WAIT", "1", "5000"});
    cluster_.node(1).process().kill();
  });
  const auto listed = asSet(found);
  EXPECT_EQ(listed.size(), keys.size());
  EXPECT_EQ(listed, asSet(keys));
}

TEST_F(RedisClusterTest, BulkChangesDuringAFailoverSayOfEveryKeyWhatBecameOfIt) {
  const auto keys = fill(20'000);
  cluster_.cli(1).must({"WAIT", "1", "5000"});
  const auto ofNodeOne = [&](const Bytes& key) { return cluster_.firstOwnerOf(redis::slotOf(key)) == 1; };
  const auto setAll = [&] {
    std::vector<domain::Mutation> sets;
    for (const Bytes& key : keys) sets.emplace_back(domain::SetMutation{.key = key, .value = "new"});
    return sets;
  };
  const auto session = open();
  ASSERT_TRUE(run(session->probe(soon())));
  std::jthread killer([this, first = *std::ranges::find_if(keys, ofNodeOne)] {
    while (cluster_.cli(1).must({"GET", first}).text != "new") std::this_thread::yield();
    cluster_.node(1).process().kill();
  });
  const auto outcomes = apply(*session, setAll());
  killer.join();
  ASSERT_EQ(outcomes.size(), keys.size());
  const auto& ofLost = *std::ranges::find_if(keys, ofNodeOne);
  test::waitFor([&] { return run(session->read(ofLost, {}, soon())).has_value(); }, "a replica took over");
  std::size_t made = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (outcomes[i].status == ApplyStatus::applied) {
      ++made;
      continue;
    }
    EXPECT_TRUE(ofNodeOne(keys[i])) << keys[i];
    ASSERT_TRUE(outcomes[i].error);
    EXPECT_NE(outcomes[i].status, ApplyStatus::refused) << outcomes[i].error->message;
    EXPECT_TRUE(outcomes[i].error->retryable) << outcomes[i].error->message;
    if (outcomes[i].status == ApplyStatus::notSent) {
      EXPECT_EQ(valueOf(*session, keys[i]), "v" + std::to_string(i));
    }
  }
  EXPECT_GT(made, keys.size() / 2);
  for (const auto& outcome : apply(*session, setAll())) EXPECT_EQ(outcome.status, ApplyStatus::applied);
  for (std::size_t i = 0; i < keys.size(); i += 97) EXPECT_EQ(valueOf(*session, keys[i]), "new");
}

TEST_F(RedisClusterTest, FollowsAskWhereNodesDoNotNameTheirHosts) {
  for (std::size_t i = 0; i < cluster_.masters(); ++i)
    cluster_.cli(i).must({"CONFIG", "SET", "cluster-preferred-endpoint-type", "unknown-endpoint"});
  const Bytes key = "{moving}1";
  const auto slot = redis::slotOf(key);
  const auto from = cluster_.firstOwnerOf(slot);
  cluster_.onKey(key, {"SET", key, "v"});
  cluster_.beginMove(slot, from, (from + 1) % 3);
  ASSERT_EQ(cluster_.moveKeys(slot, from, (from + 1) % 3, 1), 1U);
  EXPECT_EQ(valueOf(*open(), key), "v");
}

TEST_F(RedisClusterTest, WhateverGoesWrongInAScanIsAnErrorLikeAnyOther) {
  fill(300);
  const auto session = open();
  ASSERT_TRUE(run(session->probe(soon())));
  const std::string inner = "c1|0-16383|" + cluster_.idOf(0) + ",0-16383,0,nonsense";
  EXPECT_EQ(run(session->scan({.cursor = inner}, soon())).error().code, ErrorCode::validationError);

  std::stop_source stop;
  stop.request_stop();
  const auto stopped = run(session->scan({}, CallContext::within(5s, stop.get_token())));
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);

  cluster_.node(2).process().suspend();
  const auto silent = run(session->scan({}, CallContext::within(500ms)));
  EXPECT_EQ(silent.error().code, ErrorCode::timeout);
  cluster_.node(2).process().resume();

  for (std::size_t i = 0; i < cluster_.masters(); ++i) {
    cluster_.cli(i).must({"ACL", "SETUSER", "default", "-scan"});
  }
  const auto refused = run(open()->scan({}, soon()));
  EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
  EXPECT_THAT(refused.error().message, HasSubstr("SCAN"));
}

TEST_F(RedisClusterTest, ANodeThatIsGoneWithItsReplicaIsAnErrorInTime) {
  fill(300);
  const auto session = open();
  ASSERT_TRUE(run(session->probe(soon())));
  cluster_.node(5).process().kill();
  cluster_.node(2).process().kill();
  const auto gone = run(session->scan({.limit = 1000}, CallContext::within(2s)));
  ASSERT_FALSE(gone);
  EXPECT_TRUE(gone.error().retryable) << gone.error().message;
}

TEST_F(RedisClusterTest, FiltersByPatternAndTypeOnEveryNode) {
  fill(300);
  cluster_.onKey("list", {"RPUSH", "list", "a"});
  const auto session = open();
  EXPECT_THAT(scanAll(*session, {.pattern = "key:1?"}).size(), 10U);
  EXPECT_THAT(scanAll(*session, {.type = domain::ValueType::list}), testing::ElementsAre("list"));
  EXPECT_FALSE(run(session->scan({.cursor = "c1|nonsense"}, soon())));
}

}  // namespace
}  // namespace cachify::cache
