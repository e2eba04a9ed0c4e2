// Guarded changes of servers from before the meta commands: what comes back, and what is said where nobody
// knows for how long.

#include <gmock/gmock.h>

#include "support/memcached_fixture.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using domain::Environment;
using test::MemcachedMutation;
using test::OldMemcached;
using test::RawMemcached;
using testing::HasSubstr;

using OldMemcachedMutation = MemcachedMutation;

constexpr auto kNoDump = OldMemcached::KeyDump::none;

TEST_F(OldMemcachedMutation, AnItemComesBackWithFlagsAndTheTtlFromTheKeyDump) {
  const OldMemcached server;
  RawMemcached raw(server.server());
  const auto profile = profileOf(server.port());
  const auto value = "a\0b\r\nEND\r\n\xff"s;
  raw.set("item", value, "F77 T300");
  const auto removed = remove(profile, "item");
  ASSERT_TRUE(removed) << removed.error().message;
  EXPECT_TRUE(removed->undoable) << removed->noUndoReason;
  EXPECT_EQ(raw.get("item"), std::nullopt);
  const auto restored = restoreLatest(profile, "item");
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(raw.get("item"), value);
  EXPECT_EQ(raw("mg item f"), "HD f77");
  EXPECT_NEAR(raw.ttl("item"), 300, 3);
}

