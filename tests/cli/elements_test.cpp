#include <gmock/gmock.h>

#include "cli/cli_fixture.hpp"
#include "core/bytes.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;

const std::string kOdd("o\xff\x00\n", 4);

class ElementCommands : public CliWithRedis {
 protected:
  json::object change(const Words& words, int exitCode = 0) {
    return document(words, "mutation", exitCode).as_object();
  }
  json::object look(const Words& words, int exitCode = 0) {
    return document(words, "element", exitCode).as_object();
  }
  json::object page(const Words& words) { return document(words, "keys.get").as_object(); }
  std::string codeOf(const Words& words, int exitCode) {
    return std::string(errorOf(words, exitCode).at("code").as_string());
  }
};

TEST_F(ElementCommands, HashFieldsAreSetShownListedAndRemoved) {
  EXPECT_EQ(change({"hash", "set", "cache", "h", "f", "1", "g", "[1,2]", "empty", "{}"}).at("result"), 3);
  EXPECT_EQ(redis_.must({"HGET", "h", "g"}).text, "[1,2]");
  EXPECT_EQ(redis_.must({"HGET", "h", "empty"}).text, "{}");
  EXPECT_EQ(look({"hash", "get", "cache", "h", "f"}),
            json::parse(R"({"key":"h","type":"hash","exists":true,"field":"f","value":"1"})"));
  EXPECT_EQ(run({"hash", "get", "cache", "h", "f"}).out, "1\n");
  EXPECT_EQ(run({"hash", "get", "cache", "h", "g", "--raw"}).out, "[1,2]");
  EXPECT_EQ(look({"hash", "get", "cache", "h", "none"}, 4).at("exists"), false);
  EXPECT_EQ(run({"hash", "get", "cache", "h", "none"}).exitCode, 4);
  EXPECT_EQ(codeOf({"hash", "set", "cache", "h", "f", "2", "--if-absent"}, 6), "CONFLICT");
  EXPECT_EQ(page({"hash", "list", "cache", "h"}).at("value").as_array().size(), 3U);
  EXPECT_EQ(run({"hash", "list", "cache", "h"}).out, "FIELD  VALUE\nf      1\ng      [1,2]\nempty  {}\n");
  const CliResult removed = run({"hash", "remove", "cache", "h", "f", "g"});
  EXPECT_EQ(removed.out, "removed fields of 'h': hash 15 B → 7 B (removed 2)\n");
  EXPECT_THAT(removed.err, HasSubstr("cachify snapshots restore "));
  EXPECT_EQ(codeOf({"hash", "remove", "cache", "h", "f"}, 4), "NOT_FOUND");
  EXPECT_EQ(codeOf({"hash", "set", "cache", "h", "f"}, 2), "VALIDATION_ERROR");
  EXPECT_EQ(codeOf({"hash", "set", "cache", "h"}, 2), "VALIDATION_ERROR");
  const auto unsupported = errorOf({"hash", "ttl", "cache", "h", "empty", "--seconds", "5"}, 1);
  EXPECT_EQ(unsupported.at("code").as_string(), "NOT_SUPPORTED");
}

TEST_F(ElementCommands, ElementsAreBytesWithBase64AndFiles) {
  const std::string odd64 = toBase64(kOdd);
  change({"hash", "set", "cache", "--key-base64", odd64, "--base64", odd64, toBase64("v\n")});
  EXPECT_EQ(redis_.must({"HGET", kOdd, kOdd}).text, "v\n");
  const json::object got = look({"hash", "get", "cache", "--key-base64", odd64, "--base64", odd64});
  EXPECT_EQ(got.at("keyBase64").as_string(), odd64);
  EXPECT_EQ(got.at("fieldBase64").as_string(), odd64);
  EXPECT_EQ(run({"hash", "list", "cache", "--key-base64", odd64}).out,
            "FIELD          VALUE\no\\xff\\x00\\x0a  v\\x0a\n");
  document({"hash", "set", "cache", "h", "f", "--value-stdin"}, "mutation", 0, kOdd);
  EXPECT_EQ(redis_.must({"HGET", "h", "f"}).text, kOdd);
  change({"list", "push", "cache", "l", "--value-base64", odd64});
  EXPECT_EQ(redis_.must({"LINDEX", "l", "0"}).text, kOdd);
  EXPECT_EQ(look({"list", "get", "cache", "l", "0"}).at("valueBase64").as_string(), odd64);
  EXPECT_EQ(codeOf({"set", "add", "cache", "s", "--base64", "%"}, 2), "VALIDATION_ERROR");
}

