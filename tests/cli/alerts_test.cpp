// What raises alerts, how they are grouped, and reading them.

#include <gmock/gmock.h>

#include <fstream>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class AlertsCommand : public CliWithRedis {
 protected:
  json::array alerts(const Words& more = {}) const {
    Words words{"alerts", "list"};
    words.insert(words.end(), more.begin(), more.end());
    return document(std::move(words), "alerts.list").at("alerts").as_array();
  }
  std::uint64_t unread() const {
    return document({"alerts", "list"}, "alerts.list").at("unread").to_number<std::uint64_t>();
  }
  /// A profile of a port where nobody listens.
  void addDead(const std::string& name) const {
    std::uint16_t port = 0;
    {
      const RedisServer gone;
      port = gone.port();
    }
    ASSERT_EQ(run({"connections", "add", "--name", name, "--engine", "redis", "--port", std::to_string(port)})
                  .exitCode,
              0);
  }
};

TEST_F(AlertsCommand, AFailedABlockedAndASlowOperationRaiseOneEachWithItsCause) {
  addDead("dead");
  ASSERT_EQ(run({"keys", "get", "dead", "k"}).exitCode, 5);
  ASSERT_EQ(run({"connections", "edit", "cache", "--read-only"}).exitCode, 0);
  ASSERT_EQ(run({"keys", "set", "cache", "k", "SECRETVALUE"}).exitCode, 3);
  ASSERT_EQ(run({"connections", "edit", "cache", "--slow-op-ms", "1"}).exitCode, 0);
  redis_.must({"CLIENT", "PAUSE", "1500", "ALL"});
  ASSERT_EQ(run({"keys", "get", "cache", "k"}).exitCode, 4);
  const json::array all = alerts();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].at("severity"), "info");
  EXPECT_EQ(all[0].at("title"), "keys.get was slow");
  EXPECT_EQ(all[1].at("source"), "policy");
  EXPECT_EQ(all[1].at("severity"), "warning");
  EXPECT_EQ(all[2].at("title"), "keys.get failed: CONNECTION_FAILED");
  EXPECT_EQ(all[2].at("severity"), "warning");
  const json::value shown =
      document({"alerts", "show", std::string(all[2].at("id").as_string())}, "alerts.show");
  EXPECT_EQ(shown.at("cause").at("type"), "operation.failed");
  EXPECT_EQ(shown.at("cause").at("id"), all[2].at("causeId"));
  EXPECT_THAT(run({"alerts", "list", "--json"}).out, Not(HasSubstr("SECRETVALUE")));
  EXPECT_EQ(alerts({"--severity", "info"}).size(), 1U);
  EXPECT_EQ(alerts({"--connection", "dead"}).size(), 1U);
  EXPECT_EQ(alerts({"--source", "policy"}).size(), 1U);
  EXPECT_EQ(errorOf({"alerts", "list", "--source", "nobody"}, 2).at("details").at("field"), "source");
  EXPECT_THAT(run({"alerts", "list"}).out, HasSubstr(" dead ")) << "which connection";
  EXPECT_THAT(run({"alerts", "show", std::string(all[2].at("id").as_string())}).out,
              HasSubstr("on dead, dev"));
}

TEST_F(AlertsCommand, EqualAlertsAreOneWithACount) {
  addDead("dead");
  for (int i = 0; i < 5; ++i) ASSERT_EQ(run({"keys", "get", "dead", "k" + std::to_string(i)}).exitCode, 5);
  const json::array all = alerts();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].at("count"), 5);
  EXPECT_EQ(unread(), 1U);
}

