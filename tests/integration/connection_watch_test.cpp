// Connections that are kept open: what is noticed, recorded, and made anew, with real servers that die.

#include <gmock/gmock.h>

#include <thread>

#include "events/alert_events.hpp"
#include "events/connection_events.hpp"
#include "events/decode.hpp"
#include "support/engine_fixture.hpp"
#include "support/fault_proxy.hpp"
#include "support/link_log.hpp"
#include "support/redis_cluster.hpp"
#include "support/redis_sentinel.hpp"
#include "views/alert_events.hpp"
#include "views/history_events.hpp"
#include "views/rollups.hpp"

namespace cachify::actions {
namespace {

using namespace std::chrono_literals;
using domain::CacheEngine;
using domain::ConnectionProfile;
using events::EventType;
using std::chrono::steady_clock;
using testing::HasSubstr;

class KeptConnection : public test::EngineFixture {
 protected:
  KeptConnection() { log_ = std::make_unique<test::LinkLog>(*engine_); }
  ~KeptConnection() override { engine_.reset(); }

  ConnectionProfile keep(ConnectionProfile draft) {
    const auto profile = add(std::move(draft));
    keepAgain(profile.id);
    return profile;
  }
  void keepAgain(ConnectionId id) {
    const auto kept = engine_->wait(engine_->watch().keep(id));
    if (!kept) throw std::runtime_error(kept.error().message);
  }
  LinkStatus link(ConnectionId id) {
    const auto links = engine_->wait(engine_->watch().links());
    for (const LinkStatus& status : *links) {
      if (status.connection == id) return status;
    }
    throw std::runtime_error("that connection is not kept");
  }
  /// All events of connections and alerts, in the order of the log.
  std::vector<std::string> recorded() {
    std::vector<std::pair<log::Position, std::string>> found;
    for (const EventType type : {EventType::connectionOpened, EventType::connectionLost,
                                 EventType::connectionRestored, EventType::alertRaised}) {
      for (const auto& frame : framesOf(type))
        found.emplace_back(frame.firstPosition, std::string(events::specOf(type).name));
    }
    std::ranges::sort(found);
    std::vector<std::string> names;
    for (auto& [position, name] : found) names.push_back(std::move(name));
    return names;
  }
  template <class Event>
  Event only() {
    const auto frames = framesOf(Event::kType);
    if (frames.size() != 1) throw std::runtime_error("not one such event");
    return *events::decodeAs<Event>(frames[0].schemaVersion, frames[0].payloads[0]);
  }
  template <class Answer, class Filter>
  Answer view(Result<Answer> (*query)(sqlite3&, const Filter&), const Filter& filter) {
    Answer answer{};
    EXPECT_TRUE(engine_->log().flush());
    EXPECT_TRUE(engine_->views().catchUp(engine_->log().head()->lastPosition));
    const auto read = engine_->views().read([&](sqlite3& db) -> Result<void> {
      auto asked = query(db, filter);
      if (!asked) return std::unexpected(asked.error());
      answer = *std::move(asked);
      return {};
    });
    EXPECT_TRUE(read);
    return answer;
  }

  /// Kills, waits until that is noticed, lets some time pass, starts again on the same port.
  template <class Server>
  void killAndRestore(Server& server, const ConnectionProfile& profile) {
    log_->waitFor(LinkEvent::opened);
    server.process().kill();
    const auto killed = steady_clock::now();
    const LinkChange lost = log_->waitFor(LinkEvent::lost);
    EXPECT_LT(steady_clock::now() - killed, 5s) << "while nobody uses it";
    EXPECT_EQ(lost.status.error->code, ErrorCode::connectionFailed);
    std::this_thread::sleep_for(2s);  // several attempts in vain
    EXPECT_GE(link(profile.id).failures, 3U);
    EXPECT_EQ(recorded(), (std::vector<std::string>{"connection.opened", "connection.lost", "alert.raised"}))
        << "nothing more while it is away";
    server.restart();
    const LinkChange restored = log_->waitFor(LinkEvent::restored);
    EXPECT_GE(restored.away, 2s);
    EXPECT_GE(restored.attempts, 3U);
    EXPECT_EQ(log_->all(), "opened lost restored");
    const LinkStatus now = link(profile.id);
    EXPECT_EQ(now.state, LinkState::open);
    EXPECT_EQ(now.losses, 1U);
    EXPECT_EQ(now.reconnects, 1U);
    EXPECT_EQ(recorded(), (std::vector<std::string>{"connection.opened", "connection.lost", "alert.raised",
                                                    "connection.restored"}));
  }

