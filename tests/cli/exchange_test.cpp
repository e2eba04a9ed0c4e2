// connections export and import.

#include <gmock/gmock.h>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class ConnectionsExchange : public CliFixture {
 protected:
  std::string exported(const Words& which = {}) {
    Words words{"connections", "export"};
    words.insert(words.end(), which.begin(), which.end());
    return json::serialize(document(words, "connections.export"));
  }
  CliResult imported(const std::string& file, const Words& more = {}) {
    Words words{"connections", "import", "-"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words, file);
  }
  void removeAll(const Words& names) {
    for (const auto& name : names) ASSERT_EQ(run({"connections", "remove", name}).exitCode, 0);
  }
};

TEST_F(ConnectionsExchange, WhatIsExportedComesBackTheSameWithoutIdAndSecret) {
  ASSERT_EQ(run({"connections", "add", "--name", "a", "--engine", "redis", "--port", "7000", "--env", "prod",
                 "--tag", "t", "--read-only", "--password-stdin"},
                "s3cret-of-a\n")
                .exitCode,
            0);
  ASSERT_EQ(run({"connections", "add", "--name", "b", "--engine", "memcached"}).exitCode, 0);
  const std::string file = exported();
  EXPECT_THAT(file, Not(HasSubstr("s3cret-of-a")));
  EXPECT_EQ(exported({"b"}).find("\"a\""), std::string::npos);
  removeAll({"a", "b"});

  const json::object report =
      document({"connections", "import", "-"}, "connections.import", 0, file).as_object();
  EXPECT_EQ(report.at("imported").as_array().size(), 2U);
  EXPECT_EQ(report.at("needSecrets").as_array().at(0), "a");
  json::object again = json::parse(exported()).as_object();
  json::object before = json::parse(file).as_object();
  before.at("connections").as_array().at(0).as_object()["hasSecret"] = false;
  EXPECT_EQ(again, before);
}

TEST_F(ConnectionsExchange, ANameInUseStopsAllOrIsSkippedWhenAskedTo) {
  for (const auto* name : {"a", "b"})
    ASSERT_EQ(run({"connections", "add", "--name", name, "--engine", "redis"}).exitCode, 0);
  const std::string file = exported();
  removeAll({"b"});
  const auto refused = imported(file);
  EXPECT_EQ(refused.exitCode, 6);
  EXPECT_EQ(run({"connections", "show", "b"}).exitCode, 4) << "nothing was imported";
  EXPECT_EQ(imported(file, {"--skip-existing"}).exitCode, 0);
  EXPECT_EQ(run({"connections", "show", "b"}).exitCode, 0);
}

TEST_F(ConnectionsExchange, WhatIsWrongInAFileIsNamedAndNothingIsImported) {
  const auto wrong = [&](const std::string& connections) {
    return imported(R"({"format":"cachify-connections/1","connections":[)" + connections + "]}");
  };
  const std::string good = R"({"name":"good","engine":"redis","hasSecret":false})";
  const auto range = wrong(good + R"(,{"name":"x","engine":"redis","timeoutMs":1})");
  EXPECT_EQ(range.exitCode, 2);
  EXPECT_THAT(range.err, HasSubstr("connection 2"));
  EXPECT_THAT(range.err, HasSubstr("timeoutMs"));
  EXPECT_EQ(wrong(good + "," + good).exitCode, 2);
  EXPECT_EQ(wrong("5").exitCode, 2);
  EXPECT_EQ(wrong(R"({"name":"p","engine":"redis","password":"lost"})").exitCode, 2);
  EXPECT_EQ(wrong(R"({"engine":"redis"})").exitCode, 2);
  for (const auto* file : {"", "nonsense", "[]", "{}", R"({"format":"other/1","connections":[]})"})
    EXPECT_EQ(imported(file).exitCode, 2) << file;
  EXPECT_EQ(run({"connections", "import", "/nowhere/file"}).exitCode, 2);
  EXPECT_EQ(run({"connections", "show", "good"}).exitCode, 4);
}

}  // namespace
}  // namespace cachify::test
