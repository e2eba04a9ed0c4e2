#include <gmock/gmock.h>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class ConnectionsCommand : public CliFixture {
 protected:
  json::object fieldError(const Words& more) {
    Words words{"connections", "add", "--name", "x", "--engine", "redis"};
    words.insert(words.end(), more.begin(), more.end());
    return errorOf(words, 2).at("details").as_object();
  }
};

TEST_F(ConnectionsCommand, AddTakesEveryFlagAndShowTellsThemAll) {
  const Words flags{"connections",
                    "add",
                    "--name",
                    "orders",
                    "--engine",
                    "redis",
                    "--host",
                    "cache.example",
                    "--port",
                    "7000",
                    "--db",
                    "3",
                    "--env",
                    "staging",
                    "--tag",
                    "a",
                    "--tag",
                    " b ",
                    "--read-only",
                    "--force-read-only",
                    "--timeout-ms",
                    "1500",
                    "--retry-attempts",
                    "3",
                    "--retry-backoff-ms",
                    "10",
                    "--retry-strategy",
                    "exponential",
                    "--retry-abort-error-rate",
                    "0.5",
                    "--username",
                    "u",
                    "--tls",
                    "--no-tls-verify",
                    "--tls-ca",
                    "/ca",
                    "--tls-cert",
                    "/cert",
                    "--tls-key",
                    "/key",
                    "--tls-server-name",
                    "sni",
                    "--key-separator",
                    "/",
                    "--slow-op-ms",
                    "100",
                    "--topology",
                    "sentinel",
                    "--sentinel-master",
                    "primary",
                    "--ssh",
                    "ada@bastion",
                    "--ssh-port",
                    "2222",
                    "--ssh-config",
                    "/ssh_config"};
  const json::object added = document(flags, "connection").as_object();
  const json::object shown = document({"connections", "show", "ORDERS"}, "connection").as_object();
  EXPECT_EQ(added, shown);
  const json::object wanted =
      json::parse(R"({"name":"orders","engine":"redis","host":"cache.example","port":7000,"dbIndex":3,
    "environment":"staging","tags":["a","b"],"readOnly":true,"forceReadOnly":true,"timeoutMs":1500,"retryMaxAttempts":3,
    "retryBackoffMs":10,"retryBackoffStrategy":"exponential","retryAbortOnErrorRate":0.5,"username":"u","keySeparator":"/",
    "slowOpThresholdMs":100,"topology":"sentinel","unixSocket":"","secretRef":"",
    "sentinelMaster":"primary","ssh":{"destination":"ada@bastion","port":2222,"configFile":"/ssh_config"},
    "tls":{"enabled":true,"caFile":"/ca","certFile":"/cert","keyFile":"/key","serverName":"sni","verify":false,
    "keySecretRef":""}})")
          .as_object();
  for (const auto& field : wanted) EXPECT_EQ(shown.at(field.key()), field.value()) << field.key();
}

TEST_F(ConnectionsCommand, NumbersOutOfRangeNameFieldValueAndRange) {
  const auto timeout = fieldError({"--timeout-ms", "99"});
  EXPECT_EQ(timeout.at("field").as_string(), "timeoutMs");
  EXPECT_EQ(timeout.at("value").as_string(), "99");
  EXPECT_EQ(timeout.at("allowed").as_string(), "from 100 to 120000");
  EXPECT_EQ(fieldError({"--port", "70000"}).at("field").as_string(), "port");
  EXPECT_EQ(fieldError({"--port", "-1"}).at("field").as_string(), "port");
  EXPECT_EQ(fieldError({"--retry-attempts", "11"}).at("field").as_string(), "retryMaxAttempts");
  EXPECT_EQ(fieldError({"--retry-abort-error-rate", "1.5"}).at("field").as_string(), "retryAbortOnErrorRate");
  EXPECT_EQ(fieldError({"--retry-abort-error-rate", "nan"}).at("field").as_string(), "retryAbortOnErrorRate");
  EXPECT_EQ(fieldError({"--timeout-ms", "soon"}).at("value").as_string(), "soon");
  EXPECT_EQ(fieldError({"--timeout-ms", "99999999999999999999"}).at("field").as_string(), "timeoutMs");
  EXPECT_EQ(fieldError({"--env", "production"}).at("allowed").as_string(), "dev, staging, prod");
}

