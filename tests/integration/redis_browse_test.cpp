// Probing, listing and reading against a real server.

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <thread>

#include "support/redis_fixture.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;
using domain::ValueType;
using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::Not;

class RedisBrowsing : public test::RedisFixture {
 protected:
  std::vector<Bytes> scanAll(CacheSession& session, ScanRequest request, std::uint64_t* scanned = nullptr) {
    std::vector<Bytes> keys;
    do {
      auto page = run(session.scan(request, soon()));
      if (!page) throw std::runtime_error(page.error().message);
      std::ranges::move(page->keys, std::back_inserter(keys));
      if (scanned != nullptr) *scanned += page->scanned;
      request.cursor = page->nextCursor;
    } while (!request.cursor.empty());
    return keys;
  }
  void fill(int count) { cli_.must({"DEBUG", "POPULATE", std::to_string(count), "key", "4"}); }
};

TEST_F(RedisBrowsing, ProbeTellsVersionRoleAndCapabilities) {
  const auto session = open(profile());
  const auto info = run(session->probe(soon()));
  ASSERT_TRUE(info) << info.error().message;
  EXPECT_TRUE(info->version.starts_with("7.")) << info->version;
  EXPECT_EQ(info->role, "master");
  EXPECT_GT(info->latency.count(), 0);
  EXPECT_THAT(info->missingRights, ElementsAre());
  for (const auto capability : {Capability::ttl, Capability::patternScan, Capability::monitorStream,
                                Capability::slowLog, Capability::bulkDeletePreview,
                                Capability::snapshotRestore, Capability::typedValues, Capability::cas}) {
    EXPECT_TRUE((*info)[capability].supported) << wireName(capability) << (*info)[capability].reason;
  }
  EXPECT_FALSE((*info)[Capability::keyspaceEvents].supported);
  EXPECT_THAT((*info)[Capability::keyspaceEvents].reason, testing::HasSubstr("notify-keyspace-events"));
  cli_.must({"CONFIG", "SET", "notify-keyspace-events", "KEA"});
  EXPECT_TRUE(run(session->probe(soon())).value()[Capability::keyspaceEvents].supported);
  EXPECT_EQ(cli_.must({"DBSIZE"}).integer, 0) << "probing must change nothing";
}

TEST_F(RedisBrowsing, WorksOverAUnixSocketAndInAnotherDatabase) {
  auto there = profile();
  there.host.clear();
  there.port = 0;
  there.unixSocket = server_.unixSocket();
  there.dbIndex = 3;
  const auto session = open(there);
  cli_.must({"SELECT", "3"});
  cli_.must({"SET", "three", "3"});
  EXPECT_THAT(run(session->scan({}, soon()))->keys, ElementsAre("three"));
}

TEST_F(RedisBrowsing, AUserWithFewRightsProbesAndBrowses) {
  cli_.must({"SET", "greeting", "hello"});
  const auto session = openAs("reader", {"~*", "+get", "+scan"});
  const auto info = run(session->probe(soon()));
  ASSERT_TRUE(info) << info.error().message;
  EXPECT_THAT(info->missingRights, IsSupersetOf({"ping", "info", "config|get", "dump", "type", "multi"}));
  EXPECT_THAT(info->missingRights, Not(Contains("get")));
  EXPECT_THAT(info->missingRights, Not(Contains("scan")));
  EXPECT_TRUE((*info)[Capability::patternScan].supported);
  EXPECT_FALSE((*info)[Capability::snapshotRestore].supported);
  EXPECT_THAT((*info)[Capability::snapshotRestore].reason, testing::HasSubstr("dump"));
  EXPECT_FALSE((*info)[Capability::cas].supported);

  EXPECT_THAT(scanAll(*session, {.pattern = "gree*"}), ElementsAre("greeting"));
  const auto value = run(session->read("greeting", {}, soon()));
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(std::get<Bytes>(value->value), "hello");
  EXPECT_EQ(run(session->read("absent", {}, soon()))->type, ValueType::none);
  const auto described = run(session->describe({"greeting"}, soon()));
  ASSERT_TRUE(described);
  EXPECT_FALSE(described->front().sizeBytes);
}

TEST_F(RedisBrowsing, TheRightsOfAUserBoundToSomeKeysAreSeen) {
  const auto session = openAs("app", {"~app:*", "+@all"});
  const auto info = run(session->probe(soon()));
  EXPECT_THAT(info->missingRights, ElementsAre());
  EXPECT_TRUE(info->boundToKeys);
}

TEST_F(RedisBrowsing, WhatCannotBeTriedIsNotCalledAllowedOrRefused) {
  const auto session = openAs("reader", {"~*", "+@all", "-multi"});
  const auto info = run(session->probe(soon()));
  ASSERT_TRUE(info) << info.error().message;
  EXPECT_THAT(info->missingRights, ElementsAre("multi"));
  EXPECT_FALSE(info->boundToKeys);
  const auto& restores = (*info)[Capability::snapshotRestore];
  EXPECT_TRUE(restores.supported);
  EXPECT_THAT(restores.reason, testing::HasSubstr("not known"));
  EXPECT_THAT(restores.reason, testing::HasSubstr("restore"));
}

