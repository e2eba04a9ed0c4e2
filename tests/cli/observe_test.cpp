// observe dashboard, timeline, slow, watch

#include <gmock/gmock.h>

#include <csignal>

#include "cli/cli_fixture.hpp"
#include "core/clock.hpp"
#include "support/wait_for.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class ObserveCommand : public CliWithRedis {
 protected:
  std::vector<json::object> linesOf(const CliResult& result, const std::string& schema) {
    std::vector<json::object> lines;
    for (const json::value& line : parseLines(result.out)) {
      if (line.as_object().contains("error")) continue;  // of the interruption
      EXPECT_EQ(complaint(line, schema), "") << result.out;
      lines.push_back(line.as_object());
    }
    return lines;
  }
  std::vector<json::object> timeline(Words more = {}) {
    Words words{"--json", "observe", "timeline"};
    words.insert(words.end(), more.begin(), more.end());
    const CliResult result = run(words);
    EXPECT_EQ(result.exitCode, 0) << result.out << result.err;
    return linesOf(result, "observe.timeline.line");
  }
  json::object dashboard(Words more = {}) {
    Words words{"observe", "dashboard"};
    words.insert(words.end(), more.begin(), more.end());
    return document(words, "observe.dashboard").as_object();
  }
  bool isSampled(std::string_view name) {
    const json::value shown = dashboard();
    return std::ranges::any_of(shown.at("health").as_array(), [&](const json::value& one) {
      return one.at("name").as_string() == name && one.as_object().contains("server");
    });
  }
  std::vector<WallTime> timesOfSamples() {
    std::vector<WallTime> times;
    for (const json::value& line : parseLines(run({"log", "tail", "-n", "10000", "--json"}).out)) {
      if (line.at("type") == "sample.health")
        times.push_back(fromIso8601(std::string_view(line.at("recordedAt").as_string())).value());
    }
    return times;
  }
  std::size_t countOf(const std::string& type) {
    std::size_t count = 0;
    for (const json::value& line : parseLines(run({"log", "tail", "-n", "10000", "--json"}).out))
      count += line.at("type").as_string() == type ? 1U : 0U;
    return count;
  }
};

TEST_F(ObserveCommand, DashboardShowsUseAndErrorsOfEachConnection) {
  EXPECT_EQ(dashboard().at("health").at(0).at("status"), "unknown");
  ASSERT_EQ(run({"keys", "set", "cache", "k", "v"}).exitCode, 0);
  ASSERT_EQ(run({"keys", "get", "cache", "k"}).exitCode, 0);
  ASSERT_NE(run({"hash", "get", "cache", "k", "f"}).exitCode, 0);
  const auto shown = dashboard({"--last", "10m"});
  const auto& health = shown.at("health").at(0);
  EXPECT_EQ(health.at("name"), "cache");
  EXPECT_EQ(health.at("status"), "healthy") << "one of three";
  EXPECT_EQ(health.at("operationCount"), 3);
  EXPECT_EQ(health.at("errorCount"), 1);
  EXPECT_EQ(health.at("lastMinute").at("operationCount"), 3);
  EXPECT_EQ(shown.at("trends").as_array().size(), shown.at("heatmap").as_array().size());
  EXPECT_EQ(shown.at("byEnvironment").at(0).at("errorCount"), 1);
  const CliResult text = run({"observe", "dashboard"});
  EXPECT_THAT(text.out, HasSubstr("healthy"));
  EXPECT_THAT(text.out, HasSubstr("Errors, connection by time"));
}

TEST_F(ObserveCommand, DashboardSaysOfflineWhenTheServerCannotBeReached) {
  server_.process().kill();
  ASSERT_EQ(run({"keys", "get", "cache", "k"}).exitCode, 5);
  EXPECT_EQ(dashboard().at("health").at(0).at("status"), "offline");
  EXPECT_EQ(dashboard().at("health").at(0).at("errorCode"), "CONNECTION_FAILED");
}

