// Subscriptions through losses: of one server, of a master behind Sentinel, of a cluster's node.

#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "support/fault_proxy.hpp"
#include "support/redis_cluster.hpp"
#include "support/redis_fixture.hpp"
#include "support/redis_sentinel.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

SubscribeRequest keyEvents() {
  SubscribeRequest request;
  request.keyspaceEvents = true;
  return request;
}

/// Takes what a subscription tells, in words: "set k", "news hello", "gap".
class Heard {
 public:
  Heard(boost::asio::io_context& io, CacheSession& session, SubscribeRequest request) : io_(io) {
    auto subscribed = test::await(io_, session.subscribe(std::move(request), CallContext::within(15s)));
    if (!subscribed) throw std::runtime_error(subscribed.error().message);
    subscription_.emplace(*std::move(subscribed));
  }
  std::string next(std::chrono::milliseconds within = 15s) {
    auto notice = test::await(io_, subscription_->next(CallContext::within(within)));
    if (!notice) return std::string(wireName(notice.error().code));
    if (const auto* event = std::get_if<KeyEvent>(&*notice)) return event->event + " " + event->key;
    if (const auto* message = std::get_if<ChannelMessage>(&*notice))
      return message->channel + " " + message->payload;
    gap_ = std::get<Gap>(*notice);
    return "gap";
  }
  /// What comes after any gaps.
  std::string nextMessage() {
    std::string said = next();
    while (said == "gap") said = next();
    return said;
  }
  [[nodiscard]] const Gap& gap() const { return gap_; }
  [[nodiscard]] SubscriptionStatus status() const { return subscription_->status(); }
  /// Runs until that is so.
  bool until(const std::function<bool()>& condition, std::chrono::seconds within = 20s) {
    const auto deadline = std::chrono::steady_clock::now() + within;
    io_.restart();
    while (!condition() && std::chrono::steady_clock::now() < deadline) io_.run_for(5ms);
    return condition();
  }
  bool lost() {
    return until([this] { return status().trouble.has_value(); });
  }

 private:
  boost::asio::io_context& io_;
  std::optional<Subscription> subscription_;
  Gap gap_;
};

class RedisSubscriptions : public test::RedisFixture {
 protected:
  RedisSubscriptions() : RedisFixture({"--notify-keyspace-events", "AKE"}) {}
};

TEST_F(RedisSubscriptions, TellMessagesOfChannelsAndPatternsAsBytes) {
  const auto session = open(profile());
  SubscribeRequest request;
  request.channels = {"news", "other"};
  request.patterns = {"log:*"};
  Heard heard(io_, *session, request);
  const std::string odd("\0\n\xff", 3);
  cli_.must({"PUBLISH", "news", "hello"});
  cli_.must({"PUBLISH", "elsewhere", "nobody"});
  cli_.must({"PUBLISH", "log:1", odd});
  EXPECT_EQ(heard.next(), "news hello");
  EXPECT_EQ(heard.next(), "log:1 " + odd);
}

TEST_F(RedisSubscriptions, TellOfTheirOwnDatabaseAlone) {
  auto third = profile();
  third.dbIndex = 3;
  const auto session = open(third);
  Heard heard(io_, *session, keyEvents());
  cli_.must({"SET", "of database 0", "v"});
  cli_.must({"SELECT", "3"});
  cli_.must({"SET", "of database 3", "v"});
  EXPECT_EQ(heard.next(), "set of database 3");
}

