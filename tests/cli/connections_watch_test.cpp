// connections watch, and what connections test tells on its way, against servers that die and come back.

#include <gmock/gmock.h>

#include <chrono>
#include <csignal>

#include "cli/cli_fixture.hpp"
#include "support/redis_cluster.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class WatchCommand : public CliWithRedis {
 protected:
  /// The lines with --json, each checked against its schema; the last one is of the interruption.
  static std::vector<json::object> linesOf(const CliResult& result) {
    std::vector<json::object> lines;
    for (const json::value& line : parseLines(result.out)) {
      if (line.as_object().contains("error") && !line.as_object().contains("event")) {
        EXPECT_EQ(line.at("error").at("code"), "CANCELLED");
        continue;
      }
      EXPECT_EQ(complaint(line, "connections.watch.line"), "");
      lines.push_back(line.as_object());
    }
    return lines;
  }
  static std::string eventsOf(const std::vector<json::object>& lines) {
    std::string events;
    for (const auto& line : lines) events += std::string(line.at("event").as_string()) + " ";
    return events;
  }
};

TEST_F(WatchCommand, TellsWhatIsOpenedLostAndRestoredUntilCtrlC) {
  CliProcess watch(input({"connections", "watch", "cache", "--latency", "0", "--json"}));
  watch.waitForOutput("\"opened\"");
  server_.process().kill();
  const auto killed = std::chrono::steady_clock::now();
  watch.waitForOutput("\"lost\"");
  EXPECT_LT(std::chrono::steady_clock::now() - killed, std::chrono::seconds(5));
  server_.restart();
  watch.waitForOutput("\"restored\"");
  watch.signal(SIGINT);
  const CliResult result = watch.wait();
  EXPECT_EQ(result.exitCode, 130);
  const auto lines = linesOf(result);
  ASSERT_EQ(eventsOf(lines), "opened lost restored ");
  EXPECT_EQ(lines[0].at("connectionId").as_string(), id_);
  EXPECT_EQ(lines[1].at("error").at("code"), "CONNECTION_FAILED");
  EXPECT_EQ(lines[1].at("state"), "lost");
  EXPECT_GT(lines[2].at("awayMs").to_number<double>(), 0.0);
  EXPECT_EQ(lines[2].at("losses"), 1);
  EXPECT_EQ(lines[2].at("reconnects"), 1);
  EXPECT_EQ(lines[2].at("state"), "open");
}

TEST_F(WatchCommand, LeavesTheSameInTheLogAsTheEngines) {
  CliProcess watch(input({"connections", "watch", "cache", "--json"}));
  watch.waitForOutput("\"opened\"");
  server_.restart();
  watch.waitForOutput("\"restored\"");
  watch.signal(SIGTERM);
  EXPECT_EQ(watch.wait().exitCode, 130);
  std::string types;
  for (const json::value& line : parseLines(run({"log", "tail", "-n", "100", "--json"}).out)) {
    EXPECT_EQ(complaint(line, "log.tail.line"), "");
    if (line.at("source") != "engine") continue;
    types += std::string(line.at("type").as_string()) + " ";
    EXPECT_EQ(line.at("connectionId").as_string(), id_);
    if (line.at("type") == "connection.restored") {
      EXPECT_GT(line.at("durationMs").to_number<double>(), 0.0);
    }
  }
  EXPECT_EQ(types, "connection.opened connection.lost alert.raised connection.restored ");
  EXPECT_EQ(run({"log", "verify"}).exitCode, 0);
}

TEST_F(WatchCommand, WithoutANameWatchesAllAndThoseThatAreAddedAndNoticesTheRemovedOne) {
  const MemcachedServer memcached;
  CliProcess watch(input({"connections", "watch", "--no-color"}));
  watch.waitForOutput("opened");
  ASSERT_EQ(run({"connections", "add", "--name", "later", "--engine", "memcached", "--port",
                 std::to_string(memcached.port())})
                .exitCode,
            0);
  watch.waitForOutput("later");
  ASSERT_EQ(run({"connections", "remove", "cache"}).exitCode, 0);
  watch.waitForOutput("its profile was removed");
  watch.signal(SIGINT);
  const CliResult result = watch.wait();
  EXPECT_EQ(result.exitCode, 130);
  EXPECT_THAT(result.out, HasSubstr("answers in"));
  EXPECT_THAT(result.out, Not(HasSubstr("\x1b")));
}

