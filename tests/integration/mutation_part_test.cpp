// Changes of a few elements of a large collection: these alone are captured, and brought back exactly.

#include <gmock/gmock.h>

#include "support/mutation_fixture.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using namespace domain;
using actions::OnChanged;
using testing::HasSubstr;

const Bytes kOddPart = "odd\0\xff\r\n"s;

class LargeCollection : public test::RedisMutation {
 protected:
  static constexpr int kCount = 30'000;  // well above 1 MiB in the server's memory

  LargeCollection() {
    cli_.must({"EVAL",
               "for i = 1, ARGV[1] do "
               "redis.call('HSET', 'hash', 'f' .. i, 'v' .. i) "
               "redis.call('SADD', 'set', 'm' .. i) "
               "redis.call('ZADD', 'zset', i / 10, 'm' .. i) end",
               "0", std::to_string(kCount)});
    cli_.must({"HSET", "hash", kOddPart, kOddPart});
    cli_.must({"SADD", "set", kOddPart});
    cli_.must({"ZADD", "zset", "inf", kOddPart});
    for (const char* key : {"hash", "set", "zset"}) cli_.must({"PEXPIRE", key, "600000"});
  }

  Result<actions::MutationReport> edit(const Bytes& key, ValueChange change) {
    return engine_->wait(engine_->keys().edit(profile_, key, std::move(change), {}, {}));
  }
  std::uint64_t vaultBytes() { return engine_->log().status()->vaultBytes; }
};

TEST_F(LargeCollection, ChangesOfNamedElementsAreUndoneExactlyAndTheUndoIsUndone) {
  const std::vector<std::pair<Bytes, ValueChange>> changes{
      {"hash", SetFields{{{"f7", kOddPart}, {"new", ""}, {kOddPart, "x"}}}},
      {"hash", SetFields{{{"new", "v"}}, true}},
      {"hash", RemoveFields{{kOddPart, "f9", "none"}}},
      {"set", AddMembers{{"m1", "new\0"s}}},
      {"set", RemoveMembers{{kOddPart, "m5", "none"}}},
      {"zset", AddScored{{{"m3", "0.30000000000000004"}, {"new", "-inf"}}}},
      {"zset", AddScored{{{"m3", "1e300"}}, ScoreRule::onlyGreater}},
      {"zset", IncrementScore{"m4", "0.2"}},
      {"zset", RemoveScored{{kOddPart, "m6"}}},
  };
  for (const auto& [key, change] : changes) {
    SCOPED_TRACE(nameOf(change));
    const auto before = digestOf(key);
    const auto report = edit(key, change);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->undoable);
    EXPECT_THAT(report->change, HasSubstr("of its elements"));
    const auto after = digestOf(key);
    ASSERT_NE(after, before);
    auto restored = restoreLatest(profile_, key);
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(digestOf(key), before);
    restored = restoreLatest(profile_, key);
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(digestOf(key), after);
    ASSERT_TRUE(restoreLatest(profile_, key));
    EXPECT_NEAR(static_cast<double>(pttl(key)), 600'000, 20'000);
  }
  EXPECT_LT(vaultBytes(), 1U << 20) << "of 27 snapshots";
}

TEST_F(LargeCollection, WhoeverChangedTheSameElementMakesTheUndoAConflictAndOthersKeepTheirChanges) {
  ASSERT_TRUE(edit("hash", SetFields{{{"f1", "ours"}}}));
  cli_.must({"HSET", "hash", "f2", "theirs"});
  cli_.must({"PERSIST", "hash"});
  ASSERT_TRUE(restoreLatest(profile_, "hash"));
  EXPECT_EQ(cli_.must({"HGET", "hash", "f1"}).text, "v1");
  EXPECT_EQ(cli_.must({"HGET", "hash", "f2"}).text, "theirs");
  EXPECT_EQ(pttl("hash"), -1);

  ASSERT_TRUE(edit("hash", SetFields{{{"f3", "ours"}}}));
  cli_.must({"HSET", "hash", "f3", "theirs"});
  const auto refused = restoreLatest(profile_, "hash");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(cli_.must({"HGET", "hash", "f3"}).text, "theirs");
  ASSERT_TRUE(restoreLatest(profile_, "hash", OnChanged::overwrite));
  EXPECT_EQ(cli_.must({"HGET", "hash", "f3"}).text, "v3");
}