TEST_F(ElementCommands, ListItemsAreNamedByIndexAndValue) {
  EXPECT_EQ(change({"list", "push", "cache", "l", "a", "b", "c"}).at("result"), 3);
  EXPECT_EQ(change({"list", "push", "cache", "l", "z", "--left"}).at("result"), 4);
  EXPECT_EQ(run({"list", "insert", "cache", "l", "b", "between", "--after"}).out,
            "inserted into 'l': list 4 B → 11 B (new length 5)\n");
  EXPECT_EQ(run({"list", "get", "cache", "l", "-1"}).out, "c\n");
  EXPECT_EQ(look({"list", "get", "cache", "l", "9"}, 4).at("exists"), false);
  change({"list", "set", "cache", "l", "-1", "c", "C"});
  EXPECT_EQ(codeOf({"list", "set", "cache", "l", "-1", "c", "D"}, 6), "CONFLICT");
  EXPECT_EQ(codeOf({"list", "remove", "cache", "l", "0", "a"}, 6), "CONFLICT");
  EXPECT_EQ(change({"list", "remove", "cache", "l", "0", "z"}).at("result"), 4);
  EXPECT_EQ(codeOf({"list", "remove", "cache", "l", "7", "z"}, 4), "NOT_FOUND");
  EXPECT_EQ(codeOf({"list", "remove", "cache", "l", "x", "z"}, 2), "VALIDATION_ERROR");
  EXPECT_EQ(page({"list", "list", "cache", "l", "--from", "-2"}).at("value"),
            json::parse(R"(["between","C"])"));
  EXPECT_EQ(page({"list", "list", "cache", "l", "--from", "1", "--max-items", "1"}).at("nextCursor"), "2");
}

TEST_F(ElementCommands, SetMembersAreAddedLookedForAndRemoved) {
  EXPECT_EQ(change({"set", "add", "cache", "s", "a", "b", "a"}).at("result"), 2);
  EXPECT_EQ(run({"set", "has", "cache", "s", "a"}).out, "yes\n");
  EXPECT_EQ(look({"set", "has", "cache", "s", "x"}, 4),
            json::parse(R"({"key":"s","type":"set","exists":false,"member":"x"})"));
  EXPECT_EQ(change({"set", "remove", "cache", "s", "a", "x"}).at("result"), 1);
  EXPECT_EQ(run({"set", "list", "cache", "s"}).out, "b\n");
  EXPECT_EQ(document({"set", "list", "cache", "none"}, "keys.get", 4).at("exists"), false);
  EXPECT_EQ(run({"set", "list", "cache", "none"}).exitCode, 4);
}