/// The servers' own count of the calls of a command, whether they succeeded or not.
TEST_F(RedisBrowsing, ProbingRunsNoCommandThatWrites) {
  const auto session = open(profile());
  cli_.must({"CONFIG", "RESETSTAT"});
  ASSERT_TRUE(run(session->probe(soon())));
  ASSERT_TRUE(run(session->captureHeld({"absent"}, {}, soon())));
  const Bytes stats = cli_.must({"INFO", "commandstats"}).text;
  EXPECT_THAT(stats, testing::HasSubstr("cmdstat_scan:"));
  for (const auto* writer : {"set", "restore", "unlink", "del", "rename", "renamenx", "pexpireat", "persist",
                             "rpush", "hset", "sadd", "zadd", "xadd"}) {
    EXPECT_THAT(stats, Not(testing::HasSubstr(std::string("cmdstat_") + writer + ":"))) << writer;
  }
}

TEST_F(RedisBrowsing, RefusedLoginsSaySo) {
  auto wrong = profile();
  cli_.must({"CONFIG", "SET", "requirepass", "s3cret"});
  EXPECT_EQ(run(open(wrong)->probe(soon())).error().code, ErrorCode::unauthorized);
  const auto refused = run(open(wrong, "guess")->probe(soon()));
  EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
  EXPECT_FALSE(refused.error().retryable);
  EXPECT_TRUE(run(open(wrong, "s3cret")->probe(soon())));
  wrong.dbIndex = 99;
  EXPECT_EQ(run(open(wrong, "s3cret")->probe(soon())).error().code, ErrorCode::validationError);
}