TEST_F(AlertsCommand, ReadingIsForEverybodyAndReplayingTheLogRaisesNoneAgain) {
  addDead("dead");
  ASSERT_EQ(run({"keys", "get", "dead", "k"}).exitCode, 5);
  ASSERT_EQ(run({"keys", "stats", "dead"}).exitCode, 5);
  ASSERT_EQ(alerts().size(), 2U);
  const std::string id(alerts()[1].at("id").as_string());
  EXPECT_EQ(document({"alerts", "read", id}, "alerts.read").at("marked"), 1);
  EXPECT_EQ(document({"alerts", "read", id}, "alerts.read").at("marked"), 0);
  EXPECT_EQ(unread(), 1U);
  EXPECT_EQ(alerts({"--unread"}).size(), 1U);
  EXPECT_EQ(document({"alerts", "read", "--all"}, "alerts.read").at("marked"), 1);
  EXPECT_EQ(unread(), 0U);
  document({"projections", "rebuild"}, "projections.rebuild");
  EXPECT_EQ(alerts().size(), 2U);
  EXPECT_EQ(unread(), 0U);
  EXPECT_EQ(run({"log", "verify"}).exitCode, 0);
}

TEST_F(AlertsCommand, WhatIsWrongOnTheLineIsNamed) {
  EXPECT_EQ(errorOf({"alerts", "list", "--severity", "loud"}, 2).at("details").at("field"), "severity");
  EXPECT_EQ(errorOf({"alerts", "list", "--limit", "0"}, 2).at("details").at("field"), "limit");
  EXPECT_EQ(errorOf({"alerts", "read"}, 2).at("code"), "VALIDATION_ERROR");
  EXPECT_EQ(errorOf({"alerts", "read", "no-id"}, 2).at("code"), "VALIDATION_ERROR");
  EXPECT_EQ(errorOf({"alerts", "read", "0192f000-0000-7000-8000-0000000000ab"}, 4).at("code"), "NOT_FOUND");
  EXPECT_EQ(errorOf({"alerts", "show", "0192f000-0000-7000-8000-0000000000ab"}, 4).at("code"), "NOT_FOUND");
  EXPECT_EQ(errorOf({"alerts", "rules", "disable", "nothing"}, 4).at("code"), "NOT_FOUND");
  EXPECT_EQ(errorOf({"alerts", "publishers", "enable", "nothing"}, 4).at("code"), "NOT_FOUND");
}

TEST_F(AlertsCommand, ASourceThatIsOffRaisesNone) {
  addDead("dead");
  EXPECT_EQ(document({"alerts", "rules", "disable", "operationFailed"}, "alerts.rule").at("enabled"), false);
  ASSERT_EQ(run({"keys", "get", "dead", "k"}).exitCode, 5);
  EXPECT_EQ(alerts().size(), 0U);
  document({"alerts", "rules", "enable", "operationFailed"}, "alerts.rule");
  ASSERT_EQ(run({"keys", "get", "dead", "k"}).exitCode, 5);
  EXPECT_EQ(alerts().size(), 1U);
}

TEST_F(AlertsCommand, ACheckThatFindsTheLogDamagedRaisesACriticalOne) {
  ASSERT_EQ(run({"keys", "set", "cache", "k", "v"}).exitCode, 0);
  // What the read models stand on stays sound: behind a damaged one they could not go on.
  ASSERT_EQ(run({"keys", "get", "cache", "k"}).exitCode, 0);
  ASSERT_EQ(alerts().size(), 0U);
  {
    std::fstream file(dataDirectory() + "/log/data.mdb", std::ios::binary | std::ios::in | std::ios::out);
    const std::string content((std::istreambuf_iterator<char>(file)), {});
    const std::string marked = "\"action\":\"keys.set\"";
    const auto at = content.find(marked);
    ASSERT_NE(at, std::string::npos);
    file.seekp(static_cast<std::streamoff>(at + marked.size() - 2));
    file.put('X');
  }
  ASSERT_EQ(run({"log", "verify"}).exitCode, 7);
  const json::array all = alerts();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].at("severity"), "critical");
  EXPECT_EQ(all[0].at("title"), "The event log is damaged");
}

}  // namespace
}  // namespace cachify::test
