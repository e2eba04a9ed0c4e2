// How far a connection test comes, stage by stage, by every way; and sessions apart for bulk work.

#include <gmock/gmock.h>

#include "actions/alerts/alert_settings.hpp"
#include "actions/session_pool.hpp"
#include "actions/stage_list.hpp"
#include "secrets/memory_secret_store.hpp"
#include "support/await.hpp"
#include "support/certificates.hpp"
#include "support/engine_fixture.hpp"
#include "support/fault_proxy.hpp"
#include "support/redis_cluster.hpp"
#include "support/redis_sentinel.hpp"
#include "support/ssh_server.hpp"

namespace cachify::actions {
namespace {

using namespace std::chrono_literals;
using domain::CacheEngine;
using domain::ConnectionProfile;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class ConnectionStages : public test::EngineFixture {
 protected:
  Result<TestReport> tested(const ConnectionProfile& profile, const std::string& password = {}) {
    TypedSecrets typed;
    if (!password.empty()) typed.password = SecretText(password);
    stages_ = std::make_shared<StageList>();
    return engine_->wait(engine_->connections().test(profile, std::move(typed), {}, stages_));
  }
  /// "connect", or "connect!" for one that failed; of one server, or of all.
  std::vector<std::string> stages(std::uint16_t port = 0) const {
    std::vector<std::string> words;
    for (const StageReport& report : stages_->reports()) {
      if (port != 0 && !report.target.ends_with(":" + std::to_string(port))) continue;
      words.push_back(std::string(wireName(report.stage)) + (report.error ? "!" : ""));
      EXPECT_GE(report.duration.count(), 0);
    }
    return words;
  }
  const StageReport& failedStage() const {
    for (const StageReport& report : stages_->reports()) {
      if (report.error) return report;
    }
    throw std::runtime_error("no stage failed");
  }
  std::shared_ptr<StageList> stages_;
};

TEST_F(ConnectionStages, OfRedisAreAllToldInTheirOrderAndStandInTheReport) {
  test::RedisServer server;
  const auto report = tested(draft(CacheEngine::redis, server.port()));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_THAT(stages(), ElementsAre("resolve", "connect", "authenticate", "ping", "probe"));
  ASSERT_EQ(report->stages.size(), 5U);
  EXPECT_EQ(report->stages[1].target, std::string(test::kLoopback) + ":" + std::to_string(server.port()));
  ASSERT_EQ(report->server.nodes.size(), 1U);
  EXPECT_EQ(report->server.nodes[0].role, "master");
}

TEST_F(ConnectionStages, OverAUnixSocketThereIsNoNameToLookUp) {
  test::RedisServer server;
  auto local = draft(CacheEngine::redis, 0);
  local.host.clear();
  local.unixSocket = server.unixSocket();
  ASSERT_TRUE(tested(local));
  EXPECT_THAT(stages(), ElementsAre("connect", "authenticate", "ping", "probe"));
}

TEST_F(ConnectionStages, OfMemcachedAuthenticateOnlyWhoHasAName) {
  test::MemcachedServer server;
  ASSERT_TRUE(tested(draft(CacheEngine::memcached, server.port())));
  EXPECT_THAT(stages(), ElementsAre("resolve", "connect", "ping", "probe"));
  auto named = draft(CacheEngine::memcached, server.port());
  named.username = "me";
  ASSERT_TRUE(tested(named, "pw"));
  EXPECT_THAT(stages(), ElementsAre("resolve", "connect", "authenticate", "ping", "probe"));
}

TEST_F(ConnectionStages, ByTlsAndThroughATunnel) {
  test::CertificateAuthority authority;
  const auto own = authority.issue();
  test::RedisServer server({}, test::ServerTls{own.certFile, own.keyFile});
  auto encrypted = draft(CacheEngine::redis, server.tlsPort());
  encrypted.tls.enabled = true;
  encrypted.tls.caFile = authority.caFile();
  ASSERT_TRUE(tested(encrypted));
  EXPECT_THAT(stages(), ElementsAre("resolve", "connect", "tls", "authenticate", "ping", "probe"));

  encrypted.tls.caFile.clear();
  const auto refused = tested(encrypted);
  ASSERT_FALSE(refused);
  EXPECT_THAT(stages(), ElementsAre("resolve", "connect", "tls!"));
  EXPECT_EQ(failedStage().error->message, refused.error().message);

  const test::SshServer ssh;
  auto far = draft(CacheEngine::redis, server.port());
  far.ssh.destination = test::SshServer::kAlias;
  far.ssh.configFile = ssh.clientConfig();
  ASSERT_TRUE(tested(far));
  EXPECT_THAT(stages(), ElementsAre("tunnel", "authenticate", "ping", "probe"));
}

TEST_F(ConnectionStages, EndAtTheOneThatFailsWithItsError) {
  const auto refused = tested(draft(CacheEngine::redis, test::freePort()));
  ASSERT_FALSE(refused);
  EXPECT_THAT(stages(), ElementsAre("resolve", "connect!")) << "what was tried twice stands once";
  EXPECT_EQ(failedStage().error->code, ErrorCode::connectionFailed);

  auto nameless = draft(CacheEngine::redis, 6379);
  nameless.host = "no-such-host.invalid";
  ASSERT_FALSE(tested(nameless));
  EXPECT_THAT(stages(), ElementsAre("resolve!"));

  const test::RedisServer locked({"--requirepass", "s3cret"});
  ASSERT_FALSE(tested(draft(CacheEngine::redis, locked.port())));
  EXPECT_THAT(stages(), ElementsAre("resolve", "connect", "authenticate!")) << "without a password, too";
  EXPECT_EQ(tested(draft(CacheEngine::redis, locked.port()), "wrong").error().code, ErrorCode::unauthorized);
  EXPECT_THAT(stages(), ElementsAre("resolve", "connect", "authenticate!"));

  const test::BlackHoleServer silent;
  auto waiting = draft(CacheEngine::redis, silent.port());
  waiting.timeout = 100ms;
  ASSERT_FALSE(tested(waiting));
  EXPECT_EQ(failedStage().stage, Stage::authenticate);
  EXPECT_GE(failedStage().duration, 50ms);
}

TEST_F(ConnectionStages, ASecondAttemptTakesThePlaceOfTheFirst) {
  test::RedisServer server;
  test::FaultProxy proxy(server.port());
  proxy.loseReplyTo("PING");
  struct Repair final : StageObserver {
    explicit Repair(test::FaultProxy& bad) : proxy(bad) {}
    void began(Stage, const std::string&) override {}
    void ended(const StageReport& report) override {
      if (report.stage == Stage::ping && report.error) proxy.pass();
    }
    test::FaultProxy& proxy;
  };
  stages_ = std::make_shared<StageList>(std::make_shared<Repair>(proxy));
  const auto report =
      engine_->wait(engine_->connections().test(draft(CacheEngine::redis, proxy.port()), {}, {}, stages_));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->attempts, 2U);
  EXPECT_THAT(stages(), ElementsAre("resolve", "connect", "authenticate", "ping", "probe"));
}

TEST_F(ConnectionStages, BehindSentinelsSayWhichMasterItIs) {
  test::RedisSentinel servers;
  auto watched = draft(CacheEngine::redis, servers.port());
  watched.topology = domain::Topology::sentinel;
  watched.sentinelMaster = "mymaster";
  const auto report = tested(watched);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_THAT(stages(servers.port()), ElementsAre("resolve", "connect", "authenticate", "locate"));
  EXPECT_THAT(stages(servers.first().port()),
              ElementsAre("resolve", "connect", "authenticate", "ping", "probe"));
  EXPECT_THAT(report->server.nodes.at(0).address, HasSubstr(std::to_string(servers.first().port())));

  watched.sentinelMaster = "other";
  ASSERT_FALSE(tested(watched));
  EXPECT_EQ(failedStage().stage, Stage::locate);
  EXPECT_EQ(failedStage().error->code, ErrorCode::notFound);
}

TEST_F(ConnectionStages, OfAClusterAreThoseOfEveryMasterAndTheOneThatIsGoneIsNamed) {
  test::RedisCluster cluster(3, false);
  auto many = draft(CacheEngine::redis, cluster.port());
  many.topology = domain::Topology::cluster;
  const auto report = tested(many);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->server.role, "cluster");
  EXPECT_EQ(report->server.nodes.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto own = stages(cluster.node(i).port());
    EXPECT_THAT(own, testing::Contains("ping")) << i;
    EXPECT_THAT(own, testing::Contains("probe")) << i;
  }
  cluster.node(2).process().kill();
  many.timeout = 1000ms;
  const auto part = tested(many);
  ASSERT_FALSE(part) << "a part of the keys cannot be reached";
  EXPECT_THAT(part.error().message, HasSubstr(std::to_string(cluster.node(2).port())));
  EXPECT_THAT(stages(cluster.node(2).port()), testing::Contains("connect!"));
  EXPECT_THAT(stages(cluster.node(1).port()), testing::Contains("probe")) << "the others are still seen";
}

