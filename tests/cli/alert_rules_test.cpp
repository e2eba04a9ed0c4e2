// Threshold rules: made, changed, met, not met, removed.

#include <gmock/gmock.h>

#include <csignal>

#include "cli/cli_fixture.hpp"
#include "support/wait_for.hpp"

namespace cachify::test {
namespace {

class AlertRulesCommand : public CliWithRedis {
 protected:
  AlertRulesCommand() { redis_.must({"SET", "k", "text"}); }
  json::value create(const Words& more) const {
    Words words{"alerts", "rules", "create", "--name", "much"};
    words.insert(words.end(), more.begin(), more.end());
    return document(std::move(words), "alerts.rule");
  }
  json::array check() const {
    return document({"alerts", "rules", "check"}, "alerts.rules.check").at("readings").as_array();
  }
};

TEST_F(AlertRulesCommand, ARuleThatIsMetRaisesOnceForItsConnectionWhoeverLooks) {
  create({"--metric", "operationCount", "--comparator", ">=", "--threshold", "3", "--severity", "critical",
          "--look-back", "60"});
  ASSERT_EQ(run({"keys", "get", "cache", "k"}).exitCode, 0);
  json::array readings = check();
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_EQ(readings[0].at("met"), false);
  for (int i = 0; i < 3; ++i) ASSERT_EQ(run({"keys", "get", "cache", "k"}).exitCode, 0);
  CliProcess one(input({"alerts", "rules", "check", "--json"}));
  CliProcess two(input({"alerts", "rules", "check", "--json"}));
  EXPECT_EQ(one.wait().exitCode, 0);
  EXPECT_EQ(two.wait().exitCode, 0);
  readings = check();
  EXPECT_EQ(readings[0].at("met"), true);
  EXPECT_EQ(readings[0].at("connectionId").as_string(), id_);
  EXPECT_GE(readings[0].at("value").to_number<double>(), 4.0);
  const auto alerts = document({"alerts", "list"}, "alerts.list").at("alerts").as_array();
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_EQ(alerts[0].at("title"), "much");
  EXPECT_EQ(alerts[0].at("severity"), "critical");
  // Twice where the look-back's stretch ended just between two looks.
  EXPECT_LE(alerts[0].at("count").to_number<int>(), 2);
  EXPECT_EQ(alerts[0].at("connectionId").as_string(), id_);
}

TEST_F(AlertRulesCommand, ARuleOnSamplesSeesWhatAWatchSampled) {
  create({"--metric", "clients", "--comparator", ">=", "--threshold", "1"});
  EXPECT_TRUE(check().empty()) << "nobody sampled yet";
  CliProcess watch(input({"observe", "watch", "cache", "--json"}));
  waitFor([&] { return check().size() == 1; }, "a sample");
  watch.signal(SIGINT);
  EXPECT_EQ(watch.wait().exitCode, 130);
  const auto reading = check().at(0);
  EXPECT_EQ(reading.at("met"), true);
  EXPECT_GE(reading.at("value").to_number<double>(), 1);
}

TEST_F(AlertRulesCommand, ErrorRateIsOfEachConnectionByItself) {
  create({"--metric", "errorRate", "--threshold", "0.3"});
  const RedisServer other;
  add("other", other);
  EXPECT_TRUE(check().empty()) << "that they were added is no operation of theirs";
  ASSERT_EQ(run({"keys", "set", "other", "k", "v"}).exitCode, 0);
  ASSERT_EQ(run({"hash", "set", "cache", "k", "f", "v"}).exitCode == 0, false);
  ASSERT_EQ(run({"keys", "get", "cache", "k"}).exitCode, 0);
  const auto readings = check();
  EXPECT_EQ(readings.size(), 2U);
  for (const auto& reading : readings) {
    const bool hasFailed = reading.at("connectionId").as_string() == id_;
    EXPECT_NEAR(reading.at("value").to_number<double>(), hasFailed ? 0.5 : 0.0, 1e-9);
    EXPECT_EQ(reading.at("met"), hasFailed);
  }
}

TEST_F(AlertRulesCommand, SayWhereTheyHoldAndMustBeAbleTo) {
  const auto never = errorOf({"alerts", "rules", "create", "--name", "never", "--metric", "errorRate",
                              "--threshold", "0.5", "--connection", "cache", "--env", "prod"},
                             2);
  EXPECT_EQ(never.at("details").at("field"), "environment");
  const auto made =
      create({"--metric", "errorRate", "--threshold", "0.5", "--connection", "cache", "--env", "dev"});
  EXPECT_THAT(run({"alerts", "rules", "list"}).out, testing::HasSubstr(" cache "));
  const std::string id(made.at("id").as_string());
  ASSERT_EQ(run({"connections", "edit", "cache", "--env", "staging"}).exitCode, 0);
  EXPECT_EQ(document({"alerts", "rules", "disable", id}, "alerts.rule").at("enabled"), false);
  EXPECT_EQ(errorOf({"alerts", "rules", "enable", id}, 2).at("details").at("field"), "environment");
}

TEST_F(AlertRulesCommand, AreChangedSwitchedAndDeleted) {
  const json::value made = create({"--metric", "p95Ms", "--threshold", "1.5", "--env", "prod"});
  EXPECT_EQ(made.at("environment"), "prod");
  EXPECT_EQ(check().size(), 0U);  // the connection is of dev
  const json::value changed = document(
      {"alerts", "rules", "update", "MUCH", "--threshold", "2", "--env", "", "--connection", "cache"},
      "alerts.rule");
  EXPECT_EQ(changed.at("threshold").to_number<double>(), 2.0);
  EXPECT_EQ(changed.at("id"), made.at("id"));
  EXPECT_EQ(changed.at("connectionId").as_string(), id_);
  EXPECT_FALSE(changed.as_object().contains("environment"));
  EXPECT_EQ(document({"alerts", "rules", "disable", "much"}, "alerts.rule").at("enabled"), false);
  const auto listed = document({"alerts", "rules", "list"}, "alerts.rules.list").at("rules").as_array();
  EXPECT_EQ(listed.size(), 8U);  // seven built in
  document({"alerts", "rules", "delete", "much"}, "alerts.rule");
  EXPECT_EQ(document({"alerts", "rules", "list"}, "alerts.rules.list").at("rules").as_array().size(), 7U);
}

TEST_F(AlertRulesCommand, WhatIsWrongIsNamed) {
  const auto field = [&](const Words& words) {
    return std::string(errorOf(words, 2).at("details").at("field").as_string());
  };
  EXPECT_EQ(field({"alerts", "rules", "create", "--name", "n", "--metric", "luck", "--threshold", "1"}),
            "metric");
  EXPECT_EQ(field({"alerts", "rules", "create", "--name", "n", "--metric", "errorRate", "--threshold", "2"}),
            "threshold");
  EXPECT_EQ(field({"alerts", "rules", "create", "--name", "n", "--metric", "errorRate", "--threshold", "x"}),
            "threshold");
  EXPECT_EQ(field({"alerts", "rules", "create", "--metric", "errorRate", "--threshold", "1"}), "name");
  EXPECT_EQ(field({"alerts", "rules", "create", "--name", "", "--metric", "errorRate", "--threshold", "1"}),
            "name");
  create({"--metric", "errorRate", "--threshold", "1"});
  EXPECT_EQ(
      field({"alerts", "rules", "create", "--name", "MUCH", "--metric", "errorRate", "--threshold", "1"}),
      "name");
}

}  // namespace
}  // namespace cachify::test