TEST_F(RedisSubscriptions, ArePickedUpAgainAfterTheServerWasKilledAndSayThatThereWasAGap) {
  const auto session = open(profile());
  Heard heard(io_, *session, keyEvents());
  cli_.must({"SET", "before", "v"});
  EXPECT_EQ(heard.next(), "set before");
  server_.process().kill();
  ASSERT_TRUE(heard.lost()) << "noticed at once";
  EXPECT_EQ(heard.status().losses, 1U);
  std::this_thread::sleep_for(100ms);  // the time that the gap is to tell of
  server_.restart();
  EXPECT_EQ(heard.next(), "gap");
  EXPECT_EQ(heard.gap().dropped, 0U);
  EXPECT_GE(heard.gap().away, 100ms);
  test::RedisCli(server_).must({"SET", "after", "v"});
  EXPECT_EQ(heard.next(), "set after");
  EXPECT_FALSE(heard.status().trouble);
  EXPECT_EQ(heard.status().losses, 1U) << "attempts in vain are no losses";
}

TEST_F(RedisSubscriptions, NoticeABlackHoleAndGoOnBehindIt) {
  test::FaultProxy proxy(server_.port());
  auto through = profile();
  through.port = proxy.port();
  const auto session = open(through);
  Heard heard(io_, *session, keyEvents());
  proxy.stallAfter(0);
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(heard.lost());
  EXPECT_LT(std::chrono::steady_clock::now() - start, 8s);
  EXPECT_EQ(heard.status().trouble->code, ErrorCode::timeout);
  proxy.pass();
  EXPECT_EQ(heard.next(), "gap");
  cli_.must({"SET", "k", "v"});
  EXPECT_EQ(heard.next(), "set k");
}

TEST_F(RedisSubscriptions, StandThroughLongSilence) {
  const auto session = open(profile());
  Heard heard(io_, *session, keyEvents());
  EXPECT_EQ(heard.next(6s), "TIMEOUT") << "longer than a silence that counts as loss";
  cli_.must({"SET", "k", "v"});
  EXPECT_EQ(heard.next(), "set k");
  EXPECT_EQ(heard.status().losses, 0U);
}

TEST_F(RedisSubscriptions, WaitWithTheReasonUntilARestartedServerTellsAgain) {
  test::RedisServer server;
  test::RedisCli(server).must({"CONFIG", "SET", "notify-keyspace-events", "AKE"});
  auto there = profile();
  there.port = server.port();
  const auto session = open(there);
  Heard heard(io_, *session, keyEvents());
  server.restart();  // and what was set is forgotten
  ASSERT_TRUE(heard.until([&] {
    const auto trouble = heard.status().trouble;
    return trouble && trouble->code == ErrorCode::notSupported;
  }));
  EXPECT_THAT(heard.status().trouble->message, HasSubstr("notify-keyspace-events"));
  test::RedisCli cli(server);
  cli.must({"CONFIG", "SET", "notify-keyspace-events", "AKE"});
  EXPECT_EQ(heard.next(), "gap");
  cli.must({"SET", "k", "v"});
  EXPECT_EQ(heard.next(), "set k");
}

