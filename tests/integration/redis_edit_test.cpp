// Changes of parts of values for users who may not do everything.

#include <gmock/gmock.h>

#include "support/redis_fixture.hpp"

namespace cachify::test {
namespace {

using cache::ApplyStatus;
using domain::EditMutation;
using domain::End;

class RedisEditRights : public RedisFixture {
 protected:
  std::string listNow() {
    std::string items;
    for (const auto& item : cli_.must({"LRANGE", "l", "0", "-1"}).elements) items += item.text;
    return items;
  }
};

TEST_F(RedisEditRights, WithoutTransactionsLookAndActAreStillOneStep) {
  cli_.must({"RPUSH", "l", "a", "b", "a"});
  const auto session = openAs("plain", {"~*", "+@all", "-@transaction"});
  const auto removed = applyOne(*session, EditMutation{"l", domain::RemoveItem{2, "a"}});
  ASSERT_EQ(removed.status, ApplyStatus::applied) << removed.error->message;
  EXPECT_EQ(removed.result, "2");
  const auto refused = applyOne(*session, EditMutation{"l", domain::ReplaceItem{0, "b", "c"}});
  EXPECT_EQ(refused.status, ApplyStatus::refused);
  EXPECT_EQ(refused.error->code, ErrorCode::conflict);
  EXPECT_EQ(listNow(), "ab");
}

TEST_F(RedisEditRights, WithoutScriptsWhatNeedsALookIsRefusedAndTheRestGoes) {
  cli_.must({"RPUSH", "l", "a"});
  const auto session = openAs("noscripts", {"~*", "+@all", "-@scripting"});
  const auto refused = applyOne(*session, EditMutation{"l", domain::RemoveItem{0, "a"}});
  EXPECT_EQ(refused.status, ApplyStatus::refused);
  EXPECT_EQ(refused.error->code, ErrorCode::unauthorized);
  EXPECT_THAT(refused.error->message, testing::HasSubstr("EVAL"));
  const auto pushed = applyOne(*session, EditMutation{"l", domain::PushItems{End::right, {"b"}}});
  EXPECT_EQ(pushed.status, ApplyStatus::applied);
  EXPECT_EQ(listNow(), "ab");
}

TEST_F(RedisEditRights, HeldAndRefusedByTheServerNothingHappens) {
  cli_.must({"RPUSH", "l", "a"});
  const auto session = open(profile());
  auto held = run(session->captureHeld({"l"}, {}, soon()));
  ASSERT_TRUE(held);
  const auto unknown =
      applyOne(*session, EditMutation{"l", domain::SetJson{"$", "1"}}, std::move(held->hold));
  EXPECT_EQ(unknown.status, ApplyStatus::refused);
  EXPECT_EQ(unknown.error->code, ErrorCode::notSupported);
  held = run(session->captureHeld({"l"}, {}, soon()));
  const auto wrong = applyOne(*session, EditMutation{"l", domain::AddMembers{{"m"}}}, std::move(held->hold));
  EXPECT_EQ(wrong.status, ApplyStatus::refused);
  EXPECT_EQ(wrong.error->code, ErrorCode::conflict);
  EXPECT_EQ(listNow(), "a");
}

}  // namespace
}  // namespace cachify::test
