#include <gtest/gtest.h>

#include "actions/workflows/planned_keys.hpp"

namespace cachify::actions {
namespace {

TEST(PlannedKeys, AreTakenAsOftenAsTheyWereAdded) {
  PlannedKeys keys;
  for (const char* key : {"b", "a", "b", "c", "b"}) keys.add(key);
  keys.sort();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(keys.take("b"));
  EXPECT_FALSE(keys.take("b"));
  EXPECT_TRUE(keys.take("a"));
  EXPECT_FALSE(keys.take("a"));
  EXPECT_FALSE(keys.take("d"));
  EXPECT_TRUE(keys.take("c"));
}

TEST(PlannedKeys, OfAPlanThatHasNoneHoldNone) {
  PlannedKeys keys;
  EXPECT_FALSE(keys.take("a"));
}

TEST(PlannedKeys, OneKeyAllOverAgainIsTakenWithoutLookingThroughAllOfThem) {
  constexpr int kTimes = 2'000'000;  // of which each other would be 2 × 10^12 looks
  PlannedKeys keys;
  for (int i = 0; i < kTimes; ++i) keys.add("same");
  keys.sort();
  int taken = 0;
  while (keys.take("same")) ++taken;
  EXPECT_EQ(taken, kTimes);
}

}  // namespace
}  // namespace cachify::actions