TEST_F(OldMemcachedMutation, KeepsAndChangesTtlsRenamesAndIncrementsAsANewServerDoes) {
  const OldMemcached server;
  RawMemcached raw(server.server());
  const auto profile = profileOf(server.port());
  raw.set("n", "41", "T300");
  ASSERT_TRUE(edit(profile, "n", domain::IncrementNumber{.by = 1, .rules = domain::StringRules::memcached}));
  EXPECT_EQ(raw.get("n"), "42");
  EXPECT_NEAR(raw.ttl("n"), 300, 3);
  ASSERT_TRUE(set(profile, "n", "7"));
  EXPECT_NEAR(raw.ttl("n"), 300, 3);
  ASSERT_TRUE(rename(profile, "n", "m"));
  EXPECT_EQ(raw.get("m"), "7");
  EXPECT_NEAR(raw.ttl("m"), 300, 3);
  ASSERT_TRUE(engine_->wait(engine_->keys().ttl(profile, "m", 50'000ms, {}, {})));
  EXPECT_NEAR(raw.ttl("m"), 50, 3);
  ASSERT_TRUE(restoreLatest(profile, "m"));
  EXPECT_NEAR(raw.ttl("m"), 300, 3);
}

TEST_F(OldMemcachedMutation, WithoutAKeyDumpTheRecordSaysThatTheTtlIsUnknownAndTheUndoIncomplete) {
  const OldMemcached server(kNoDump);
  RawMemcached raw(server.server());
  const auto profile = profileOf(server.port());
  raw.set("item", "old", "T300");
  EXPECT_FALSE(get(profile, "item").ttlKnown);
  const auto changed = set(profile, "item", "new", {.ttl = 100'000ms});
  ASSERT_TRUE(changed) << changed.error().message;
  EXPECT_FALSE(changed->undoable);
  EXPECT_TRUE(changed->valueKept);
  EXPECT_THAT(changed->noUndoReason, HasSubstr("TTL"));
  EXPECT_THAT(changed->change, HasSubstr("TTL unknown → 100 s"));
  const auto snapshots = eventsOf<events::SnapshotCaptured>();
  ASSERT_EQ(snapshots.size(), 1U);
  EXPECT_FALSE(snapshots.front().state.deadlineKnown);
  EXPECT_TRUE(snapshots.front().packIndex);
  EXPECT_FALSE(eventsOf<events::MutationRequested>().front().undoable);
}

TEST_F(OldMemcachedMutation, RestoresNothingForEverUnlessAPersonSaysSo) {
  const OldMemcached server(kNoDump);
  RawMemcached raw(server.server());
  const auto profile = profileOf(server.port());
  raw.set("item", "old", "F5 T300");
  ASSERT_TRUE(set(profile, "item", "new", {.ttl = domain::NoTtl{}}));
  const auto silent = restoreLatest(profile, "item");
  ASSERT_FALSE(silent);
  EXPECT_EQ(silent.error().code, ErrorCode::validationError);
  EXPECT_NE(silent.error().detail("ttlUnknown"), nullptr);
  EXPECT_EQ(raw.get("item"), "new");
  const auto forced = restoreLatest(profile, "item", actions::OnChanged::overwrite);
  ASSERT_FALSE(forced) << "force is about the key, not about the TTL";
  const auto told = restoreWith(profile, "item", 50'000ms);
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_EQ(raw.get("item"), "old");
  EXPECT_EQ(raw("mg item f"), "HD f5");
  EXPECT_NEAR(raw.ttl("item"), 50, 2);
  ASSERT_TRUE(set(profile, "item", "newer", {.ttl = domain::NoTtl{}}));
  ASSERT_TRUE(restoreWith(profile, "item", domain::NoTtl{}));
  EXPECT_EQ(raw.get("item"), "old");
  EXPECT_EQ(raw.ttl("item"), -1);
}

TEST_F(OldMemcachedMutation, RefusesToKeepATtlThatNobodyKnowsBeforeAnythingIsSent) {
  const OldMemcached server(kNoDump);
  RawMemcached raw(server.server());
  const auto profile = profileOf(server.port());
  raw.set("item", "old", "T300");
  for (const auto& refused : {set(profile, "item", "new"), rename(profile, "item", "other")}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::notSupported);
    EXPECT_NE(refused.error().detail("ttlUnknown"), nullptr);
  }
  EXPECT_TRUE(eventsOf<events::MutationRequested>().empty());
  EXPECT_EQ(raw.get("item"), "old");
  EXPECT_NEAR(raw.ttl("item"), 300, 3);
  const auto created = set(profile, "fresh", "v");
  ASSERT_TRUE(created) << "an absent key has no TTL to keep";
  EXPECT_TRUE(created->undoable);
}

TEST_F(OldMemcachedMutation, ChangesOfAPartKeepTheTtlThatNobodyKnows) {
  const OldMemcached server(kNoDump);
  RawMemcached raw(server.server());
  const auto profile = profileOf(server.port());
  raw.set("n", "41", "T300");
  const auto added =
      edit(profile, "n", domain::IncrementNumber{.by = 1, .rules = domain::StringRules::memcached});
  ASSERT_TRUE(added) << added.error().message;
  EXPECT_EQ(added->result, "42");
  EXPECT_FALSE(added->undoable);
  ASSERT_TRUE(edit(profile, "n", domain::ExtendText{.text = "0", .rules = domain::StringRules::memcached}));
  EXPECT_EQ(raw.get("n"), "420");
  EXPECT_NEAR(raw.ttl("n"), 300, 3);
}

TEST_F(OldMemcachedMutation, OnProdAnIncompleteUndoMustBeAccepted) {
  const OldMemcached server(kNoDump);
  RawMemcached raw(server.server());
  const auto profile = profileOf(server.port(), Environment::prod);
  raw.set("item", "old", "T300");
  actions::Consent consent{.confirmation = profile.name};
  const auto refused = remove(profile, "item", consent);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
  EXPECT_NE(refused.error().detail("noUndo"), nullptr);
  EXPECT_EQ(raw.get("item"), "old");
  consent.acceptNoUndo = true;
  const auto accepted = remove(profile, "item", consent);
  ASSERT_TRUE(accepted) << accepted.error().message;
  EXPECT_EQ(raw.get("item"), std::nullopt);
  EXPECT_TRUE(eventsOf<events::MutationRequested>().front().acceptedNoUndo);
}

TEST_F(OldMemcachedMutation, WithoutAKeyDumpKeysComeFromTheIndexOfThoseSeenAndStillThere) {
  const OldMemcached server(kNoDump);
  RawMemcached raw(server.server());
  const auto profile = profileOf(server.port());
  for (const auto* key : {"user:1", "user:2", "user:3", "order:1"}) raw.set(key, "v");
  raw.set("never:seen", "v");
  ASSERT_TRUE(set(profile, "user:1", "w", {.ttl = domain::NoTtl{}}));
  get(profile, "user:2");
  get(profile, "user:3");
  get(profile, "order:1");
  ASSERT_EQ(raw("md user:3"), "HD");
  ASSERT_TRUE(remove(profile, "order:1"));
  const auto list = [&](cache::ScanRequest request) {
    auto page = engine_->wait(engine_->keys().list(profile, request, actions::Describe::all, {}));
    EXPECT_TRUE(page) << page.error().message;
    return page.value_or(actions::KeyPage{});
  };
  const auto all = list({});
  EXPECT_EQ(all.source, actions::KeySource::index);
  EXPECT_THAT(all.noListing, HasSubstr("does not list its keys"));
  std::vector<Bytes> names;
  for (const auto& listed : all.keys) names.push_back(listed.key);
  EXPECT_EQ(names, (std::vector<Bytes>{"user:1", "user:2"}));
  EXPECT_FALSE(all.keys.front().description->ttlKnown);
  const auto first = list({.pattern = "user:*", .limit = 1});
  ASSERT_EQ(first.keys.size(), 1U);
  cache::ScanRequest rest{.pattern = "user:*", .cursor = first.nextCursor, .limit = 100};
  EXPECT_EQ(list(rest).keys.size(), 1U);
  rest.cursor = "i not hex";
  EXPECT_EQ(engine_->wait(engine_->keys().list(profile, rest, actions::Describe::all, {})).error().code,
            ErrorCode::validationError);
}

}  // namespace
}  // namespace cachify
