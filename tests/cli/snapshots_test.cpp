#include <gmock/gmock.h>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;

class SnapshotsCommand : public CliWithRedis {
 protected:
  json::array list(const Words& more = {}) {
    Words words{"snapshots", "list"};
    words.insert(words.end(), more.begin(), more.end());
    return document(words, "snapshots.list").at("snapshots").as_array();
  }
  /// The snapshot that this change of `cache` left of its first key.
  std::string snapshotOf(const Words& words) {
    return std::string(document(words, "mutation").at("snapshots").at(0).at("id").as_string());
  }
};

TEST_F(SnapshotsCommand, ADeletedKeyComesBackWithValueTypeAndRemainingTtl) {
  redis_.must({"HSET", "h", "f", "v"});
  redis_.must({"PEXPIRE", "h", "90000"});
  const std::string id = snapshotOf({"keys", "delete", "cache", "h"});
  document({"snapshots", "restore", id}, "mutation");
  EXPECT_EQ(redis_.must({"HGET", "h", "f"}).text, "v");
  EXPECT_LE(redis_.must({"PTTL", "h"}).integer, 90'000);
  EXPECT_GT(redis_.must({"PTTL", "h"}).integer, 60'000);
  const std::string undo(list().front().at("id").as_string());
  document({"snapshots", "restore", undo}, "mutation");
  EXPECT_EQ(redis_.must({"EXISTS", "h"}).integer, 0);
}

TEST_F(SnapshotsCommand, ListIsNewestFirstWithTheReason) {
  redis_.must({"SET", "k", "v", "EX", "500"});
  document({"keys", "set", "cache", "k", "w"}, "mutation");
  document({"keys", "ttl", "cache", "k", "--persist"}, "mutation");
  document({"keys", "set", "cache", "other", "w"}, "mutation");
  const json::array all = list({"cache"});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all.at(0).at("existed"), false);
  EXPECT_EQ(all.at(1).at("reason"), "ttl");
  EXPECT_EQ(all.at(2).at("reason"), "set");
  EXPECT_GT(all.at(2).at("ttlMs").to_number<int>(), 400'000);
  EXPECT_EQ(list({"cache", "--key", "k"}).size(), 2U);
  const json::value page = document({"snapshots", "list", "--limit", "2"}, "snapshots.list");
  const std::string cursor(page.at("nextCursor").as_string());
  EXPECT_EQ(list({"--limit", "2", "--cursor", cursor}).size(), 1U);
  EXPECT_EQ(errorOf({"snapshots", "list", "--key", "k"}, 2).at("code").as_string(), "VALIDATION_ERROR");
}

TEST_F(SnapshotsCommand, ShowPreviewsTheValueOnlyWhenAsked) {
  redis_.must({"SET", "k", "the old value"});
  const std::string id = snapshotOf({"keys", "delete", "cache", "k"});
  EXPECT_FALSE(document({"snapshots", "show", id}, "snapshots.show").as_object().contains("value"));
  EXPECT_EQ(document({"snapshots", "show", id, "--value"}, "snapshots.show").at("value"), "the old value");
  EXPECT_THAT(run({"snapshots", "show", id, "--value"}).out, HasSubstr("the old value\n"));
}

TEST_F(SnapshotsCommand, DiffShowsWhatTwoValuesDoNotShare) {
  redis_.must({"SET", "k", "one\ntwo\nthree"});
  const std::string first = snapshotOf({"keys", "set", "cache", "k", "one\n2\nthree"});
  const json::value live = document({"snapshots", "diff", first, "--live"}, "snapshots.diff");
  EXPECT_EQ(live.at("equal"), false);
  EXPECT_EQ(live.at("differences"),
            json::parse(R"([{"side":"left","text":"two"},{"side":"right","text":"2"}])"));
  const std::string second = snapshotOf({"keys", "delete", "cache", "k"});
  EXPECT_EQ(document({"snapshots", "diff", first, second}, "snapshots.diff").at("differences"),
            live.at("differences"));
  EXPECT_EQ(document({"snapshots", "diff", second, second}, "snapshots.diff").at("equal"), true);
  EXPECT_THAT(run({"snapshots", "diff", first, second}).out, HasSubstr("- two\n+ 2\n"));
  EXPECT_EQ(run({"snapshots", "diff", first}).exitCode, 2);
}

TEST_F(SnapshotsCommand, AKeyThatSomebodyElseChangedIsAConflictUnlessForced) {
  redis_.must({"SET", "k", "old"});
  const std::string id = snapshotOf({"keys", "set", "cache", "k", "ours"});
  redis_.must({"SET", "k", "theirs"});
  EXPECT_EQ(errorOf({"snapshots", "restore", "cache", "k", "--latest"}, 6).at("code").as_string(),
            "CONFLICT");
  EXPECT_EQ(redis_.must({"GET", "k"}).text, "theirs");
  document({"snapshots", "restore", id, "--force"}, "mutation");
  EXPECT_EQ(redis_.must({"GET", "k"}).text, "old");
}

TEST_F(SnapshotsCommand, UnknownAndMalformedIdsAreToldApart) {
  const std::string unknown = "01a206b1-7850-7eec-87f4-6edf68a1a1ef";
  for (const Words& words : {Words{"snapshots", "show", unknown}, Words{"snapshots", "restore", unknown},
                             Words{"snapshots", "diff", unknown, "--live"},
                             Words{"snapshots", "restore", "cache", "k", "--latest"}}) {
    EXPECT_EQ(errorOf(words, 4).at("code").as_string(), "NOT_FOUND");
  }
  EXPECT_EQ(errorOf({"snapshots", "show", "latest"}, 2).at("details").at("field").as_string(), "id");
}

TEST_F(SnapshotsCommand, MemcachedItemsComeBackWithTheirFlags) {
  MemcachedServer server;
  ASSERT_EQ(run({"connections", "add", "--name", "m", "--engine", "memcached", "--port",
                 std::to_string(server.port())})
                .exitCode,
            0);
  document({"keys", "set", "m", "k", "v", "--flags", "7"}, "mutation");
  document({"keys", "delete", "m", "k"}, "mutation");
  document({"snapshots", "restore", "m", "k", "--latest"}, "mutation");
  const json::value got = document({"keys", "get", "m", "k"}, "keys.get");
  EXPECT_EQ(got.at("value"), "v");
  EXPECT_EQ(got.at("flags"), 7);
}

}  // namespace
}  // namespace cachify::test