/// A pool on a log, read models and a secret store of its own.
class SessionsOfAPool : public testing::Test {
 protected:
  SessionsOfAPool() {
    profile_.id = ConnectionId::make(SystemClock().now());
    profile_.name = "cache";
    profile_.host = test::kLoopback;
    profile_.port = server_.port();
  }
  std::shared_ptr<cache::CacheSession> session(Use use) {
    auto got = test::await(io_, pool_.session(profile_, use));
    if (!got) throw std::runtime_error(got.error().message);
    EXPECT_TRUE(test::await(io_, (*got)->ping(CallContext::within(10s))));
    return *got;
  }
  std::size_t clients() {
    const std::string list = test::RedisCli(server_).must({"CLIENT", "LIST"}).text;
    std::size_t count = 0;
    for (auto at = list.find("name=cachify-studio"); at != std::string::npos;
         at = list.find("name=cachify-studio", at + 1))
      ++count;
    return count;
  }

  test::RedisServer server_;
  test::TemporaryDirectory data_;
  std::unique_ptr<log::EventLog> log_ =
      std::move(*log::EventLog::open({.directory = data_ / "log", .mapSizeBytes = 64ULL << 20}));
  std::unique_ptr<views::ReadModels> views_ =
      std::move(*views::ReadModels::open({.directory = data_ / "views", .reader = log_.get()}));
  secrets::MemorySecretStore secrets_;
  SystemClock clock_;
  boost::asio::io_context io_{1};
  boost::asio::thread_pool blocking_{1};
  AlertSettings alerts_{*log_};
  Context context_{.log = *log_,
                   .views = *views_,
                   .secrets = secrets_,
                   .alerts = alerts_,
                   .clock = clock_,
                   .net = io_.get_executor(),
                   .blocking = blocking_,
                   .actor = {},
                   .session = SessionId::make(clock_.now()),
                   .dataDirectory = data_.path()};
  SessionPool pool_{context_};
  ConnectionProfile profile_;
};