TEST_F(ConnectionsCommand, MemcachedHasNoDatabaseAndNamesAreUniqueIgnoringCase) {
  EXPECT_EQ(errorOf({"connections", "add", "--name", "m", "--engine", "memcached", "--db", "1"}, 2)
                .at("details")
                .at("field")
                .as_string(),
            "dbIndex");
  ASSERT_EQ(run({"connections", "add", "--name", "Main", "--engine", "memcached"}).exitCode, 0);
  EXPECT_EQ(errorOf({"connections", "add", "--name", "mAIN", "--engine", "redis"}, 2)
                .at("details")
                .at("field")
                .as_string(),
            "name");
  EXPECT_EQ(errorOf({"connections", "add", "--name", "x"}, 2).at("details").at("field").as_string(),
            "engine");
}

TEST_F(ConnectionsCommand, EditChangesOnlyWhatIsGiven) {
  ASSERT_EQ(run({"connections", "add", "--name", "a", "--engine", "redis", "--port", "7000", "--read-only",
                 "--tag", "t"})
                .exitCode,
            0);
  const json::object before = document({"connections", "show", "a"}, "connection").as_object();
  json::object after =
      document({"connections", "edit", "a", "--no-read-only", "--env", "prod"}, "connection").as_object();
  EXPECT_EQ(after.at("readOnly"), false);
  EXPECT_EQ(after.at("environment"), "prod");
  for (const std::string_view field : {"readOnly", "environment", "updatedAt"})
    after[field] = before.at(field);
  EXPECT_EQ(after, before);
  const json::object socket =
      document({"connections", "edit", "a", "--unix-socket", "/run/r.sock"}, "connection").as_object();
  EXPECT_EQ(socket.at("host"), "");
  EXPECT_EQ(socket.at("unixSocket"), "/run/r.sock");
  EXPECT_EQ(errorOf({"connections", "edit", "a"}, 2).at("code").as_string(), "VALIDATION_ERROR");
}

TEST_F(ConnectionsCommand, AUrlFillsTheServersFieldsAndFlagsGoOverIt) {
  const json::object added = document({"connections", "add", "--name", "u", "--url",
                                       "rediss://me@cache.example:7001/2", "--port", "7002"},
                                      "connection")
                                 .as_object();
  EXPECT_EQ(added.at("host"), "cache.example");
  EXPECT_EQ(added.at("port"), 7002);
  EXPECT_EQ(added.at("dbIndex"), 2);
  EXPECT_EQ(added.at("username"), "me");
  EXPECT_EQ(added.at("tls").at("enabled"), true);
  EXPECT_EQ(errorOf({"connections", "add", "--name", "v", "--url", "http://x"}, 2)
                .at("details")
                .at("field")
                .as_string(),
            "url");
}

TEST_F(ConnectionsCommand, DuplicateListAndRemove) {
  RedisServer server;
  const std::string id = add("one", server, {"--tag", "t", "--env", "prod"});
  ASSERT_EQ(run({"connections", "duplicate", id, "--name", "two"}).exitCode, 0);
  const auto names = [&](const Words& filter) {
    Words words{"connections", "list"};
    words.insert(words.end(), filter.begin(), filter.end());
    std::string all;
    const json::value listed = document(words, "connections.list");
    for (const auto& profile : listed.at("connections").as_array()) {
      all += std::string(profile.at("name").as_string()) + " ";
    }
    return all;
  };
  EXPECT_EQ(names({}), "one two ");
  EXPECT_EQ(names({"--search", "TW"}), "two ");
  EXPECT_EQ(names({"--tag", "none"}), "");
  EXPECT_EQ(names({"--env", "prod", "--tag", "t"}), "one two ");
  EXPECT_EQ(
      errorOf({"connections", "duplicate", "one", "--name", "Two"}, 2).at("details").at("field").as_string(),
      "name");
  EXPECT_EQ(run({"connections", "remove", "one"}).out.substr(0, 13), "removed 'one'");
  EXPECT_EQ(errorOf({"connections", "show", "one"}, 4).at("code").as_string(), "NOT_FOUND");
  EXPECT_EQ(names({}), "two ");
}