TEST_F(ElementCommands, SortedSetMembersHaveScores) {
  EXPECT_EQ(change({"zset", "add", "cache", "z", "1", "a", "2.5", "b", "inf", "c"}).at("result"), 3);
  EXPECT_EQ(change({"zset", "increment", "cache", "z", "0.5", "a"}).at("result").as_string(), "1.5");
  EXPECT_EQ(change({"zset", "increment", "cache", "z", "--", "-2", "a"}).at("result").as_string(), "-0.5");
  EXPECT_EQ(run({"zset", "score", "cache", "z", "b"}).out, "2.5\n");
  EXPECT_EQ(look({"zset", "score", "cache", "z", "c"}).at("score").as_string(), "inf");
  EXPECT_EQ(codeOf({"zset", "add", "cache", "z", "1", "b", "--if-greater"}, 6), "CONFLICT");
  EXPECT_EQ(codeOf({"zset", "add", "cache", "z", "one", "b"}, 2), "VALIDATION_ERROR");
  EXPECT_EQ(codeOf({"zset", "add", "cache", "z", "1", "b", "--if-new", "--if-there"}, 2), "VALIDATION_ERROR");
  EXPECT_EQ(run({"zset", "list", "cache", "z", "--highest-first", "--min", "0"}).out,
            "SCORE  MEMBER\n  inf  c\n  2.5  b\n");
  EXPECT_EQ(page({"zset", "list", "cache", "z", "--from", "2"}).at("value"),
            json::parse(R"([{"member":"c","score":"inf"}])"));
  EXPECT_EQ(change({"zset", "remove", "cache", "z", "a"}).at("result"), 1);
}

TEST_F(ElementCommands, StreamEntriesGetAnIdThatIsSaid) {
  const auto added = change({"stream", "add", "cache", "s", "f", "v", "g", "w"});
  const std::string id(added.at("result").as_string());
  EXPECT_EQ(redis_.must({"XRANGE", "s", id, id}).elements.size(), 1U);
  EXPECT_EQ(codeOf({"stream", "add", "cache", "s", "--id", "1-1", "f", "v"}, 6), "CONFLICT");
  EXPECT_EQ(codeOf({"stream", "add", "cache", "s", "--id", "x", "f", "v"}, 2), "VALIDATION_ERROR");
  EXPECT_EQ(codeOf({"stream", "add", "cache", "s"}, 2), "VALIDATION_ERROR");
  EXPECT_EQ(run({"stream", "add", "cache", "t", "--id", "1-1", "f", "v"}).out,
            "added an entry to 't': absent → stream 5 B (id 1-1)\n");
  for (const char* next : {"2-0", "3-0"}) change({"stream", "add", "cache", "t", "--id", next, "f", "v"});
  EXPECT_EQ(run({"stream", "list", "cache", "t", "--newest-first", "--max-items", "2"}).out,
            "ID   FIELDS\n3-0  f=v\n2-0  f=v\n");
  EXPECT_EQ(run({"stream", "list", "cache", "t", "--from", "2"}).out, "ID   FIELDS\n2-0  f=v\n3-0  f=v\n");
  EXPECT_EQ(change({"stream", "remove", "cache", "t", "2-0"}).at("result"), 1);
  EXPECT_EQ(change({"stream", "trim", "cache", "t", "--max-length", "1"}).at("result"), 1);
  EXPECT_EQ(redis_.must({"XLEN", "t"}).integer, 1);
}

TEST_F(ElementCommands, StringsGrowAndCount) {
  EXPECT_EQ(change({"keys", "append", "cache", "k", "b"}).at("result"), 1);
  EXPECT_EQ(change({"keys", "prepend", "cache", "k", "--value-base64", toBase64(kOdd)}).at("result"), 5);
  EXPECT_EQ(redis_.must({"GET", "k"}).text, kOdd + "b");
  EXPECT_EQ(change({"keys", "increment", "cache", "n"}).at("result"), 1);
  EXPECT_EQ(change({"keys", "increment", "cache", "n", "-5"}).at("result"), -4);
  EXPECT_EQ(codeOf({"keys", "increment", "cache", "k"}, 6), "CONFLICT");
  EXPECT_EQ(codeOf({"keys", "append", "cache", "k"}, 2), "VALIDATION_ERROR");
  change({"keys", "set", "cache", "fresh", "v", "--mode", "add"});
  EXPECT_EQ(codeOf({"keys", "set", "cache", "fresh", "v", "--mode", "add"}, 6), "CONFLICT");
  EXPECT_EQ(codeOf({"keys", "set", "cache", "none", "v", "--mode", "replace"}, 4), "NOT_FOUND");
  EXPECT_EQ(run({"keys", "set", "cache", "none", "v", "--mode", "other"}).exitCode, 2);
}

