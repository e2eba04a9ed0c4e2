// What a memcached refuses, through guarded changes: nothing is lost in silence, and what is lost leads back.

#include <gmock/gmock.h>

#include <fstream>

#include "support/memcached_fixture.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using test::MemcachedMutation;
using test::MemcachedServer;
using test::OldMemcached;
using test::RawMemcached;
using testing::HasSubstr;

using MemcachedLimits = MemcachedMutation;

constexpr std::size_t kMiB = 1U << 20;

Bytes pattern(std::size_t bytes) {
  Bytes value(bytes, '\0');
  for (std::size_t i = 0; i < bytes; ++i) value[i] = static_cast<char>(i * 131 + i / 251);
  return value;
}

/// Fills the server with values of `bytes` until it takes no more.
void fillUp(RawMemcached& raw, std::size_t bytes) {
  const Bytes value(bytes, 'f');
  for (int i = 0; i < 10'000; ++i) {
    const auto said = raw("ms filler" + std::to_string(i) + " " + std::to_string(bytes) + "\r\n" + value);
    if (said != "HD") return;
  }
  FAIL() << "the server takes everything";
}

TEST_F(MemcachedLimits, ValuesAboveOneMiBComeBackWhereTheServerTakesThem) {
  const MemcachedServer server({"-I", "8m", "-m", "128"});
  const auto profile = profileOf(server.port());
  const Bytes value = pattern(5 * kMiB);
  ASSERT_TRUE(set(profile, "large", value));
  EXPECT_TRUE(std::get<Bytes>(get(profile, "large").value) == value);
  ASSERT_TRUE(remove(profile, "large"));
  const auto restored = restoreLatest(profile, "large");
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_TRUE(std::get<Bytes>(get(profile, "large").value) == value);
}

TEST_F(MemcachedLimits, AValueThatTheServerDoesNotTakeIsRefusedAndTheOldOneStays) {
  const MemcachedServer server;
  RawMemcached raw(server);
  const auto profile = profileOf(server.port());
  raw.set("item", "precious", "T300");
  const auto refused = set(profile, "item", Bytes(kMiB + 1, 'x'));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::validationError);
  EXPECT_THAT(refused.error().message, HasSubstr("larger than this server takes"));
  EXPECT_EQ(raw.get("item"), "precious");
  expectIntentAndFailure();
  ASSERT_TRUE(set(profile, "item", "small")) << "the connection goes on";
  EXPECT_EQ(raw.get("item"), "small");
}

TEST_F(MemcachedLimits, AValueThatWouldGrowTooLargeIsRefusedAndStaysAsItWas) {
  const MemcachedServer server;
  RawMemcached raw(server);
  const auto profile = profileOf(server.port());
  const Bytes half(600'000, 'h');
  raw.set("item", half);
  const auto refused =
      edit(profile, "item", domain::ExtendText{.text = half, .rules = domain::StringRules::memcached});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::validationError);
  EXPECT_EQ(raw.get("item"), half);
  expectIntentAndFailure();
}

