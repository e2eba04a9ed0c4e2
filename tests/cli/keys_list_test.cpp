#include <gmock/gmock.h>

#include <set>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;

class KeysList : public CliWithRedis {
 protected:
  KeysList() {
    std::vector<std::vector<std::string>> commands;
    for (int i = 0; i < 1000; ++i) commands.push_back({"SET", "user:" + std::to_string(i), "v"});
    redis_.pipeline(commands);
  }
};

TEST_F(KeysList, PagesByCursorMissNothing) {
  std::set<std::string> seen;
  std::string cursor;
  std::int64_t scanned = 0;
  do {
    Words words{"keys", "list", "cache", "--match", "user:*", "--limit", "300"};
    if (!cursor.empty()) words.insert(words.end(), {"--cursor", cursor});
    const json::object page = document(words, "keys.list").as_object();
    for (const auto& key : page.at("keys").as_array()) seen.insert(std::string(key.at("key").as_string()));
    scanned += page.at("scanned").to_number<std::int64_t>();
    EXPECT_EQ(page.at("total"), 1000);
    cursor = page.at("nextCursor").is_null() ? "" : std::string(page.at("nextCursor").as_string());
  } while (!cursor.empty());
  EXPECT_EQ(seen.size(), 1000U);
  EXPECT_GE(scanned, 1000);
}

TEST_F(KeysList, ATypeThatThereIsNotIsNamedWithThoseThereAre) {
  EXPECT_EQ(run({"keys", "list", "cache", "--type", "bogus"}).err,
            "error: type must be one of string, hash, list, set, zset, stream, json, not 'bogus'\n");
}

TEST_F(KeysList, AllIsAStreamOfLines) {
  const CliResult result = run({"--json", "keys", "list", "cache", "--all"});
  EXPECT_EQ(result.exitCode, 0);
  const auto lines = parseLines(result.out);
  EXPECT_EQ(lines.size(), 1000U);
  EXPECT_EQ(complaint(lines.front(), "keys.list.line"), "");
  EXPECT_EQ(result.err, "");
}

TEST_F(KeysList, DescribeFetchesTypeTtlAndSize) {
  redis_.must({"FLUSHALL"});
  redis_.must({"SET", "text", "hello", "EX", "500"});
  EXPECT_EQ(run({"keys", "list", "cache", "--describe"}).out,
            "TYPE      TTL  SIZE  KEY\n"
            "string  499 s   5 B  text\n");
  const json::value key = document({"keys", "list", "cache", "--describe"}, "keys.list").at("keys").at(0);
  EXPECT_EQ(key.at("type"), "string");
  EXPECT_GT(key.at("ttlMs").to_number<int>(), 400'000);
}

TEST_F(KeysList, ExactTakesThePatternLiterallyAndTypeFilters) {
  redis_.must({"SET", "a*", "v"});
  redis_.must({"SET", "ab", "v"});
  redis_.must({"RPUSH", "al", "v"});
  EXPECT_EQ(run({"keys", "list", "cache", "--match", "a*", "--exact", "--limit", "5000"}).out, "KEY\na*\n");
  EXPECT_EQ(run({"keys", "list", "cache", "--match", "a*", "--type", "list", "--limit", "5000"}).out,
            "KEY\nal\n");
  EXPECT_THAT(run({"keys", "list", "cache", "--limit", "5000"}).err,
              HasSubstr("1 003 keys, 1 003 of ~1 003 scanned."));
}

TEST_F(KeysList, BadLimitTypeAndCursorAreValidationErrors) {
  EXPECT_EQ(errorOf({"keys", "list", "cache", "--limit", "0"}, 2).at("details").at("field").as_string(),
            "limit");
  EXPECT_EQ(run({"keys", "list", "cache", "--type", "nonsense"}).exitCode, 2);
  EXPECT_EQ(run({"keys", "list", "cache", "--cursor", "nonsense"}).exitCode, 2);
  EXPECT_EQ(run({"keys", "list", "cache", "--all", "--limit", "3"}).exitCode, 2);
}

TEST_F(KeysList, AReaderThatGoesAwayEndsTheCommandWithoutASignal) {
  std::vector<std::vector<std::string>> commands;
  for (int i = 0; i < 1000; ++i) commands.push_back({"SET", std::string(1000, 'k') + std::to_string(i), "v"});
  redis_.pipeline(commands);
  CliProcess list(input({"keys", "list", "cache", "--all"}));  // writes more than a pipe holds
  list.waitForOutput("KEY");
  list.closeOutput();
  const CliResult result = list.wait();
  EXPECT_EQ(result.exitCode, 1);
  EXPECT_EQ(result.err, "");
}

}  // namespace
}  // namespace cachify::test