TEST_F(LargeCollection, EarlierChangesOfOtherElementsAreUndoneInAnyOrder) {
  const auto before = digestOf("hash");
  const auto first = edit("hash", SetFields{{{"f1", "x"}}});
  const auto second = edit("hash", RemoveFields{{"f2"}});
  ASSERT_TRUE(first && second);
  for (const auto* report : {&*first, &*second}) {
    const auto restored = engine_->wait(
        engine_->rollback().restore(profile_, report->snapshots.at(0).id, OnChanged::conflict, {}, {}));
    ASSERT_TRUE(restored) << restored.error().message;
  }
  EXPECT_EQ(digestOf("hash"), before);
}

TEST_F(LargeCollection, APartIsNotPutWhereTheRestIsNot) {
  ASSERT_TRUE(edit("hash", SetFields{{{"f1", "x"}}}));
  cli_.must({"DEL", "hash"});
  auto refused = restoreLatest(profile_, "hash", OnChanged::overwrite);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::notFound);
  EXPECT_EQ(cli_.must({"EXISTS", "hash"}).integer, 0);
  cli_.must({"SET", "hash", "a string now"});
  refused = restoreLatest(profile_, "hash", OnChanged::overwrite);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST_F(LargeCollection, WhatWouldTakeTheLastElementsAwayIsCapturedWhole) {
  std::vector<std::string> make{"HSET", "few"};
  for (const char* field : {"a", "b"}) {
    make.emplace_back(field);
    make.emplace_back(2 << 20, 'v');
  }
  cli_.must(make);
  cli_.must({"PEXPIRE", "few", "600000"});
  const auto before = digestOf("few");
  ASSERT_TRUE(edit("few", RemoveFields{{"a", "b"}}));
  EXPECT_EQ(cli_.must({"EXISTS", "few"}).integer, 0);
  const auto restored = restoreLatest(profile_, "few");
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(digestOf("few"), before);
  EXPECT_GT(pttl("few"), 500'000);
}

TEST_F(LargeCollection, SnapshotsOfPartsAreShownAndComparedWithTheSamePartOnly) {
  const auto report = edit("hash", SetFields{{{"f1", "x"}, {"none", "y"}}});
  ASSERT_TRUE(report);
  const auto id = report->snapshots.at(0).id;
  const auto shown = engine_->wait(engine_->rollback().show(id));
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_THAT(shown->capture.elements, testing::ElementsAre("f1", "none"));
  EXPECT_EQ(std::get<HashValue>(shown->capture.logical).entries, (std::vector<HashEntry>{{"f1", "v1"}}));
  auto diff = engine_->wait(engine_->rollback().diffLive(profile_, id, {}));
  ASSERT_TRUE(diff) << diff.error().message;
  EXPECT_FALSE(diff->equal);
  ASSERT_TRUE(restoreLatest(profile_, "hash"));
  diff = engine_->wait(engine_->rollback().diffLive(profile_, id, {}));
  ASSERT_TRUE(diff) << diff.error().message;
  EXPECT_TRUE(diff->equal) << diff->change;
  const auto other = edit("hash", SetFields{{{"f2", "x"}}});
  diff = engine_->wait(engine_->rollback().diff(id, other->snapshots.at(0).id));
  ASSERT_FALSE(diff);
  EXPECT_EQ(diff.error().code, ErrorCode::validationError);
}

}  // namespace
}  // namespace cachify