TEST_F(MemcachedLimits, AnOldValueThatTheServerDropsForWantOfMemoryIsNamedAndTheSnapshotLeadsBack) {
  const MemcachedServer server({"-M", "-m", "4"});
  RawMemcached raw(server);
  const auto profile = profileOf(server.port());
  raw.set("item", "precious", "F9 T300");
  fillUp(raw, 100'000);
  const auto failed = set(profile, "item", Bytes(100'000, 'n'));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::conflict);
  EXPECT_THAT(failed.error().message, HasSubstr("out of memory"));
  EXPECT_THAT(failed.error().message, HasSubstr("dropped the old value"));
  EXPECT_THAT(failed.error().message, HasSubstr("snapshots restore " + detail(failed.error(), "snapshotId")));
  EXPECT_NE(failed.error().detail("oldValueDropped"), nullptr);
  EXPECT_EQ(raw.get("item"), std::nullopt) << "this is what memcached does";
  expectIntentAndFailure();
  const auto recorded = eventsOf<events::MutationFailed>().front();
  ASSERT_EQ(recorded.after.size(), 1U);
  EXPECT_FALSE(recorded.after.front().existed());

  ASSERT_EQ(raw("md filler0"), "HD");
  const auto restored = restoreLatest(profile, "item");
  ASSERT_TRUE(restored) << "its absence is our own doing, no conflict: " << restored.error().message;
  EXPECT_EQ(raw.get("item"), "precious");
  EXPECT_EQ(raw("mg item f"), "HD f9");
  EXPECT_NEAR(raw.ttl("item"), 300, 3);
}

TEST_F(MemcachedLimits, WantOfMemoryForAKeyThatWasNotThereLosesNothingAndSaysNothingOfALoss) {
  const MemcachedServer server({"-M", "-m", "4"});
  RawMemcached raw(server);
  const auto profile = profileOf(server.port());
  fillUp(raw, 100'000);
  const auto failed = set(profile, "fresh", Bytes(100'000, 'n'));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::conflict);
  EXPECT_EQ(failed.error().detail("oldValueDropped"), nullptr);
  expectIntentAndFailure();
  EXPECT_TRUE(eventsOf<events::MutationFailed>().front().after.empty());
}

TEST_F(MemcachedLimits, InTextAStoreUnderItsCasLeavesTheOldValueForWantOfMemory) {
  const OldMemcached server(OldMemcached::KeyDump::byLru, {"-M", "-m", "4"});
  RawMemcached raw(server.server());
  const auto profile = profileOf(server.port());
  raw.set("item", "precious");
  fillUp(raw, 100'000);
  const auto failed = set(profile, "item", Bytes(100'000, 'n'));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::conflict);
  EXPECT_EQ(failed.error().detail("oldValueDropped"), nullptr);
  EXPECT_EQ(raw.get("item"), "precious");
  expectIntentAndFailure();
}

TEST_F(MemcachedLimits, AddingToWhatIsNoNumberIsAConflictAndChangesNothing) {
  const MemcachedServer server;
  RawMemcached raw(server);
  const auto profile = profileOf(server.port());
  raw.set("item", "text");
  const auto refused =
      edit(profile, "item", domain::IncrementNumber{.by = 1, .rules = domain::StringRules::memcached});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(raw.get("item"), "text");
}

TEST_F(MemcachedLimits, KeysThatNoCommandCanCarryAreRefusedBeforeAnythingIsRecordedOrSent) {
  const MemcachedServer server;
  const OldMemcached old;
  const auto profile = profileOf(server.port());
  auto other = draft(domain::CacheEngine::memcached, old.port());
  other.name = "old";
  const auto oldProfile = add(other);
  for (const Bytes& key : {Bytes(251, 'k'), Bytes(187, ' '), Bytes()}) {
    const auto refused = set(profile, key, "v");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::validationError);
  }
  EXPECT_EQ(set(oldProfile, "with blank", "v").error().code, ErrorCode::validationError);
  EXPECT_TRUE(eventsOf<events::MutationRequested>().empty());
  ASSERT_TRUE(set(profile, "with blank", "v"));
  ASSERT_TRUE(remove(profile, "with blank"));
  ASSERT_TRUE(restoreLatest(profile, "with blank"));
  RawMemcached raw(server);
  EXPECT_EQ(raw("mg d2l0aCBibGFuaw== b s"), "HD s1");
}

TEST_F(MemcachedLimits, AWrongPasswordIsUnauthorizedChangesNothingAndStandsNowhere) {
  const test::TemporaryDirectory directory;
  std::ofstream(directory / "users") << "me:right\n";
  const MemcachedServer server({"-Y", directory / "users"});
  auto profile = draft(domain::CacheEngine::memcached, server.port());
  profile.username = "me";
  const auto with = [&](const std::string& name, const std::string& password) {
    profile.name = name;
    auto added = engine_->wait(engine_->connections().add(profile, SecretText(password)));
    EXPECT_TRUE(added) << added.error().message;
    return *added;
  };
  const auto good = with("good", "right");
  const auto bad = with("bad", "s3cret-and-wrong");
  ASSERT_TRUE(set(good, "item", "v"));
  const auto refused = set(bad, "item", "w");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
  EXPECT_EQ(std::get<Bytes>(get(good, "item").value), "v");
  EXPECT_EQ(eventsOf<events::MutationRequested>().size(), 1U);
  ASSERT_EQ(framesOf(events::EventType::operationFailed).size(), 1U);
  const auto frames = engine_->log().framesFrom(1, 1 << 24).value();
  for (const auto& frame : frames) {
    for (const auto& payload : frame.payloads) EXPECT_EQ(payload.find("s3cret-and-wrong"), std::string::npos);
  }
  auto nobody = profile;
  nobody.name = "nobody";
  nobody.username.clear();
  nobody = add(nobody);
  EXPECT_EQ(set(nobody, "item", "w").error().code, ErrorCode::unauthorized);
}

TEST_F(MemcachedLimits, AServerWithoutCasIsChangedAndUndoneAllTheSame) {
  const MemcachedServer server({"-C"});
  RawMemcached raw(server);
  const auto profile = profileOf(server.port());
  raw.set("item", "old", "T300");
  ASSERT_TRUE(set(profile, "item", "new"));
  EXPECT_EQ(raw.get("item"), "new");
  ASSERT_TRUE(restoreLatest(profile, "item"));
  EXPECT_EQ(raw.get("item"), "old");
  EXPECT_NEAR(raw.ttl("item"), 300, 3);
}

}  // namespace
}  // namespace cachify