TEST_F(ConnectionsCommand, AFavouriteComesFirstUntilItIsNone) {
  for (const auto* name : {"a", "b"})
    ASSERT_EQ(run({"connections", "add", "--name", name, "--engine", "redis"}).exitCode, 0);
  const auto first = [&] {
    const json::value listed = document({"connections", "list"}, "connections.list");
    return std::string(listed.at("connections").at(0).at("name").as_string());
  };
  EXPECT_EQ(first(), "a");
  const json::value made = document({"connections", "edit", "b", "--favourite"}, "connection");
  EXPECT_TRUE(made.at("favourite").as_bool());
  EXPECT_EQ(first(), "b");
  EXPECT_EQ(run({"connections", "edit", "b", "--no-favourite"}).exitCode, 0);
  EXPECT_EQ(first(), "a");
}

TEST_F(ConnectionsCommand, TestReportsWhatTheServerCanDo) {
  RedisServer server;
  add("cache", server);
  const json::value report = document({"connections", "test", "cache"}, "connections.test");
  EXPECT_EQ(report.at("role"), "master");
  EXPECT_EQ(report.at("capabilities").at("snapshotRestore").at("supported"), true);
  EXPECT_EQ(report.at("capabilities").at("keyspaceEvents").at("supported"), false);
  EXPECT_NE(report.at("capabilities").at("keyspaceEvents").at("reason").as_string(), "");
  const CliResult people = run({"connections", "test", "cache"});
  EXPECT_THAT(people.out, HasSubstr("✓ connecting to 127.0.0.1:" + std::to_string(server.port())));
  EXPECT_THAT(people.out, HasSubstr("✓ ping to 127.0.0.1:" + std::to_string(server.port())));
  EXPECT_EQ(report.at("stages").at(0).at("stage"), "resolve");
  EXPECT_EQ(report.at("stages").as_array().size(), 5U);
  EXPECT_THAT(people.out, HasSubstr("snapshotRestore    yes"));
}

TEST_F(ConnectionsCommand, TestOfMemcachedKnowsItHasNoTypedValues) {
  MemcachedServer server;
  ASSERT_EQ(run({"connections", "add", "--name", "m", "--engine", "memcached", "--port",
                 std::to_string(server.port())})
                .exitCode,
            0);
  const json::value report = document({"connections", "test", "m"}, "connections.test");
  EXPECT_EQ(report.at("role"), "memcached");
  EXPECT_EQ(report.at("capabilities").at("typedValues").at("supported"), false);
}

TEST_F(ConnectionsCommand, ARefusedPortAndATimeoutExitFiveAfterTwoAttempts) {
  const std::string port = std::to_string(freePort());
  ASSERT_EQ(run({"connections", "add", "--name", "gone", "--engine", "redis", "--port", port}).exitCode, 0);
  const json::object refused = errorOf({"connections", "test", "gone"}, 5);
  EXPECT_EQ(refused.at("code").as_string(), "CONNECTION_FAILED");
  EXPECT_EQ(refused.at("details").at("attempts"), 2);
  EXPECT_THAT(run({"connections", "test", "gone"}).out, HasSubstr("✗ connecting to 127.0.0.1:" + port));
  const json::value failed = document({"connections", "test", "gone"}, "connections.test.failed", 5);
  EXPECT_EQ(failed.at("stages").at(1).at("stage"), "connect");
  EXPECT_EQ(failed.at("stages").at(1).at("error").at("code"), "CONNECTION_FAILED");

  BlackHoleServer silent;
  const Words words{
      "connections",        "edit", "gone", "--port", std::to_string(silent.port()), "--timeout-ms", "100",
      "--retry-backoff-ms", "0"};
  ASSERT_EQ(run(words).exitCode, 0);
  EXPECT_EQ(errorOf({"connections", "test", "gone"}, 5).at("code").as_string(), "TIMEOUT");
  EXPECT_EQ(errorOf({"keys", "list", "gone"}, 5).at("code").as_string(), "TIMEOUT");
}

TEST_F(ConnectionsCommand, OptionsOfTestOverlayTheProfileOnce) {
  RedisServer server({"--requirepass", "s3cret"});
  add("cache", server);
  EXPECT_EQ(errorOf({"connections", "test", "cache"}, 1).at("code").as_string(), "UNAUTHORIZED");
  document({"connections", "test", "cache", "--password-stdin"}, "connections.test", 0, "s3cret\n");
  EXPECT_EQ(errorOf({"connections", "test", "cache"}, 1).at("code").as_string(), "UNAUTHORIZED");
  EXPECT_THAT(run({"connections", "test", "cache"}).out, HasSubstr("✗ authenticating"));
  EXPECT_THAT(run({"connections", "show", "cache"}).out, Not(HasSubstr("in the secret store")));
}

}  // namespace
}  // namespace cachify::test