TEST_F(ObserveCommand, TimelinePagesAndFilters) {
  for (const char* key : {"user:1", "user:2", "order:1"})
    ASSERT_EQ(run({"keys", "get", "cache", key}).exitCode, 4);
  EXPECT_EQ(run({"hash", "get", "cache", "absent", "--bad"}).exitCode, 2);
  const auto all = timeline({"--action", "keys.get"});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].at("keyOrPattern"), "order:1") << "newest first";
  EXPECT_EQ(timeline({"--text", "user"}).size(), 2U);
  EXPECT_EQ(timeline({"--connection", "cache", "--source", "cli", "--status", "success", "--env", "dev",
                      "--action", "keys.get", "--last", "1h"})
                .size(),
            3U);
  EXPECT_TRUE(timeline({"--to", "2020-01-01T00:00:00Z"}).empty());
  const auto second = timeline({"--action", "keys.get", "--limit", "1", "--cursor",
                                std::to_string(all[0].at("position").to_number<long>())});
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].at("position"), all[1].at("position"));
}

TEST_F(ObserveCommand, RefusesWhatIsNoPeriodNoNumberAndNoConnection) {
  for (const auto& [words, field] : std::vector<std::pair<Words, std::string>>{
           {{"--last", "soon"}, "last"},
           {{"--last", "0m"}, "last"},
           {{"--last", "99999999d"}, "last"},
           {{"--from", "yesterday"}, "from"},
           {{"--from", "2026-01-02T00:00:00Z", "--to", "2026-01-01T00:00:00Z"}, "from"}}) {
    for (const char* command : {"dashboard", "timeline", "slow"}) {
      Words whole{"observe", command};
      whole.insert(whole.end(), words.begin(), words.end());
      const auto error = errorOf(whole, 2);
      EXPECT_EQ(error.at("code"), "VALIDATION_ERROR");
      EXPECT_EQ(error.at("details").at("field").as_string(), field);
    }
  }
  EXPECT_EQ(errorOf({"observe", "dashboard", "--interval", "-5m"}, 2).at("details").at("field"), "interval");
  EXPECT_EQ(errorOf({"observe", "timeline", "--limit", "0"}, 2).at("details").at("field"), "limit");
  EXPECT_EQ(errorOf({"observe", "timeline", "--text", "***"}, 2).at("code"), "VALIDATION_ERROR");
  EXPECT_EQ(errorOf({"observe", "slow", "--connection", "nobody"}, 4).at("code"), "NOT_FOUND");
  EXPECT_EQ(errorOf({"observe", "watch", "nobody"}, 4).at("code"), "NOT_FOUND");
  EXPECT_EQ(run({"observe", "timeline", "--status", "odd"}).exitCode, 2);
}

TEST_F(ObserveCommand, WatchSamplesTellsChangesAndEndsWithCtrlC) {
  redis_.must({"CONFIG", "SET", "slowlog-log-slower-than", "200000"});
  redis_.must({"DEBUG", "SLEEP", "0.25"});
  CliProcess watch(input({"--json", "observe", "watch", "cache"}));
  watch.waitForOutput("connection.opened");
  watch.waitForOutput("\"healthy\"");
  waitFor([this] { return countOf("sample.health") > 0 && countOf("sample.slowlog") > 0; }, "samples");
  server_.process().kill();
  watch.waitForOutput("\"offline\"");
  server_.restart();
  watch.waitForOutput("connection.restored");
  watch.signal(SIGINT);
  const CliResult result = watch.wait();
  EXPECT_EQ(result.exitCode, 130);
  const auto lines = linesOf(result, "observe.watch.line");
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines[0].at("event"), "duty");
  EXPECT_EQ(lines[0].at("held"), true);
  const CliResult slow = run({"observe", "slow"});
  EXPECT_THAT(slow.out, HasSubstr("DEBUG SLEEP"));
  EXPECT_EQ(run({"log", "verify"}).exitCode, 0);
}

