// What the engine sees of real servers while connections are kept open and this process is on duty.

#include <gmock/gmock.h>

#include "actions/observe/engine_samples.hpp"
#include "actions/session_lock.hpp"
#include "events/decode.hpp"
#include "support/engine_fixture.hpp"
#include "support/link_log.hpp"
#include "support/wait_for.hpp"
#include "views/dashboard.hpp"
#include "views/history_events.hpp"

namespace cachify::actions {
namespace {

using namespace std::chrono_literals;
using domain::CacheEngine;
using domain::Health;
using events::EventType;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class EngineSampling : public test::EngineFixture {
 protected:
  EngineSampling() { log_ = std::make_unique<test::LinkLog>(*engine_); }
  ~EngineSampling() override { engine_.reset(); }

  domain::ConnectionProfile keepOpen(domain::ConnectionProfile draft) {
    auto profile = add(std::move(draft));
    keep(profile.id);
    return profile;
  }
  void keep(ConnectionId id) {
    const auto kept = engine_->wait(engine_->watch().keep(id));
    if (!kept) throw std::runtime_error(kept.error().message);
    log_->waitFor(LinkEvent::opened);
  }
  void sample() { EXPECT_TRUE(engine_->wait(engine_->duty().once("samples", 10s)).value()); }
  void takeSlowLogs() { EXPECT_TRUE(engine_->wait(engine_->duty().once("slow logs", 10s)).value()); }
  /// As after the end of this process.
  void startAnew() {
    reopen();
    log_ = std::make_unique<test::LinkLog>(*engine_);
  }
  template <class Event>
  std::vector<Event> eventsOf() {
    std::vector<Event> found;
    for (const auto& frame : framesOf(Event::kType)) {
      EXPECT_EQ(frame.actor.surface, "engine");
      for (const auto& payload : frame.payloads)
        found.push_back(*events::decodeAs<Event>(frame.schemaVersion, payload));
    }
    return found;
  }
  std::vector<std::string> slowCommands() {
    std::vector<std::string> commands;
    for (const auto& entry : eventsOf<events::SlowLogSample>())
      commands.push_back(entry.command + (entry.keyOrPattern.empty() ? "" : " " + entry.keyOrPattern));
    return commands;
  }
  template <class T>
  T view(const std::function<Result<T>(sqlite3&)>& query) {
    T answer{};
    EXPECT_TRUE(engine_->log().flush());
    EXPECT_TRUE(engine_->views().catchUp(engine_->log().head()->lastPosition));
    EXPECT_TRUE(engine_->views().read([&](sqlite3& db) -> Result<void> {
      auto asked = query(db);
      if (!asked) return std::unexpected(asked.error());
      answer = *std::move(asked);
      return {};
    }));
    return answer;
  }
  views::ConnectionHealth health(ConnectionId id) {
    return view<std::vector<views::ConnectionHealth>>(
               [&](sqlite3& db) { return views::connectionHealth(db, SystemClock().now(), id); })
        .at(0);
  }
  bool hasSlowLogRows() {
    return !view<views::HistoryPage>([](sqlite3& db) {
              return views::listHistory(db, {.action = "server.slowlog"});
            }).rows.empty();
  }

  std::unique_ptr<test::LinkLog> log_;
};

/// Everything takes at least a microsecond, so each command is logged as slow.
const std::vector<std::string> kAllIsSlow{"--slowlog-log-slower-than", "0"};

TEST_F(EngineSampling, OfRedisTellsWhatTheServerCounts) {
  test::RedisServer server;
  test::RedisCli cli(server);
  const auto profile = keepOpen(draft(CacheEngine::redis, server.port()));
  cli.must({"SET", "a", "1"});
  sample();
  for (int i = 0; i < 3; ++i) cli.must({"GET", "a"});
  cli.must({"GET", "absent"});
  sample();
  const auto samples = eventsOf<events::HealthSample>();
  ASSERT_EQ(samples.size(), 2U);
  EXPECT_FALSE(samples[0].hits) << "nothing before to compare with";
  EXPECT_EQ(samples[1].hits, 3U);
  EXPECT_GE(samples[1].misses.value_or(0), 1U);
  EXPECT_EQ(samples[1].role, "master");
  EXPECT_GT(samples[1].usedMemoryBytes.value_or(0), 0U);
  EXPECT_GE(samples[1].clients.value_or(0), 2U);
  EXPECT_GT(samples[1].latency, 0us);
  const auto one = health(profile.id);
  EXPECT_EQ(one.health, Health::healthy);
  EXPECT_EQ(one.state.sample, samples[1]);
}

TEST_F(EngineSampling, OfMemcachedLikewise) {
  test::MemcachedServer server;
  keepOpen(draft(CacheEngine::memcached, server.port()));
  sample();
  sample();
  takeSlowLogs();
  const auto samples = eventsOf<events::HealthSample>();
  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(samples[1].role, "memcached");
  EXPECT_EQ(samples[1].evictions, 0U);
  EXPECT_TRUE(samples[1].opsPerSecond);
  EXPECT_GT(samples[1].maxMemoryBytes.value_or(0), 0U);
}

TEST_F(EngineSampling, OfAUserWhoMayNotAskTellsThePingAlone) {
  test::RedisServer server;
  test::RedisCli cli(server);
  cli.must({"ACL", "SETUSER", "little", "reset", "on", ">pw", "~*", "+ping", "+get"});
  auto little = draft(CacheEngine::redis, server.port());
  little.username = "little";
  little = engine_->wait(engine_->connections().add(little, SecretText("pw"))).value();
  keep(little.id);
  sample();
  takeSlowLogs();
  const auto samples = eventsOf<events::HealthSample>();
  ASSERT_EQ(samples.size(), 1U);
  EXPECT_GT(samples[0].latency, 0us);
  EXPECT_FALSE(samples[0].usedMemoryBytes);
  EXPECT_TRUE(slowCommands().empty());
}

TEST_F(EngineSampling, IsOfConnectionsThatAreOpenAlone) {
  test::RedisServer server;
  add(draft(CacheEngine::redis, server.port()));
  sample();
  EXPECT_TRUE(framesOf(EventType::sampleHealth).empty());
}

TEST_F(EngineSampling, IsOfWhatAnotherProcessKeepsOpenTooAsLongAsItDoes) {
  test::RedisServer server;
  test::RedisCli cli(server);
  const auto profile = add(draft(CacheEngine::redis, server.port()));
  const auto connections = [&] { return std::ranges::count(cli.must({"CLIENT", "LIST"}).text, '\n'); };
  auto other = SessionLock::create(data_ / "data/sessions", SessionId::make(SystemClock().now()));
  ASSERT_TRUE(other);
  sample();
  EXPECT_TRUE(framesOf(EventType::sampleHealth).empty()) << "it lives, and has nothing open";
  ASSERT_TRUE(other->sayOpen({profile.id, ConnectionId::make(SystemClock().now())}));
  sample();
  sample();
  ASSERT_EQ(eventsOf<events::HealthSample>().size(), 2U) << "the one that is no profile's is passed over";
  EXPECT_EQ(eventsOf<events::HealthSample>()[1].connectionId, profile.id);
  EXPECT_TRUE(eventsOf<events::HealthSample>()[1].opsPerSecond) << "counted since the one before";
  EXPECT_EQ(connections(), 2) << "the test's and one of the engine";
  ASSERT_TRUE(other->sayOpen({}));
  sample();
  EXPECT_EQ(eventsOf<events::HealthSample>().size(), 2U);
  test::waitFor([&] { return connections() == 1; }, "the engine's connection to be closed");
  ASSERT_TRUE(other->sayOpen({profile.id}));
  { const SessionLock dead = *std::move(other); }  // as a process that is killed: the file stays
  sample();
  EXPECT_EQ(eventsOf<events::HealthSample>().size(), 2U);
}

TEST_F(EngineSampling, TakesEachSlowCommandOnceOverRoundsReconnectsAndProcesses) {
  test::RedisServer server;
  test::RedisCli cli(server);
  const auto profile = keepOpen(draft(CacheEngine::redis, server.port()));
  const auto force = [&](const std::string& seconds) {
    cli.must({"CONFIG", "SET", "slowlog-log-slower-than", "200000"});
    cli.must({"DEBUG", "SLEEP", seconds});
  };
  force("0.25");
  takeSlowLogs();
  takeSlowLogs();
  EXPECT_THAT(slowCommands(), ElementsAre("DEBUG SLEEP"));
  const auto entry = eventsOf<events::SlowLogSample>().front();
  EXPECT_GE(entry.duration, 250ms);
  EXPECT_EQ(entry.argumentCount, 2U);
  EXPECT_THAT(entry.client, HasSubstr("redis.sock")) << "the way the command came";
  startAnew();
  keep(profile.id);
  takeSlowLogs();
  EXPECT_EQ(slowCommands().size(), 1U) << "another process";
  force("0.26");
  takeSlowLogs();
  EXPECT_EQ(slowCommands().size(), 2U);
  EXPECT_TRUE(hasSlowLogRows());
}

TEST_F(EngineSampling, TakesTheEntriesOfARestartedServerThoughTheirIdsBeginAnew) {
  test::RedisServer server(kAllIsSlow);
  const auto profile = keepOpen(draft(CacheEngine::redis, server.port()));
  {
    test::RedisCli cli(server);
    for (int i = 0; i < 5; ++i) cli.must({"GET", "before"});
  }
  takeSlowLogs();
  server.restart();
  log_->waitFor(LinkEvent::restored);
  test::RedisCli cli(server);
  cli.must({"GET", "after"});
  takeSlowLogs();
  const auto commands = slowCommands();
  EXPECT_EQ(std::ranges::count(commands, "GET before"), 5);
  EXPECT_EQ(std::ranges::count(commands, "GET after"), 1);
}

TEST_F(EngineSampling, KeepsNoSecretAndNoValueOfSlowCommands) {
  test::RedisServer server(kAllIsSlow);
  test::RedisCli cli(server);
  keepOpen(draft(CacheEngine::redis, server.port()));
  cli.must({"CONFIG", "SET", "masterauth", "s3cret-config"});
  cli.must({"ACL", "SETUSER", "bob", ">s3cret-acl"});
  cli.must({"SET", "key", "s3cret-value"});
  cli.must({"EVAL", "return 's3cret-script'", "0"});
  takeSlowLogs();
  std::string everything;
  for (const auto& frame : framesOf(EventType::sampleSlowlog)) {
    for (const auto& payload : frame.payloads) everything += payload;
  }
  EXPECT_THAT(everything, HasSubstr("CONFIG SET"));
  EXPECT_THAT(everything, Not(HasSubstr("s3cret")));
}

TEST_F(EngineSampling, ShowsASlowCommandAWrongPasswordALossAndTheReturnInOrderAndHealthFollows) {
  test::RedisServer server;
  test::RedisCli cli(server);
  auto profile = keepOpen(draft(CacheEngine::redis, server.port()));
  auto wrong = draft(CacheEngine::redis, server.port());
  wrong.name = "wrong";
  wrong.username = "nobody";
  wrong = engine_->wait(engine_->connections().add(wrong, SecretText("wrong"))).value();
  cli.must({"CONFIG", "SET", "slowlog-log-slower-than", "200000"});
  cli.must({"DEBUG", "SLEEP", "0.25"});
  takeSlowLogs();
  EXPECT_FALSE(engine_->wait(engine_->keys().get(wrong, "k", {}, {})));
  EXPECT_EQ(health(wrong.id).health, Health::degraded) << "every operation failed";
  server.process().kill();
  log_->waitFor(LinkEvent::lost);
  EXPECT_EQ(health(profile.id).health, Health::offline);
  server.restart();
  log_->waitFor(LinkEvent::restored);
  EXPECT_EQ(health(profile.id).health, Health::healthy);
  const auto page = view<views::HistoryPage>([](sqlite3& db) { return views::listHistory(db, {}); });
  std::vector<std::string> actions;
  for (const auto& row : page.rows) {
    if (!row.action.starts_with("connections.")) actions.push_back(row.action);
  }
  std::ranges::reverse(actions);
  EXPECT_THAT(actions, ElementsAre("connection.opened", "server.slowlog", "keys.get", "connection.lost",
                                   "connection.restored"));
}

}  // namespace
}  // namespace cachify::actions
