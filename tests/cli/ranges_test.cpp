// Ranges and numbers that are none, what a page says of the whole, and what a plain Redis does not have.

#include <gmock/gmock.h>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;

class Ranges : public CliWithRedis {
 protected:
  void expectInvalid(const Words& words, const std::string& field, const std::string& value) {
    const auto error = errorOf(words, 2);
    EXPECT_EQ(error.at("code").as_string(), "VALIDATION_ERROR") << words.at(1);
    const json::object& details = error.at("details").as_object();
    EXPECT_EQ(details.at("field").as_string(), field) << error.at("message");
    EXPECT_EQ(details.at("value").as_string(), value) << error.at("message");
    EXPECT_FALSE(details.at("allowed").as_string().empty());
  }
  void expectNotSupported(const Words& words, const std::string& why) {
    const auto error = errorOf(words, 1);
    EXPECT_EQ(error.at("code").as_string(), "NOT_SUPPORTED") << words.at(0) << " " << words.at(1);
    EXPECT_THAT(std::string(error.at("message").as_string()), HasSubstr(why));
  }
};

TEST_F(Ranges, ScoresIdsCursorsAndNumbersThatAreNoneAreNamed) {
  redis_.must({"ZADD", "z", "1", "a"});
  redis_.must({"XADD", "s", "1-1", "f", "v"});
  redis_.must({"RPUSH", "l", "a"});
  redis_.must({"HSET", "h", "f", "v"});
  redis_.must({"SET", "k", "v"});
  expectInvalid({"zset", "add", "cache", "z", "nan", "a"}, "score", "nan");
  expectInvalid({"zset", "add", "cache", "z", "ten", "a"}, "score", "ten");
  expectInvalid({"zset", "increment", "cache", "z", "nan", "a"}, "by", "nan");
  expectInvalid({"zset", "list", "cache", "z", "--min", "low"}, "min", "low");
  expectInvalid({"zset", "list", "cache", "z", "--max", "(nan"}, "max", "(nan");
  expectInvalid({"zset", "list", "cache", "z", "--from", "-1"}, "from", "-1");
  expectInvalid({"zset", "list", "cache", "z", "--lex", "a", "+"}, "lex", "a");
  expectInvalid({"zset", "list", "cache", "none", "--lex", "-", "b"}, "lex", "b");
  expectInvalid({"stream", "add", "cache", "s", "--id", "x", "f", "v"}, "id", "x");
  expectInvalid({"stream", "add", "cache", "s", "--id", "0-0", "f", "v"}, "id", "0-0");
  expectInvalid({"stream", "remove", "cache", "s", "1-1", "new"}, "id", "new");
  expectInvalid({"stream", "list", "cache", "s", "--from", "yesterday"}, "from", "yesterday");
  expectInvalid({"stream", "trim", "cache", "s", "--max-length", "-1"}, "maxLength", "-1");
  expectInvalid({"list", "get", "cache", "l", "first"}, "index", "first");
  expectInvalid({"list", "set", "cache", "l", "1e3", "a", "b"}, "index", "1e3");
  expectInvalid({"list", "list", "cache", "l", "--from", "last"}, "from", "last");
  expectInvalid({"hash", "ttl", "cache", "h", "f", "--seconds", "soon"}, "ttlSeconds", "soon");
  expectInvalid({"keys", "increment", "cache", "k", "1.5"}, "by", "1.5");
  expectInvalid({"keys", "list", "cache", "--cursor", "7"}, "cursor", "7");
  for (const auto* key : {"k", "l", "h", "z", "s"})
    expectInvalid({"keys", "get", "cache", key, "--cursor", "there"}, "cursor", "there");
  expectInvalid({"keys", "get", "cache", "k", "--max-items", "0"}, "maxItems", "0");
  const auto lines = parseLines(run({"log", "tail", "-n", "100", "--json"}).out);
  for (const auto& line : lines)
    EXPECT_NE(line.at("type"), "mutation.requested") << "nothing was to be changed";
}

TEST_F(Ranges, ASortedSetIsListedByName) {
  redis_.must({"ZADD", "z", "0", "a", "0", "b", "0", "c", "0", "d"});
  EXPECT_EQ(run({"zset", "list", "cache", "z", "--lex", "[b", "(d"}).out,
            "SCORE  MEMBER\n    0  b\n    0  c\n");
  EXPECT_EQ(run({"zset", "list", "cache", "z", "--lex", "-", "[b", "--highest-first"}).out,
            "SCORE  MEMBER\n    0  b\n    0  a\n");
  const json::object page =
      document({"zset", "list", "cache", "z", "--lex", "-", "+", "--max-items", "3"}, "keys.get").as_object();
  EXPECT_EQ(page.at("value").as_array().size(), 3U);
  EXPECT_EQ(page.at("nextCursor"), "3");
  EXPECT_EQ(page.at("length"), 4);
  redis_.must({"ZADD", "z", "0", "[x]"});
  EXPECT_EQ(run({"zset", "list", "cache", "z", "--lex", "[[x]", "[[x]"}).out, "SCORE  MEMBER\n    0  [x]\n");
  EXPECT_EQ(run({"zset", "list", "cache", "z", "--lex", "-", "+", "--min", "0"}).exitCode, 2);
  EXPECT_EQ(run({"zset", "list", "cache", "z", "--lex", "-"}).exitCode, 2);
}