  std::unique_ptr<test::LinkLog> log_;
};

TEST_F(KeptConnection, ToRedisIsNoticedAsLostWithinFiveSecondsAndRestored) {
  test::RedisServer server;
  const auto profile = keep(draft(CacheEngine::redis, server.port()));
  killAndRestore(server, profile);
  const auto lost = only<events::ConnectionLost>();
  EXPECT_EQ(lost.connectionId, profile.id);
  EXPECT_EQ(lost.errorCode, "CONNECTION_FAILED");
  const auto restored = only<events::ConnectionRestored>();
  EXPECT_GE(restored.duration, 2s);
  EXPECT_GE(restored.attempts, 3U);
  EXPECT_EQ(only<events::AlertRaised>().severity, events::Severity::warning);
}

TEST_F(KeptConnection, ToMemcachedLikewise) {
  test::MemcachedServer server;
  const auto profile = keep(draft(CacheEngine::memcached, server.port()));
  killAndRestore(server, profile);
}

TEST_F(KeptConnection, ShowsInTheTimelineAsTheEnginesOwnInTheAlertsAndInTheRollUps) {
  test::RedisServer server;
  auto onProd = draft(CacheEngine::redis, server.port());
  onProd.environment = domain::Environment::prod;
  const auto profile = keep(onProd);
  log_->waitFor(LinkEvent::opened);
  server.restart();
  log_->waitFor(LinkEvent::restored);
  const auto history =
      view(&views::listHistory, views::HistoryFilter{.connectionId = profile.id, .source = "engine"});
  ASSERT_EQ(history.rows.size(), 3U);
  EXPECT_EQ(history.rows[0].action, "connection.restored");
  EXPECT_EQ(history.rows[1].action, "connection.lost");
  EXPECT_EQ(history.rows[1].status, "error");
  EXPECT_EQ(history.rows[2].action, "connection.opened");
  const auto alerts = view(&views::listAlerts, views::AlertFilter{.connectionId = profile.id});
  ASSERT_EQ(alerts.rows.size(), 1U);
  EXPECT_EQ(alerts.rows[0].severity, "critical") << "on prod";
  EXPECT_EQ(alerts.rows[0].causeId, history.rows[1].id) << "leads to the loss";
  const auto now = SystemClock().now();
  const auto totals = view(&views::operationTotals, views::RollUpFilter{.from = now - 1h, .to = now + 1h});
  ASSERT_FALSE(totals.cells.empty());
  EXPECT_EQ(totals.cells[0].counts.reconnects, 1U);
}

TEST_F(KeptConnection, IsLostEvenIfTheServerIsBackBeforeAnybodyLooked) {
  test::RedisServer server;
  keep(draft(CacheEngine::redis, server.port()));
  log_->waitFor(LinkEvent::opened);
  server.restart();
  log_->waitFor(LinkEvent::lost);
  const LinkChange restored = log_->waitFor(LinkEvent::restored);
  EXPECT_EQ(restored.attempts, 1U);
}

TEST_F(KeptConnection, IntoABlackHoleIsNoticedToo) {
  test::RedisServer server;
  test::FaultProxy proxy(server.port());
  keep(draft(CacheEngine::redis, proxy.port()));
  log_->waitFor(LinkEvent::opened);
  proxy.stallAfter(0);
  const auto stalled = steady_clock::now();
  const LinkChange lost = log_->waitFor(LinkEvent::lost);
  EXPECT_LT(steady_clock::now() - stalled, 9s);
  EXPECT_EQ(lost.status.error->code, ErrorCode::timeout);
  proxy.pass();
  log_->waitFor(LinkEvent::restored);
}

TEST_F(KeptConnection, ThatNeverOpenedIsUnreachableAndNoLossIsRecorded) {
  const std::uint16_t port = test::freePort();
  const auto profile = keep(draft(CacheEngine::redis, port));
  const LinkChange first = log_->waitFor(LinkEvent::unreachable);
  EXPECT_THAT(first.status.error->message, HasSubstr(std::to_string(port)));
  std::this_thread::sleep_for(1s);
  EXPECT_EQ(log_->all(), "unreachable") << "told once";
  EXPECT_EQ(link(profile.id).state, LinkState::opening);
  EXPECT_TRUE(recorded().empty());
}

TEST_F(KeptConnection, FollowsItsProfileAndEndsWithIt) {
  test::RedisServer first;
  test::RedisServer second;
  auto profile = keep(draft(CacheEngine::redis, first.port()));
  keepAgain(profile.id);
  log_->waitFor(LinkEvent::opened);
  profile.port = second.port();
  ASSERT_TRUE(engine_->wait(engine_->connections().edit(profile, KeepSecret{})));
  test::RedisCli there(second);
  const auto deadline = steady_clock::now() + 10s;
  while (there.must({"CLIENT", "LIST"}).text.find("cachify-studio") == std::string::npos) {
    ASSERT_LT(steady_clock::now(), deadline) << "it goes to where the profile says";
    std::this_thread::sleep_for(20ms);
  }
  first.process().kill();
  ASSERT_TRUE(engine_->wait(engine_->connections().remove(profile.id)));
  log_->waitFor(LinkEvent::closed);
  EXPECT_EQ(log_->all(), "opened closed");
  EXPECT_TRUE(engine_->wait(engine_->watch().links())->empty());
}

TEST_F(KeptConnection, IsLetGoOnRequestAndNotKeptForAProfileThatIsNotThere) {
  test::RedisServer server;
  const auto profile = keep(draft(CacheEngine::redis, server.port()));
  log_->waitFor(LinkEvent::opened);
  ASSERT_TRUE(engine_->wait(engine_->watch().letGo(profile.id)));
  log_->waitFor(LinkEvent::closed);
  server.process().kill();
  std::this_thread::sleep_for(2500ms);  // longer than between two looks
  EXPECT_EQ(log_->all(), "opened closed");
  const auto none = engine_->wait(engine_->watch().keep(ConnectionId::make(SystemClock().now())));
  EXPECT_EQ(none.error().code, ErrorCode::notFound);
}

TEST_F(KeptConnection, ActsOfOneMomentOpenConnectionsThatNobodyHearsOf) {
  test::RedisServer server;
  const auto profile = add(draft(CacheEngine::redis, server.port()));
  ASSERT_TRUE(engine_->wait(engine_->keys().get(profile, "k", {}, {})));
  reopen();
  EXPECT_TRUE(recorded().empty());
}

TEST_F(KeptConnection, ToAServerThatIsAwayDoesNotHoldUpTheEnd) {
  test::BlackHoleServer silent;
  keep(draft(CacheEngine::redis, silent.port()));
  const auto start = steady_clock::now();
  engine_.reset();
  EXPECT_LT(steady_clock::now() - start, 3s);
}

TEST_F(KeptConnection, ToAClusterIsLostWithOneOfItsMastersAndRestoredWhenAReplicaTookOver) {
  test::RedisCluster cluster;
  auto many = draft(CacheEngine::redis, cluster.port());
  many.topology = domain::Topology::cluster;
  keep(many);
  log_->waitFor(LinkEvent::opened);
  const std::string name = std::string(test::kLoopback) + ":" + std::to_string(cluster.node(2).port());
  cluster.node(2).process().kill();
  const LinkChange lost = log_->waitFor(LinkEvent::lost);
  EXPECT_THAT(lost.status.error->message, HasSubstr(name)) << "says which node";
  log_->waitFor(LinkEvent::restored);
}

TEST_F(KeptConnection, BehindSentinelsFollowsTheMasterAndDoesNotNeedThemWhileAllIsWell) {
  test::RedisSentinel servers;
  auto watched = draft(CacheEngine::redis, servers.port());
  watched.topology = domain::Topology::sentinel;
  watched.sentinelMaster = "mymaster";
  const auto profile = keep(watched);
  log_->waitFor(LinkEvent::opened);
  servers.first().process().kill();
  log_->waitFor(LinkEvent::lost);
  log_->waitFor(LinkEvent::restored);
  servers.sentinel().suspend();
  std::this_thread::sleep_for(6s);  // a few looks
  servers.sentinel().resume();
  EXPECT_EQ(log_->all(), "opened lost restored") << "a silent sentinel is no loss";
  EXPECT_EQ(link(profile.id).state, LinkState::open);
}

}  // namespace
}  // namespace cachify::actions