TEST_F(ObserveCommand, TwoWatchesSampleOnceAndTheSecondTakesOver) {
  CliProcess first(input({"--json", "observe", "watch", "cache"}));
  first.waitForOutput("\"held\":true");
  waitFor([this] { return countOf("sample.health") > 0; }, "the first sample");
  CliProcess second(input({"--json", "observe", "watch", "cache"}));
  second.waitForOutput("\"held\":false");
  second.waitForOutput("\"healthy\"");
  for (int more = 0; more < 2; ++more) {
    const std::size_t now = countOf("sample.health");
    waitFor([&] { return countOf("sample.health") > now; }, "another sample");
  }
  const auto times = timesOfSamples();
  for (std::size_t i = 1; i < times.size(); ++i)
    EXPECT_GE(times[i] - times[i - 1], std::chrono::seconds(9)) << "the second would have sampled at once";
  const std::size_t before = countOf("sample.health");
  first.signal(SIGINT);
  EXPECT_EQ(first.wait().exitCode, 130);
  second.waitForOutput("\"held\":true");
  waitFor([&] { return countOf("sample.health") > before; }, "samples of the second");
  second.signal(SIGINT);
  EXPECT_EQ(second.wait().exitCode, 130);
}

TEST_F(ObserveCommand, TheWatchOnDutySamplesWhatAnotherOneKeepsOpen) {
  const RedisServer second;
  add("other", second);
  CliProcess onDuty(input({"--json", "observe", "watch", "cache"}));
  onDuty.waitForOutput("\"held\":true");
  CliProcess elsewhere(input({"--json", "observe", "watch", "other"}));
  elsewhere.waitForOutput("\"held\":false");
  waitFor([this] { return isSampled("other"); }, "a sample of the other one's connection");
  onDuty.signal(SIGINT);
  EXPECT_EQ(onDuty.wait().exitCode, 130);
  elsewhere.signal(SIGINT);
  EXPECT_EQ(elsewhere.wait().exitCode, 130);
}

TEST_F(ObserveCommand, WatchTakesDownChangesOfKeysOnRequest) {
  EXPECT_EQ(errorOf({"observe", "watch", "--keyspace"}, 2).at("code"), "VALIDATION_ERROR");
  EXPECT_EQ(errorOf({"observe", "watch", "cache", "--keyspace"}, 1).at("code"), "NOT_SUPPORTED");
  redis_.must({"CONFIG", "SET", "notify-keyspace-events", "KEA"});
  CliProcess watch(input({"--json", "observe", "watch", "cache", "--keyspace"}));
  watch.waitForOutput("\"healthy\"");
  redis_.must({"SET", "told", "never-this-value"});
  redis_.must({"DEL", "told"});
  watch.waitForOutput("\"del\"");
  watch.signal(SIGINT);
  static_cast<void>(watch.wait());
  const auto rows = timeline({"--action", "server.keyspace", "--source", "engine"});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("message"), "del");
  EXPECT_EQ(rows[1].at("message"), "set");
  EXPECT_EQ(rows[1].at("keyOrPattern"), "told");
  EXPECT_THAT(run({"log", "tail", "-n", "1000", "--json"}).out, Not(HasSubstr("never-this-value")));
}

TEST_F(ObserveCommand, EscapesWhatOthersNamedTheirKeysAndClients) {
  redis_.must({"CONFIG", "SET", "slowlog-log-slower-than", "0"});
  redis_.must({"GET", "evil\x1b[2Jkey"});
  CliProcess watch(input({"--no-color", "observe", "watch", "cache"}));
  watch.waitForOutput("evil");
  watch.signal(SIGINT);
  EXPECT_THAT(watch.wait().out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(run({"observe", "slow"}).out, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace cachify::test
