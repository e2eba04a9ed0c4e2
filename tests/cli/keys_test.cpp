#include <gmock/gmock.h>

#include <fstream>

#include "cli/cli_fixture.hpp"
#include "core/bytes.hpp"
#include "core/digest.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;

const std::string kOddKey("k\xff\x00\x01", 4);

class KeysCommand : public CliWithRedis {
 protected:
  json::object get(const Words& more, int exitCode = 0) {
    Words words{"keys", "get", "cache"};
    words.insert(words.end(), more.begin(), more.end());
    return document(words, "keys.get", exitCode).as_object();
  }
  json::object change(const Words& words, int exitCode = 0) {
    return document(words, "mutation", exitCode).as_object();
  }
};

TEST_F(KeysCommand, GetTellsValueTypeTtlAndDigest) {
  redis_.must({"SET", "user:1", "hello", "PX", "90000"});
  const json::object got = get({"user:1"});
  EXPECT_EQ(got.at("value"), "hello");
  EXPECT_EQ(got.at("type"), "string");
  EXPECT_EQ(got.at("sizeBytes"), 5);
  EXPECT_GT(got.at("ttlMs").as_int64(), 80'000);
  EXPECT_EQ(got.at("digest").as_string(), toHex(sha256("hello")));
  EXPECT_EQ(run({"keys", "get", "cache", "user:1"}).out, "hello\n");
  EXPECT_EQ(run({"keys", "get", "cache", "user:1", "--raw"}).out, "hello");
}

TEST_F(KeysCommand, AnAbsentKeyIsADocumentAndExitsFour) {
  const json::object got = get({"nothing"}, 4);
  EXPECT_EQ(got.at("exists"), false);
  EXPECT_EQ(got.at("type"), "none");
  EXPECT_EQ(run({"keys", "get", "cache", "nothing"}).exitCode, 4);
  EXPECT_EQ(errorOf({"keys", "delete", "cache", "nothing"}, 4).at("code").as_string(), "NOT_FOUND");
  EXPECT_EQ(errorOf({"keys", "rename", "cache", "nothing", "x"}, 4).at("code").as_string(), "NOT_FOUND");
  EXPECT_EQ(errorOf({"keys", "ttl", "cache", "nothing", "--persist"}, 4).at("code").as_string(), "NOT_FOUND");
}

TEST_F(KeysCommand, CollectionsAreArraysOfTheirElements) {
  redis_.must({"HSET", "h", "f", "v"});
  redis_.must({"RPUSH", "l", "a", "b"});
  redis_.must({"ZADD", "z", "1.5", "m"});
  redis_.must({"XADD", "s", "1-1", "f", "v"});
  redis_.must({"SADD", "set", "x"});
  EXPECT_EQ(get({"h"}).at("value"), json::parse(R"([{"field":"f","value":"v"}])"));
  EXPECT_EQ(get({"l"}).at("value"), json::parse(R"(["a","b"])"));
  EXPECT_EQ(get({"z"}).at("value"), json::parse(R"([{"member":"m","score":"1.5"}])"));
  EXPECT_EQ(get({"s"}).at("value"), json::parse(R"([{"id":"1-1","fields":[{"field":"f","value":"v"}]}])"));
  EXPECT_EQ(get({"set"}).at("value"), json::parse(R"(["x"])"));
  EXPECT_NE(get({"h"}).at("digest"), nullptr);
  EXPECT_EQ(run({"keys", "get", "cache", "h"}).out, "FIELD  VALUE\nf      v\n");
  EXPECT_EQ(run({"keys", "get", "cache", "h", "--raw"}).exitCode, 2);
}

TEST_F(KeysCommand, BigValuesAndCollectionsComeInParts) {
  redis_.must({"SET", "big", std::string(10'000, 'x')});
  const json::object cut = get({"big", "--max-bytes", "100"});
  EXPECT_EQ(cut.at("value").as_string().size(), 100U);
  EXPECT_EQ(cut.at("sizeBytes"), 10'000);
  EXPECT_EQ(cut.at("complete"), false);
  EXPECT_EQ(cut.at("digest"), nullptr);
  for (int i = 0; i < 1000; ++i) redis_.must({"RPUSH", "long", std::to_string(i)});
  const json::object page = get({"long", "--max-items", "100"});
  EXPECT_EQ(page.at("complete"), false);
  const json::object next =
      get({"long", "--max-items", "100", "--cursor", std::string(page.at("nextCursor").as_string())});
  EXPECT_NE(next.at("value").as_array().front(), page.at("value").as_array().front());
}

TEST_F(KeysCommand, KeysAndValuesAreBytes) {
  const std::string key64 = toBase64(kOddKey);
  const std::string value("\x00\xfe\n\x1b[31m", 8);
  change({"keys", "set", "cache", "--key-base64", key64, "--value-base64", toBase64(value)});
  EXPECT_EQ(redis_.must({"GET", kOddKey}).text, value);
  const json::object got = get({"--key-base64", key64});
  EXPECT_EQ(got.at("key"), "k\\xff\\x00\\x01");
  EXPECT_EQ(got.at("keyBase64").as_string(), key64);
  EXPECT_EQ(got.at("valueBase64").as_string(), toBase64(value));
  EXPECT_EQ(run({"keys", "get", "cache", "--key-base64", key64}).out, "\\x00\\xfe\n\\x1b[31m\n");
  EXPECT_EQ(run({"keys", "get", "cache", "--key-base64", key64, "--raw"}).out, value);
  EXPECT_THAT(run({"keys", "list", "cache"}).out, HasSubstr("k\\xff\\x00\\x01\n"));
  const auto listed = document({"keys", "list", "cache"}, "keys.list").at("keys").as_array();
  EXPECT_EQ(listed.front().at("keyBase64").as_string(), key64);
}

TEST_F(KeysCommand, TextThatIsUtf8ComesBackAsItIs) {
  const std::string text = "line\none\ttwo \\ \"quoted\" ünïcode [1,2] {}";
  change({"keys", "set", "cache", "text", text});
  const json::object got = get({"text"});
  EXPECT_EQ(got.at("value").as_string(), text);
  EXPECT_FALSE(got.contains("valueBase64"));
  for (const std::string odd : {"", "[1,2]", "{}", "keys", "list"}) {
    change({"keys", "set", "cache", odd.empty() ? "empty" : odd, odd});
    EXPECT_EQ(get({odd.empty() ? "empty" : odd}).at("value").as_string(), odd);
  }
  change({"keys", "set", "cache", "--", "--json", "-v"});
  EXPECT_EQ(redis_.must({"GET", "--json"}).text, "-v");
}

TEST_F(KeysCommand, ValuesComeFromFileStdinOrBase64) {
  const std::string value("\xff\x00zwei\n", 7);
  const std::string file = directory_ / "value";
  std::ofstream(file, std::ios::binary) << value;
  change({"keys", "set", "cache", "f", "--value-file", file});
  EXPECT_EQ(redis_.must({"GET", "f"}).text, value);
  document({"keys", "set", "cache", "s", "--value-stdin"}, "mutation", 0, value);
  EXPECT_EQ(redis_.must({"GET", "s"}).text, value);
  change({"keys", "set", "cache", "--key-base64", toBase64("b"), "text"});
  EXPECT_EQ(redis_.must({"GET", "b"}).text, "text");
  EXPECT_EQ(errorOf({"keys", "set", "cache", "x"}, 2).at("details").at("field").as_string(), "value");
  EXPECT_EQ(errorOf({"keys", "set", "cache", "x", "v", "--value-file", file}, 2)
                .at("details")
                .at("field")
                .as_string(),
            "value");
  EXPECT_EQ(run({"keys", "set", "cache", "x", "--value-file", file + ".not"}).exitCode, 2);
  EXPECT_EQ(
      errorOf({"keys", "set", "cache", "x", "--value-base64", "%"}, 2).at("details").at("field").as_string(),
      "--value-base64");
  EXPECT_EQ(run({"keys", "get", "cache"}).exitCode, 2);
}

TEST_F(KeysCommand, SetKeepsTheTtlUnlessOneIsGiven) {
  redis_.must({"SET", "k", "old", "PX", "90000"});
  EXPECT_THAT(std::string(change({"keys", "set", "cache", "k", "newer"}).at("change").as_string()),
              HasSubstr("string 3 B → 5 B"));
  EXPECT_GT(redis_.must({"PTTL", "k"}).integer, 80'000);
  change({"keys", "set", "cache", "k", "v", "--ttl", "10"});
  EXPECT_LE(redis_.must({"PTTL", "k"}).integer, 10'000);
  change({"keys", "set", "cache", "k", "v", "--no-ttl"});
  EXPECT_EQ(redis_.must({"PTTL", "k"}).integer, -1);
  EXPECT_EQ(run({"keys", "set", "cache", "k", "v", "--ttl", "10", "--no-ttl"}).exitCode, 2);
  EXPECT_EQ(
      errorOf({"keys", "set", "cache", "k", "v", "--ttl", "0"}, 2).at("details").at("field").as_string(),
      "ttlSeconds");
}

TEST_F(KeysCommand, AValueThatChangedSinceItWasReadIsAConflict) {
  redis_.must({"SET", "k", "one"});
  const std::string digest(get({"k"}).at("digest").as_string());
  redis_.must({"SET", "k", "two"});
  const json::object conflict = errorOf({"keys", "set", "cache", "k", "three", "--if-digest", digest}, 6);
  EXPECT_EQ(conflict.at("code").as_string(), "CONFLICT");
  EXPECT_EQ(redis_.must({"GET", "k"}).text, "two");
  change({"keys", "set", "cache", "k", "three", "--if-digest",
          std::string(get({"k"}).at("digest").as_string())});
  EXPECT_EQ(redis_.must({"GET", "k"}).text, "three");
}

TEST_F(KeysCommand, DeleteRenameAndTtlSayWhatChanged) {
  redis_.must({"SET", "a", "12345"});
  redis_.must({"SET", "b", "1"});
  EXPECT_EQ(errorOf({"keys", "rename", "cache", "a", "b"}, 6).at("code").as_string(), "CONFLICT");
  const json::object renamed = change({"keys", "rename", "cache", "a", "b", "--replace"});
  EXPECT_EQ(renamed.at("snapshots").as_array().size(), 2U);
  EXPECT_EQ(redis_.must({"GET", "b"}).text, "12345");
  change({"keys", "ttl", "cache", "b", "--ms", "50000"});
  EXPECT_GT(redis_.must({"PTTL", "b"}).integer, 40'000);
  change({"keys", "ttl", "cache", "b", "--persist"});
  EXPECT_EQ(redis_.must({"PTTL", "b"}).integer, -1);
  EXPECT_EQ(run({"keys", "ttl", "cache", "b"}).exitCode, 2);
  const CliResult deleted = run({"keys", "delete", "cache", "b"});
  EXPECT_EQ(deleted.out, "deleted 'b': string 5 B → absent\n");
  EXPECT_THAT(deleted.err, HasSubstr("cachify snapshots restore "));
  EXPECT_EQ(redis_.must({"EXISTS", "b"}).integer, 0);
}

TEST_F(KeysCommand, ARepeatUnderTheSameIdempotencyKeyIsExecutedOnce) {
  const Words words{"keys", "set", "cache", "k", "v", "--idempotency-key", "order-1"};
  const json::object first = change(words);
  redis_.must({"SET", "k", "changed since"});
  const json::object second = change(words);
  EXPECT_EQ(second.at("repeated"), true);
  EXPECT_EQ(second.at("mutationId"), first.at("mutationId"));
  EXPECT_EQ(redis_.must({"GET", "k"}).text, "changed since");
  EXPECT_EQ(run({"keys", "set", "cache", "k", "other", "--idempotency-key", "order-1"}).exitCode, 6);
}

TEST_F(KeysCommand, MemcachedValuesHaveFlagsAndTtl) {
  MemcachedServer server;
  ASSERT_EQ(run({"connections", "add", "--name", "m", "--engine", "memcached", "--port",
                 std::to_string(server.port())})
                .exitCode,
            0);
  change({"keys", "set", "m", "k", "v", "--flags", "7", "--ttl", "100"});
  const json::object got = document({"keys", "get", "m", "k"}, "keys.get").as_object();
  EXPECT_EQ(got.at("flags"), 7);
  EXPECT_GT(got.at("ttlMs").as_int64(), 90'000);
  change({"keys", "delete", "m", "k"});
  EXPECT_EQ(run({"keys", "get", "m", "k"}).exitCode, 4);
  EXPECT_EQ(errorOf({"keys", "set", "m", "k", "v", "--flags", "4294967296"}, 2)
                .at("details")
                .at("field")
                .as_string(),
            "flags");
}

}  // namespace
}  // namespace cachify::test