TEST_F(RedisSubscriptions, AreRefusedWithAReasonToWhoMayNotListen) {
  const auto deaf = openAs("deaf", {"~*", "+@all", "resetchannels"});
  auto refused = run(deaf->subscribe(keyEvents(), soon()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::notSupported);
  const auto info = run(deaf->probe(soon()));
  EXPECT_EQ((*info)[Capability::keyspaceEvents].reason, refused.error().message);
  SubscribeRequest news;
  news.channels = {"news"};
  EXPECT_EQ(run(deaf->subscribe(news, soon())).error().code, ErrorCode::unauthorized);
  EXPECT_EQ(run(deaf->subscribe({}, soon())).error().code, ErrorCode::validationError);
  const auto allowed = openAs("allowed", {"~*", "+@all", "resetchannels", "&__keyevent@0__:*"});
  EXPECT_TRUE(run(allowed->subscribe(keyEvents(), soon()))) << "that pattern is all it takes";
  EXPECT_TRUE(run(allowed->probe(soon())).value()[Capability::keyspaceEvents].supported);
}

TEST_F(RedisSubscriptions, LeaveNothingBehindOnTheServer) {
  const auto session = open(profile());
  {
    Heard heard(io_, *session, keyEvents());
    EXPECT_EQ(cli_.must({"PUBSUB", "NUMPAT"}).integer, 1);
  }
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (cli_.must({"PUBSUB", "NUMPAT"}).integer != 0 && std::chrono::steady_clock::now() < deadline)
    io_.run_for(5ms);
  EXPECT_EQ(cli_.must({"PUBSUB", "NUMPAT"}).integer, 0);
  EXPECT_TRUE(run(session->ping(soon()))) << "and no subscribed connection went back to the others";
}

class ManyServers : public testing::Test {
 protected:
  std::unique_ptr<CacheSession> open(std::uint16_t port, domain::Topology topology) {
    domain::ConnectionProfile profile;
    profile.id = ConnectionId::make(SystemClock().now());
    profile.name = "many";
    profile.host = test::kLoopback;
    profile.port = port;
    profile.topology = topology;
    profile.sentinelMaster = "mymaster";
    return openSession(io_.get_executor(), profile, SecretText());
  }
  boost::asio::io_context io_{1};
};

TEST_F(ManyServers, ASubscriptionFollowsTheMasterThatTheSentinelsName) {
  test::RedisSentinel servers;
  const auto session = open(servers.port(), domain::Topology::sentinel);
  Heard heard(io_, *session, keyEvents());
  test::RedisCli(servers.first()).must({"SET", "before", "v"});
  EXPECT_EQ(heard.next(), "set before");
  servers.first().process().kill();
  ASSERT_TRUE(heard.lost());
  EXPECT_EQ(heard.next(30s), "gap");
  test::RedisCli(servers.second()).must({"SET", "after", "v"});
  EXPECT_EQ(heard.next(), "set after");
}

TEST_F(ManyServers, ASubscriptionHearsEveryMasterOfAClusterAndTheOneThatTakesOver) {
  test::RedisCluster cluster;
  const auto session = open(cluster.port(), domain::Topology::cluster);
  Heard heard(io_, *session, keyEvents());
  std::set<std::string> wanted;
  std::set<std::string> told;
  for (int i = 0; i < 30; ++i) {
    const std::string key = "key:" + std::to_string(i);
    cluster.onKey(key, {"SET", key, "v"});
    wanted.insert("set " + key);
  }
  for (int i = 0; i < 30; ++i) told.insert(heard.next());
  EXPECT_EQ(told, wanted);

  std::string ofThird = "key:0";
  for (int i = 0; cluster.firstOwnerOf(cluster.slotOf(ofThird)) != 2; ++i)
    ofThird = "key:" + std::to_string(i);
  cluster.node(2).process().kill();
  ASSERT_TRUE(heard.lost());
  EXPECT_EQ(heard.next(30s), "gap") << "the replica has taken over, and is listened to";
  cluster.cli(5).must({"SET", ofThird, "w"});
  EXPECT_EQ(heard.nextMessage(), "set " + ofThird);
  EXPECT_FALSE(heard.status().trouble) << "nobody misses the dead node";
}

TEST_F(ManyServers, ChannelsOfAClusterAreHeardOnceAndThroughTheLossOfANode) {
  test::RedisCluster cluster(3, false);
  const auto session = open(cluster.port(), domain::Topology::cluster);
  SubscribeRequest request;
  request.channels = {"news"};
  Heard heard(io_, *session, request);
  cluster.cli(1).must({"PUBLISH", "news", "one"});
  cluster.cli(2).must({"PUBLISH", "news", "two"});
  // They come from different nodes, so in any order.
  const std::multiset<std::string> both{heard.next(), heard.next()};
  EXPECT_EQ(both, (std::multiset<std::string>{"news one", "news two"}));
  cluster.node(0).process().kill();
  ASSERT_TRUE(heard.lost());
  EXPECT_EQ(heard.next(30s), "gap");
  cluster.cli(1).must({"PUBLISH", "news", "three"});
  EXPECT_EQ(heard.next(), "news three");
}

}  // namespace
}  // namespace cachify::cache