TEST_F(Ranges, APageSaysWhatTheWholeHasAndTakes) {
  std::vector<std::vector<std::string>> commands;
  for (int i = 0; i < 1200; ++i) commands.push_back({"RPUSH", "l", "item" + std::to_string(i)});
  redis_.pipeline(commands);
  const json::object page =
      document({"keys", "get", "cache", "l", "--max-items", "10"}, "keys.get").as_object();
  EXPECT_EQ(page.at("length"), 1200);
  EXPECT_GT(page.at("memoryBytes").as_int64(), 1000);
  EXPECT_EQ(page.at("value").as_array().size(), 10U);
  const std::string notes = run({"keys", "get", "cache", "l", "--max-items", "10"}).err;
  EXPECT_THAT(notes, HasSubstr("l: list, 10 of 1 200 items, 50 B of them, "));
  EXPECT_THAT(notes, HasSubstr(" on the server, TTL none"));
  EXPECT_THAT(run({"keys", "get", "cache", "l", "--max-items", "5000"}).err,
              HasSubstr("l: list, 1 200 items, "));
  redis_.must({"SET", "k", "v"});
  EXPECT_TRUE(document({"keys", "get", "cache", "k"}, "keys.get").at("length").is_null());
}

TEST_F(Ranges, AUserWhoMayNotAskForTheMemoryIsToldTheLengthAllTheSame) {
  redis_.must({"RPUSH", "l", "a", "b"});
  redis_.must({"ACL", "SETUSER", "reader", "on", ">s3cret", "~*", "+@all", "-memory"});
  ASSERT_EQ(run({"connections", "add", "--name", "reader", "--engine", "redis", "--port",
                 std::to_string(server_.port()), "--username", "reader", "--password-stdin"},
                "s3cret\n")
                .exitCode,
            0);
  const json::object page = document({"keys", "get", "reader", "l"}, "keys.get").as_object();
  EXPECT_EQ(page.at("length"), 2);
  EXPECT_TRUE(page.at("memoryBytes").is_null());
}

TEST_F(Ranges, WhatAPlainRedisDoesNotHaveIsNotSupportedWithTheReason) {
  redis_.must({"HSET", "h", "f", "v"});
  const std::string module = "the server has no RedisJSON module";
  expectNotSupported({"json", "get", "cache", "doc"}, module);
  expectNotSupported({"json", "get", "cache", "doc", "$.a"}, module);
  expectNotSupported({"json", "set", "cache", "doc", "$", "{}"}, module);
  expectNotSupported({"json", "remove", "cache", "doc", "$.a"}, module);
  const std::string fieldTtl = "the server knows no TTL of a hash's field; Redis does from 7.4 on";
  expectNotSupported({"hash", "ttl", "cache", "h", "f", "--seconds", "5"}, fieldTtl);
  expectNotSupported({"hash", "ttl", "cache", "h", "f", "--ms", "5"}, fieldTtl);
  expectNotSupported({"hash", "ttl", "cache", "h", "f", "--persist"}, fieldTtl);
  EXPECT_EQ(redis_.must({"HGET", "h", "f"}).text, "v");
  EXPECT_EQ(redis_.must({"DBSIZE"}).integer, 1);
}

TEST_F(Ranges, AStreamEntrysIdIsToldAgainToARepeat) {
  const Words words{"stream", "add", "cache", "s", "f", "v", "--idempotency-key", "once"};
  const json::value first = document(words, "mutation");
  const json::value again = document(words, "mutation");
  EXPECT_EQ(again.at("repeated"), true);
  EXPECT_EQ(again.at("result"), first.at("result"));
  EXPECT_EQ(redis_.must({"XLEN", "s"}).integer, 1);
}

TEST_F(Ranges, ANodeOfAClusterIsWarnedOfWhereItsKeysAreListed) {
  RedisServer node({"--cluster-enabled", "yes"});
  add("node", node);
  const CliResult people = run({"keys", "list", "node"});
  EXPECT_EQ(people.exitCode, 0);
  EXPECT_THAT(people.err, HasSubstr("'node' leads to one node of a Redis Cluster"));
  EXPECT_EQ(document({"keys", "list", "node"}, "keys.list").at("partOfCluster"), true);
  EXPECT_EQ(document({"keys", "tree", "node"}, "keys.tree").at("partOfCluster"), true);
  EXPECT_EQ(document({"keys", "list", "cache"}, "keys.list").at("partOfCluster"), false);
  EXPECT_EQ(run({"keys", "list", "cache"}).err, "0 keys, 0 of ~0 scanned.\n");
}

}  // namespace
}  // namespace cachify::test