TEST_F(WatchCommand, EndsByItselfWhenThereIsNothingLeftToWatch) {
  CliProcess watch(input({"connections", "watch", "cache", "--json"}));
  watch.waitForOutput("\"opened\"");
  ASSERT_EQ(run({"connections", "remove", "cache"}).exitCode, 0);
  const CliResult result = watch.wait();
  EXPECT_EQ(result.exitCode, 0);
  EXPECT_EQ(eventsOf(linesOf(result)), "opened closed ");
}

TEST_F(WatchCommand, TellsLatenciesAsOftenAsAskedFor) {
  CliProcess watch(input({"connections", "watch", "cache", "--latency", "1", "--json"}));
  watch.waitForOutput("\"latency\"");
  watch.signal(SIGINT);
  const auto lines = linesOf(watch.wait());
  EXPECT_EQ(eventsOf(lines).substr(0, 15), "opened latency ");
  EXPECT_GT(lines[1].at("latencyMs").to_number<double>(), 0.0);
}

TEST_F(WatchCommand, SaysOnceThatAServerCannotBeReached) {
  ASSERT_EQ(
      run({"connections", "add", "--name", "gone", "--engine", "redis", "--port", std::to_string(freePort())})
          .exitCode,
      0);
  CliProcess watch(input({"connections", "watch", "gone", "cache", "--json"}));
  watch.waitForOutput("\"unreachable\"");
  watch.waitForOutput("\"opened\"");
  watch.signal(SIGINT);
  std::string events = eventsOf(linesOf(watch.wait()));
  EXPECT_EQ(events.size(), std::string("unreachable opened ").size()) << events;
}

TEST_F(WatchCommand, RefusesWhatItCannotDo) {
  EXPECT_EQ(errorOf({"connections", "watch", "nobody"}, 4).at("code"), "NOT_FOUND");
  EXPECT_EQ(errorOf({"connections", "watch", "cache", "--latency", "-1"}, 2).at("code"), "VALIDATION_ERROR");
  EXPECT_EQ(errorOf({"connections", "watch", "cache", "--latency", "often"}, 2).at("code"),
            "VALIDATION_ERROR");
}

TEST_F(WatchCommand, CommandsOfOneMomentLeaveNoSuchEvents) {
  ASSERT_EQ(run({"keys", "list", "cache"}).exitCode, 0);
  ASSERT_EQ(run({"connections", "test", "cache"}).exitCode, 0);
  EXPECT_THAT(run({"log", "tail", "-n", "100"}).out, Not(HasSubstr("connection.opened")));
}

TEST_F(CliFixture, ATestOfAClusterTellsEveryMasterAndNamesTheOneThatIsGone) {
  RedisCluster cluster(3, false);
  const Words adding{"connections", "add",     "--name",       "many",
                     "--engine",    "redis",   "--port",       std::to_string(cluster.port()),
                     "--topology",  "cluster", "--timeout-ms", "2000"};
  ASSERT_EQ(run(adding).exitCode, 0);
  const json::value report = document({"connections", "test", "many"}, "connections.test");
  EXPECT_EQ(report.at("role"), "cluster");
  EXPECT_EQ(report.at("nodes").as_array().size(), 3U);
  EXPECT_THAT(run({"connections", "test", "many"}).out, HasSubstr("cluster of 3 masters"));
  cluster.node(1).process().kill();
  const std::string gone = std::string(kLoopback) + ":" + std::to_string(cluster.node(1).port());
  const json::value part = document({"connections", "test", "many"}, "connections.test.failed", 5);
  EXPECT_THAT(std::string(part.at("error").at("message").as_string()), HasSubstr(gone));
  const CliResult people = run({"connections", "test", "many"});
  EXPECT_THAT(people.out, HasSubstr("✗ connecting to " + gone));
  EXPECT_THAT(people.out, HasSubstr("✓ ping to " + std::string(kLoopback) + ":" +
                                    std::to_string(cluster.node(2).port())));
}

}  // namespace
}  // namespace cachify::test
