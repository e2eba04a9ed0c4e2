#include <gtest/gtest.h>

#include "actions/key_states.hpp"

namespace cachify::actions {
namespace {

using namespace std::chrono_literals;
using domain::Capture;
using domain::ValueType;
using events::KeyState;

constexpr WallTime kNow{1'700'000'000s};

Capture stringCapture(Bytes key, const Bytes& value, std::optional<WallTime> deadline = {}) {
  Capture capture{
      .key = std::move(key), .type = ValueType::string, .deadline = deadline, .sizeBytes = value.size()};
  capture.logical = value;
  capture.digest = domain::contentDigest(capture.logical);
  return capture;
}

StateDigester digester() {
  return StateDigester(SecretText("0123456789abcdef"));
}

TEST(KeyStates, SetKeepsTheDeadlineUnlessToldOtherwise) {
  const std::vector<Capture> captures{stringCapture("k", "old", kNow + 60s)};
  const auto after = [&](domain::TtlChange ttl) {
    return statesAfter(domain::SetMutation{"k", "newer", ttl}, captures, kNow, digester()).front();
  };
  EXPECT_EQ(after(domain::KeepTtl{}).deadline, kNow + 60s);
  EXPECT_EQ(after(domain::NoTtl{}).deadline, std::nullopt);
  EXPECT_EQ(after(5000ms).deadline, kNow + 5s);
  EXPECT_EQ(after(domain::KeepTtl{}).sizeBytes, 5U);
  EXPECT_EQ(after(domain::KeepTtl{}).digest, digester()(sha256("newer")));
}

TEST(KeyStates, RenameMovesTheContentAndLeavesNothingBehind) {
  const std::vector<Capture> captures{stringCapture("from", "v", kNow + 9s), stringCapture("to", "other")};
  const auto after = statesAfter(domain::RenameMutation{"from", "to", true}, captures, kNow, digester());
  EXPECT_FALSE(after[0].existed());
  EXPECT_EQ(after[1].key, "to");
  EXPECT_EQ(after[1].digest, digester()(sha256("v")));
  EXPECT_EQ(after[1].deadline, kNow + 9s);
}

TEST(KeyStates, DigestsAreKeyedSoThatTheLogDoesNotRevealShortValues) {
  const KeyState state = stateOf(stringCapture("k", "1234"), digester());
  EXPECT_NE(state.digest, toHex(sha256("1234")));
  EXPECT_EQ(state.digest.size(), 2 * kKeyedDigestBytes);
  EXPECT_TRUE(stateOf(stringCapture("k", "1234"), StateDigester()).digest.empty());
}

TEST(KeyStates, ADigestOfTheOlderKindCountsAsChanged) {
  const KeyState now = stateOf(stringCapture("k", "v"), digester());
  KeyState older = now;
  older.digest = std::string(64, 'a');
  EXPECT_FALSE(sameState(now, older));
  older.digest.clear();
  EXPECT_TRUE(sameState(now, older)) << "where there is none, sizes count";
}

TEST(KeyStates, SameStateToleratesTwoSecondsOfClockAndNothingElse) {
  const KeyState a = stateOf(stringCapture("k", "v", kNow), digester());
  EXPECT_TRUE(sameState(a, stateOf(stringCapture("k", "v", kNow + 2s), digester())));
  EXPECT_FALSE(sameState(a, stateOf(stringCapture("k", "v", kNow + 2001ms), digester())));
  EXPECT_FALSE(sameState(a, stateOf(stringCapture("k", "v"), digester())));
  EXPECT_FALSE(sameState(a, stateOf(stringCapture("k", "w", kNow), digester())));
  EXPECT_FALSE(sameState(a, KeyState{.key = "k"}));
  EXPECT_TRUE(sameState(KeyState{.key = "k"}, KeyState{.key = "k"}));
}

TEST(KeyStates, ChangeIsDescribedWithoutTheValue) {
  const KeyState before{
      .key = "k", .type = ValueType::string, .sizeBytes = 120, .deadline = kNow + 300s, .digest = "a"};
  KeyState after{.key = "k", .type = ValueType::string, .sizeBytes = 98, .digest = "b"};
  EXPECT_EQ(describeChange(before, after, kNow), "string 120 B → 98 B, TTL 300 s → none");
  after.sizeBytes = 120;
  after.deadline = before.deadline;
  EXPECT_EQ(describeChange(before, after, kNow), "string 120 B, content changed, TTL 300 s");
  EXPECT_EQ(describeChange(before, KeyState{.key = "k"}, kNow), "string 120 B → absent, TTL 300 s → none");
  const KeyState hash{.key = "k", .type = ValueType::hash, .sizeBytes = 9};
  EXPECT_EQ(describeChange(KeyState{.key = "k"}, hash, kNow), "absent → hash 9 B");
}

TEST(KeyStates, APartIsJudgedByTheElementsThatItNames) {
  Capture part{.key = "k", .type = ValueType::set};
  part.elements = {"a", "b"};
  const auto capturedAs = [&](std::vector<Bytes> members) {
    part.logical = domain::SetValue{std::move(members)};
    part.digest = domain::partDigest(part.logical, part.elements);
    part.sizeBytes = domain::contentBytes(part.logical);
    return part;
  };
  const std::vector<Capture> before{capturedAs({"a"})};
  const domain::EditMutation removal{"k", domain::RemoveMembers{{"a", "b"}}};
  const auto after = statesAfter(removal, before, kNow, digester()).front();
  EXPECT_TRUE(after.existed()) << "the set has other members";
  EXPECT_EQ(after.elements, 2U);
  EXPECT_TRUE(sameState(after, stateOf(capturedAs({}), digester())));
  EXPECT_FALSE(sameState(after, stateOf(capturedAs({"b"}), digester())));
  EXPECT_EQ(describeChange(stateOf(before.front(), digester()), after, kNow),
            "set, 2 of its elements: 1 B → 0 B");
}

}  // namespace
}  // namespace cachify::actions