TEST_F(ElementCommands, AreGuardedOnProdAndUndone) {
  add("live", server_, {"--env", "prod"});
  redis_.must({"HSET", "h", "f", "1"});
  EXPECT_EQ(errorOf({"hash", "remove", "live", "h", "f"}, 3).at("details").at("policy").as_string(),
            "prodGuardrail");
  const auto removed = change({"hash", "remove", "live", "h", "f", "--confirm", "live"});
  EXPECT_EQ(redis_.must({"EXISTS", "h"}).integer, 0);
  const std::string snapshot(removed.at("snapshots").at(0).at("id").as_string());
  document({"snapshots", "restore", snapshot}, "mutation");
  EXPECT_EQ(redis_.must({"HGET", "h", "f"}).text, "1");
  const Words words{"list", "push", "cache", "l", "x", "--idempotency-key", "once"};
  EXPECT_EQ(change(words).at("result"), 1);
  const json::object again = change(words);
  EXPECT_EQ(again.at("repeated"), true);
  EXPECT_EQ(again.at("result"), 1);
  EXPECT_EQ(redis_.must({"LLEN", "l"}).integer, 1);
}

TEST_F(ElementCommands, ATypeThatDoesNotFitIsAConflict) {
  redis_.must({"SET", "k", "text"});
  EXPECT_EQ(codeOf({"hash", "list", "cache", "k"}, 6), "CONFLICT");
  EXPECT_EQ(codeOf({"hash", "get", "cache", "k", "f"}, 6), "CONFLICT");
  EXPECT_EQ(codeOf({"hash", "set", "cache", "k", "f", "v"}, 6), "CONFLICT");
  EXPECT_EQ(codeOf({"set", "has", "cache", "k", "m"}, 6), "CONFLICT");
  MemcachedServer memcached;
  ASSERT_EQ(run({"connections", "add", "--name", "m", "--engine", "memcached", "--port",
                 std::to_string(memcached.port())})
                .exitCode,
            0);
  EXPECT_EQ(codeOf({"hash", "set", "m", "h", "f", "v"}, 1), "NOT_SUPPORTED");
  change({"keys", "set", "m", "n", "41"});
  EXPECT_EQ(change({"keys", "increment", "m", "n"}).at("result"), 42);
  EXPECT_EQ(codeOf({"keys", "append", "m", "none", "x"}, 4), "NOT_FOUND");
}

TEST_F(ElementCommands, WithoutTheModuleRedisJsonIsNotSupported) {
  const auto refused = errorOf({"json", "set", "cache", "doc", "$", "{}"}, 1);
  EXPECT_EQ(refused.at("code").as_string(), "NOT_SUPPORTED");
  EXPECT_THAT(std::string(refused.at("message").as_string()), HasSubstr("RedisJSON"));
  EXPECT_EQ(codeOf({"json", "get", "cache", "doc"}, 1), "NOT_SUPPORTED");
  redis_.must({"SET", "text", "{}"});
  EXPECT_EQ(codeOf({"json", "get", "cache", "text"}, 6), "CONFLICT");
  EXPECT_EQ(codeOf({"json", "remove", "cache", "text", "$"}, 6), "CONFLICT");
}

TEST_F(ElementCommands, ALongStringIsShownInPartAndPassedOnWhole) {
  const std::string text(3 << 20, 'x');
  redis_.must({"SET", "long", text});
  const json::object shown = page({"keys", "get", "cache", "long"});
  EXPECT_EQ(shown.at("value").as_string().size(), std::size_t{1} << 20);
  EXPECT_EQ(shown.at("nextCursor"), "1048576");
  EXPECT_THAT(run({"keys", "get", "cache", "long"}).err, HasSubstr("--cursor 1048576"));
  EXPECT_TRUE(run({"keys", "get", "cache", "long", "--raw"}).out == text);
}

}  // namespace
}  // namespace cachify::test