TEST_F(RedisBrowsing, AServerThatIsNotRedisIsNamedAsSuch) {
  const test::MemcachedServer other;
  auto there = profile();
  there.port = other.port();
  const auto answer = run(open(there)->probe(soon()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::connectionFailed);
}

TEST_F(RedisBrowsing, ScanPagesOverAHundredThousandKeysMissNone) {
  fill(100'000);
  const auto session = open(profile());
  for (const std::uint32_t limit : {777u, 50'000u}) {
    std::uint64_t scanned = 0;
    const auto keys = scanAll(*session, {.limit = limit}, &scanned);
    EXPECT_EQ(std::set(keys.begin(), keys.end()).size(), 100'000u);
    EXPECT_EQ(scanned, keys.size());
  }
}

TEST_F(RedisBrowsing, ScanWithAPatternFindsAllAndCountsWhatItLookedAt) {
  fill(100'000);
  const auto session = open(profile());
  std::uint64_t scanned = 0;
  const auto keys = scanAll(*session, {.pattern = "key:*77", .limit = 50}, &scanned);
  EXPECT_EQ(std::set(keys.begin(), keys.end()).size(), 1'000u);
  EXPECT_EQ(scanned, 100'000u);
}

TEST_F(RedisBrowsing, AScanPageEndsAfterMaxScannedEvenIfNothingMatched) {
  fill(50'000);
  const auto session = open(profile());
  const auto page = run(session->scan({.pattern = "nothing*", .maxScanned = 20'000}, soon()));
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->keys.empty());
  EXPECT_FALSE(page->nextCursor.empty());
  EXPECT_EQ(page->scanned, 20'000u);
  EXPECT_EQ(page->total, 50'000u);
}

TEST_F(RedisBrowsing, ScanByTypeGivesThatTypeAlone) {
  fill(500);
  for (int i = 0; i < 40; ++i) cli_.must({"HSET", "h" + std::to_string(i), "f", "v"});
  const auto session = open(profile());
  EXPECT_EQ(scanAll(*session, {.limit = 10, .type = ValueType::hash}).size(), 40u);
  EXPECT_EQ(scanAll(*session, {.limit = 10, .type = ValueType::other}).size(), 0u);
}

TEST_F(RedisBrowsing, AScanBeginsAgainWhenTheServerRestarted) {
  fill(5'000);
  const auto session = open(profile());
  const auto before = run(session->scan({.limit = 1'000}, soon()));
  ASSERT_TRUE(before);
  server_.restart();
  test::RedisCli again(server_);
  again.must({"DEBUG", "POPULATE", "5000", "key", "4"});
  ScanRequest request{.cursor = before->nextCursor, .limit = 1'000};
  const auto keys = scanAll(*session, request);
  EXPECT_EQ(std::set(keys.begin(), keys.end()).size(), 5'000u);
}

TEST_F(RedisBrowsing, DescribesTypeTtlAndSize) {
  cli_.must({"SET", "s", "12345", "PX", "100000"});
  cli_.must({"RPUSH", "l", "a", "b"});
  const auto session = open(profile());
  const auto result = run(session->describe({"s", "absent", "l"}, soon()));
  ASSERT_TRUE(result);
  EXPECT_EQ((*result)[0].type, ValueType::string);
  EXPECT_EQ((*result)[0].sizeBytes, 5u);
  EXPECT_GT((*result)[0].ttl.value(), 90s);
  EXPECT_EQ((*result)[1].type, ValueType::none);
  EXPECT_EQ((*result)[2].type, ValueType::list);
  EXPECT_FALSE((*result)[2].ttl);
  EXPECT_GT((*result)[2].sizeBytes.value(), 0u);
}

class RedisReading : public RedisBrowsing {
 protected:
  /// Reads page by page; `count` and `collect` see each page.
  template <class Collect>
  int readAll(CacheSession& session, const Bytes& key, ReadRange range, Collect collect) {
    int pages = 0;
    do {
      auto page = run(session.read(key, range, soon()));
      if (!page) throw std::runtime_error(page.error().message);
      collect(*page);
      range.cursor = page->nextCursor;
      ++pages;
    } while (!range.cursor.empty());
    return pages;
  }
};

TEST_F(RedisReading, StringsComeInPiecesBeyondMaxBytes) {
  cli_.must({"SET", "s", "0123456789", "PX", "100000"});
  const auto session = open(profile());
  Bytes whole;
  const int pages = readAll(*session, "s", {.maxBytes = 4}, [&](const ReadValue& page) {
    EXPECT_EQ(page.sizeBytes, 10u);
    whole += std::get<Bytes>(page.value);
  });
  EXPECT_EQ(whole, "0123456789");
  EXPECT_EQ(pages, 3);
  const auto value = run(session->read("s", {}, soon()));
  EXPECT_EQ(value->encoding, "embstr");
  EXPECT_TRUE(value->ttl);
  EXPECT_TRUE(value->nextCursor.empty());
}

TEST_F(RedisReading, CollectionsComeInPagesWithNothingLeftOut) {
  std::set<Bytes> expected;
  std::vector<std::vector<std::string>> commands;
  for (int i = 0; i < 2'500; ++i) {
    const auto n = std::to_string(i);
    expected.insert(n);
    commands.insert(commands.end(), {{"RPUSH", "l", n},
                                     {"SADD", "set", "m" + n},
                                     {"ZADD", "z", n + ".5", n},
                                     {"HSET", "h", n, "v" + n},
                                     {"XADD", "x", n + "-7", "f", n}});
  }
  cli_.pipeline(commands);
  const auto session = open(profile());
  const ReadRange range{.maxItems = 300};

  std::vector<Bytes> list;
  readAll(*session, "l", range, [&](const ReadValue& page) {
    const auto& items = std::get<domain::ListValue>(page.value).items;
    EXPECT_LE(items.size(), 300u);
    list.insert(list.end(), items.begin(), items.end());
  });
  ASSERT_EQ(list.size(), 2'500u);
  EXPECT_EQ(list[1'234], "1234");

  std::set<Bytes> members;
  readAll(*session, "set", range, [&](const ReadValue& page) {
    for (const auto& member : std::get<domain::SetValue>(page.value).members)
      members.insert(member.substr(1));
  });
  EXPECT_EQ(members, expected);

  std::vector<domain::ScoredMember> scored;
  readAll(*session, "z", range, [&](const ReadValue& page) {
    const auto& items = std::get<domain::ZSetValue>(page.value).members;
    scored.insert(scored.end(), items.begin(), items.end());
  });
  ASSERT_EQ(scored.size(), 2'500u);
  EXPECT_EQ(scored[1'234], (domain::ScoredMember{"1234", "1234.5"}));

  std::set<Bytes> fields;
  readAll(*session, "h", range, [&](const ReadValue& page) {
    for (const auto& entry : std::get<domain::HashValue>(page.value).entries) {
      EXPECT_EQ(entry.value, "v" + entry.field);
      fields.insert(entry.field);
    }
  });
  EXPECT_EQ(fields, expected);

  std::vector<domain::StreamEntry> entries;
  readAll(*session, "x", range, [&](const ReadValue& page) {
    const auto& items = std::get<domain::StreamValue>(page.value).entries;
    entries.insert(entries.end(), items.begin(), items.end());
  });
  ASSERT_EQ(entries.size(), 2'500u);
  EXPECT_EQ(entries[1'234], (domain::StreamEntry{"1234-7", {{"f", "1234"}}}));
}

TEST_F(RedisReading, PagesOfBigElementsEndByBytes) {
  for (int i = 0; i < 20; ++i) cli_.must({"RPUSH", "l", std::string(100'000, 'x')});
  const auto session = open(profile());
  std::size_t items = 0;
  const int pages = readAll(*session, "l", {.maxBytes = 250'000}, [&](const ReadValue& page) {
    EXPECT_LE(page.sizeBytes, 250'000u);
    items += std::get<domain::ListValue>(page.value).items.size();
  });
  EXPECT_EQ(items, 20u);
  EXPECT_EQ(pages, 10);
}

TEST_F(RedisReading, ACursorOfNoPageIsRefused) {
  cli_.must({"RPUSH", "l", "a"});
  const auto session = open(profile());
  EXPECT_EQ(run(session->read("l", {.cursor = "x"}, soon())).error().code, ErrorCode::validationError);
  EXPECT_EQ(run(session->scan({.cursor = "17"}, soon())).error().code, ErrorCode::validationError);
}

}  // namespace
}  // namespace cachify::cache
