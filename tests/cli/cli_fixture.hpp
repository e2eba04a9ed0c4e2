#pragma once
// A data directory and a Redis server of its own for each test.

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/cli_process.hpp"
#include "cli/cli_schema.hpp"
#include "support/raw_connection.hpp"
#include "support/server.hpp"

namespace cachify::test {

namespace json = boost::json;
using Words = std::vector<std::string>;

class CliFixture : public ::testing::Test {
 protected:
  [[nodiscard]] std::string dataDirectory() const { return directory_ / "data"; }

  [[nodiscard]] CliInput input(Words words, std::string stdinText = {}) const {
    return {.arguments = std::move(words),
            .stdinText = std::move(stdinText),
            .environment = {{"CACHIFY_DATA_DIR", dataDirectory()}, {"CACHIFY_SECRET_STORE", "file"}}};
  }
  [[nodiscard]] CliResult run(Words words, std::string stdinText = {}) const {
    return runCli(input(std::move(words), std::move(stdinText)));
  }

  /// With --json; the document must fit its schema.
  json::value document(Words words, const std::string& schema, int exitCode = 0,
                       std::string stdinText = {}) const {
    words.insert(words.begin(), "--json");
    const CliResult result = run(std::move(words), std::move(stdinText));
    EXPECT_EQ(result.exitCode, exitCode) << result.out << result.err;
    json::value value = parseDocument(result.out);
    EXPECT_EQ(complaint(value, schema), "") << result.out;
    return value;
  }
  json::object errorOf(Words words, int exitCode) const {
    return document(std::move(words), "error", exitCode).at("error").as_object();
  }

  /// A profile of `server`; answers its id.
  std::string add(const std::string& name, const RedisServer& server, const Words& more = {}) const {
    Words words{"connections", "add",   "--name", name,
                "--engine",    "redis", "--port", std::to_string(server.port())};
    words.insert(words.end(), more.begin(), more.end());
    return std::string(document(words, "connection").at("id").as_string());
  }

  TemporaryDirectory directory_;
};

/// With a Redis server, and the profile `cache` of it.
class CliWithRedis : public CliFixture {
 protected:
  CliWithRedis() { id_ = add("cache", server_); }

  RedisServer server_;
  RedisCli redis_{server_};
  std::string id_;
};

}  // namespace cachify::test