TEST_F(SessionsOfAPool, AreApartForBulkWorkWithConnectionsOfTheirOwn) {
  const auto interactive = session(Use::interactive);
  const auto bulk = session(Use::bulk);
  EXPECT_NE(interactive, bulk);
  EXPECT_EQ(session(Use::interactive), interactive);
  EXPECT_EQ(session(Use::bulk), bulk);
  EXPECT_EQ(clients(), 2U);
}

TEST_F(SessionsOfAPool, AreMadeAnewWhenTheProfileChangesAndForgottenTogether) {
  const auto interactive = session(Use::interactive);
  const auto bulk = session(Use::bulk);
  profile_.dbIndex = 1;
  EXPECT_NE(session(Use::bulk), bulk);
  EXPECT_EQ(test::await(io_, bulk->ping(CallContext::within(10s))).error().code, ErrorCode::cancelled);
  pool_.forget(profile_.id);
  EXPECT_EQ(test::await(io_, interactive->ping(CallContext::within(10s))).error().code, ErrorCode::cancelled);
  EXPECT_NE(session(Use::interactive), interactive);
}

TEST_F(SessionsOfAPool, LetGoOfIdleConnectionsAfterALossAndStayTheSame) {
  const auto interactive = session(Use::interactive);
  const auto bulk = session(Use::bulk);
  pool_.renew(profile_.id);
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (clients() > 0 && std::chrono::steady_clock::now() < deadline) io_.run_for(5ms);
  EXPECT_EQ(clients(), 0U);
  EXPECT_EQ(session(Use::interactive), interactive);
  EXPECT_EQ(session(Use::bulk), bulk);
}

}  // namespace
}  // namespace cachify::actions
