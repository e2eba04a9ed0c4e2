// A session that finds its master through a real sentinel.

#include "support/redis_sentinel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "cache/mutation_rules.hpp"
#include "cache/open_session.hpp"
#include "support/await.hpp"
#include "support/test_gate.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class RedisSentinelTest : public testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<CacheSession> open(const std::string& master = "mymaster",
                                                   const std::string& password = {}) {
    domain::ConnectionProfile profile;
    profile.id = id_;
    profile.name = "watched";
    profile.host = test::kLoopback;
    profile.port = sentinel().port();
    profile.topology = domain::Topology::sentinel;
    profile.sentinelMaster = master;
    return openSession(io_.get_executor(), profile, SecretText(password));
  }
  test::RedisSentinel& sentinel(const std::string& password = {}) {
    if (!sentinel_) sentinel_ = std::make_unique<test::RedisSentinel>(password);
    return *sentinel_;
  }
  template <class T>
  T run(boost::asio::awaitable<T> task) {
    return test::await(io_, std::move(task));
  }
  static CallContext soon() { return CallContext::within(15s); }

  ApplyOutcome set(CacheSession& session, const Bytes& key, const Bytes& value) {
    std::vector<domain::Mutation> mutations{domain::SetMutation{.key = key, .value = value}};
    auto permit = actions::Gate::permitFor(id_, domain::Action::set, {key});
    return run(session.apply(std::move(permit), std::move(mutations), nullptr, soon())).front();
  }
  void waitUntilReplicated(const std::string& key, const std::string& value) {
    test::RedisCli replica(sentinel().second());
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (replica({"GET", key}).text != value && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(5ms);
  }
  Bytes get(CacheSession& session, const Bytes& key) {
    auto value = run(session.read(key, {}, soon()));
    if (!value) throw std::runtime_error(value.error().message);
    return std::get<Bytes>(value->value);
  }

  ConnectionId id_ = ConnectionId::make(SystemClock().now());
  std::unique_ptr<test::RedisSentinel> sentinel_;
  boost::asio::io_context io_{1};
};

TEST_F(RedisSentinelTest, WorksWithTheMasterThatTheSentinelNames) {
  const auto session = open();
  const auto info = run(session->probe(soon()));
  ASSERT_TRUE(info) << info.error().message;
  EXPECT_EQ(info->role, "master");
  EXPECT_EQ(set(*session, "k", "v").status, ApplyStatus::applied);
  EXPECT_EQ(test::RedisCli(sentinel().first()).must({"GET", "k"}).text, "v");
}

TEST_F(RedisSentinelTest, GoesOnAtTheReplicaThatTookOverFromADeadMaster) {
  const auto session = open();
  ASSERT_EQ(set(*session, "k", "v").status, ApplyStatus::applied);
  waitUntilReplicated("k", "v");
  sentinel().first().process().kill();
  // The lost connection is noticed; from then on the new master is waited for, within the time of one call.
  Result<ReadValue> value = fail(ErrorCode::internalError, "not read");
  for (int attempt = 0; attempt < 2 && !value; ++attempt) value = run(session->read("k", {}, soon()));
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(std::get<Bytes>(value->value), "v");
  EXPECT_EQ(set(*session, "k", "w").status, ApplyStatus::applied);
  EXPECT_EQ(test::RedisCli(sentinel().second()).must({"GET", "k"}).text, "w");
}

TEST_F(RedisSentinelTest, LeavesAMasterThatWasMadeAReplicaAndLooksUntilThereIsOne) {
  const auto session = open();
  ASSERT_EQ(set(*session, "k", "v").status, ApplyStatus::applied);
  // Behind the sentinel's back, and without closing our connection.
  test::RedisCli master(sentinel().first());
  master.must({"REPLICAOF", test::kLoopback, std::to_string(sentinel().second().port())});
  const auto refused = set(*session, "k", "w");
  EXPECT_EQ(refused.status, ApplyStatus::refused);
  EXPECT_EQ(refused.error->code, ErrorCode::connectionFailed);
  EXPECT_TRUE(refused.error->retryable);
  std::jthread repair([&master] {
    std::this_thread::sleep_for(300ms);
    master.must({"REPLICAOF", "NO", "ONE"});
  });
  EXPECT_EQ(set(*session, "k", "w").status, ApplyStatus::applied);
  repair.join();
  EXPECT_EQ(master.must({"GET", "k"}).text, "w");
}

TEST_F(RedisSentinelTest, LeavesAMasterThatWasReplacedAndDoesNotKnowItYet) {
  const auto session = open();
  ASSERT_EQ(set(*session, "k", "v").status, ApplyStatus::applied);
  waitUntilReplicated("k", "v");
  sentinel().failover();
  sentinel().waitForMaster(sentinel().second());
  ASSERT_EQ(test::RedisCli(sentinel().first()).must({"ROLE"}).elements.at(0).text, "master")
      << "for some seconds it still takes writes, and loses them";
  std::this_thread::sleep_for(1s);  // as long as a location is trusted
  EXPECT_EQ(set(*session, "k", "w").status, ApplyStatus::applied);
  EXPECT_EQ(test::RedisCli(sentinel().second()).must({"GET", "k"}).text, "w");
}

TEST_F(RedisSentinelTest, UsesThePasswordForTheMasterAndNoneWhereTheSentinelWantsNone) {
  sentinel("s3cret");
  const auto session = open("mymaster", "s3cret");
  EXPECT_EQ(set(*session, "k", "v").status, ApplyStatus::applied);
  EXPECT_EQ(run(open("mymaster", "wrong")->probe(soon())).error().code, ErrorCode::unauthorized);
}

TEST_F(RedisSentinelTest, SaysThatTheSentinelsKnowNoSuchMaster) {
  const auto refused = run(open("other")->probe(soon()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::notFound);
  EXPECT_THAT(refused.error().message, HasSubstr("other"));
}

TEST_F(RedisSentinelTest, EndsInTimeWhenNoMasterIsThere) {
  const auto session = open();
  sentinel().first().process().kill();
  sentinel().second().process().kill();
  const auto start = std::chrono::steady_clock::now();
  const auto failed = run(session->read("k", {}, CallContext::within(1s)));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::connectionFailed) << failed.error().message;
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1500ms);
}

}  // namespace
}  // namespace cachify::cache
