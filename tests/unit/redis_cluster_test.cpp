// The rules of a cluster, on bytes alone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cache/redis/cluster/redirect.hpp"
#include "cache/redis/cluster/scan_state.hpp"
#include "cache/redis/cluster/slot_map.hpp"
#include "cache/redis/pipeline.hpp"

namespace cachify::cache::redis {
namespace {

using testing::ElementsAre;

SlotSet slots(std::size_t first, std::size_t last) {
  SlotSet set;
  for (auto slot = first; slot <= last; ++slot) set.set(slot);
  return set;
}

ClusterNode node(const std::string& id, const SlotSet& owned) {
  return {.id = id, .address = {.host = "127.0.0.1", .port = 7000}, .slots = owned};
}

SlotMap twoNodes(std::size_t border) {
  return {.masters = {node("a", slots(0, border)), node("b", slots(border + 1, kSlotCount - 1))},
          .replicas = {}};
}

TEST(ClusterSlots, AreThoseOfTheSpecification) {
  EXPECT_EQ(slotOf("123456789"), 0x31C3 % kSlotCount);
  EXPECT_EQ(slotOf("{user1000}.following"), slotOf("{user1000}.followers"));
  EXPECT_EQ(slotOf("{user1000}.following"), slotOf("user1000"));
  EXPECT_EQ(slotOf("foo{{bar}}zap"), slotOf("{bar"));
  EXPECT_EQ(slotOf("foo{bar}{zap}"), slotOf("bar"));
  EXPECT_NE(slotOf("foo{}{bar}"), slotOf("bar")) << "an empty tag is no tag";
}

TEST(ClusterSlots, GoThroughTextAndBack) {
  const SlotSet some = slots(0, 5) | slots(7, 7) | slots(16383, 16383);
  EXPECT_EQ(toText(some), "0-5+7+16383");
  EXPECT_EQ(parseSlotSet(toText(some)).value(), some);
  EXPECT_EQ(parseSlotSet("").value(), SlotSet());
  for (const auto* wrong : {"x", "5-4", "16384", "1-", "1++2x"}) EXPECT_FALSE(parseSlotSet(wrong)) << wrong;
}

TEST(ClusterMap, TakesANodesOwnWordAndOfTwoThatOfTheGreaterEpoch) {
  const auto old =
      OwnSlots{.id = "a", .master = true, .configEpoch = 1, .slots = slots(0, 99), .migrating = {}};
  const auto fresh = OwnSlots{
      .id = "b", .master = true, .configEpoch = 2, .slots = slots(50, kSlotCount - 1), .migrating = {}};
  const SlotMap map = corrected(twoNodes(99), {fresh, old});
  EXPECT_EQ(map.byId("a")->slots, slots(0, 49));
  EXPECT_EQ(map.byId("b")->slots, slots(50, kSlotCount - 1));
  EXPECT_EQ(map.ownerOf(50)->id, "b");
}

TEST(ClusterMap, ReadsWhatANodeSaysOfItselfAndOfSlotsOnTheirWay) {
  const auto own = OwnSlots::fromClusterNodes(
      "b1 127.0.0.1:7001@17001 master - 0 1426238316232 2 connected 5461-10922\n"
      "a1 127.0.0.1:7000@17000,host myself,master - 0 0 7 connected 0-5460 5462 [93->-b1] [94-<-b1]\n");
  ASSERT_TRUE(own);
  EXPECT_EQ(own->id, "a1");
  EXPECT_TRUE(own->master);
  EXPECT_EQ(own->configEpoch, 7U);
  EXPECT_EQ(toText(own->slots), "0-5460+5462");
  ASSERT_EQ(own->migrating.size(), 1U);
  EXPECT_EQ(own->migrating[0].slot, 93);
  EXPECT_EQ(own->migrating[0].to, (NodeAddress{.host = "127.0.0.1", .port = 7001}));
  EXPECT_FALSE(OwnSlots::fromClusterNodes("garbage\n\n x y"));
}

TEST(ClusterRedirects, AreReadFromRepliesAndFromTheErrorsMadeOfThem) {
  const auto moved = redirectIn("MOVED 3999 127.0.0.1:6381");
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->kind, Redirect::Kind::moved);
  EXPECT_EQ(moved->to, (NodeAddress{.host = "127.0.0.1", .port = 6381}));
  const auto v6 = redirectIn("ASK 1 ::1:6381");
  ASSERT_TRUE(v6);
  EXPECT_EQ(v6->kind, Redirect::Kind::ask);
  EXPECT_EQ(v6->to.host, "::1");
  EXPECT_FALSE(redirectIn("MOVED 3999 nonsense"));
  EXPECT_FALSE(redirectIn("ERR no such key"));
  const Error error = redirected("MOVED 3999 127.0.0.1:6381");
  EXPECT_TRUE(error.retryable);
  EXPECT_EQ(redirectIn(error)->to.port, 6381);
}

TEST(AskingPipeline, AsksBeforeEachCommandAndOnceForATransaction) {
  Pipeline plain;
  plain.add("GET", "a").add("MULTI").add("SET", "a", "MULTI").add("DEL", "a").add("EXEC").add("GET", "b");
  const auto asking = plain.asking();
  Pipeline expected;
  expected.add("ASKING").add("GET", "a").add("ASKING").add("MULTI").add("SET", "a", "MULTI").add("DEL", "a");
  expected.add("EXEC").add("ASKING").add("GET", "b");
  EXPECT_EQ(asking.commands.bytes(), expected.bytes());
  EXPECT_THAT(asking.isOurs, ElementsAre(true, false, true, false, false, false, false, true, false));
}

TEST(ClusterScanState, KeepsOnlyWhatStayedWhereItWasScanned) {
  ScanState state;
  state.follow(twoNodes(8000));
  ASSERT_EQ(state.nodes().size(), 2U);
  EXPECT_TRUE(state.uncovered(twoNodes(8000)).none());
  for (auto& scanned : state.nodes()) scanned.done = true;
  // 100 slots have moved from a to b: few enough to be swept.
  const SlotMap later = twoNodes(7900);
  state.follow(later);
  EXPECT_TRUE(state.allDone());
  EXPECT_EQ(state.uncovered(later), slots(7901, 8000));
  state.swept("b", slots(7901, 8000));
  EXPECT_TRUE(state.uncovered(later).none());
  // And back again.
  state.follow(twoNodes(8000));
  EXPECT_EQ(state.uncovered(twoNodes(8000)), slots(7901, 8000));
}

TEST(ClusterScanState, GivesANodeThatTookOverAScanOfItsOwn) {
  ScanState state;
  state.follow(twoNodes(8000));
  state.nodes()[0].cursor = "r1:x:5:5";
  state.nodes()[1].done = true;
  const SlotMap after{.masters = {node("c", slots(0, 8000)), node("b", slots(8001, kSlotCount - 1))},
                      .replicas = {}};
  state.follow(after);
  ASSERT_EQ(state.nodes().size(), 2U);
  EXPECT_EQ(state.nodes()[1].id, "c");
  EXPECT_FALSE(state.nodes()[1].done);
  EXPECT_TRUE(state.uncovered(after).none()) << "its scan covers them";
}

TEST(ClusterScanState, KnowsSlotsThatNobodyHasAnyMore) {
  ScanState state;
  state.follow(twoNodes(8000));
  const SlotMap half{.masters = {node("b", slots(8001, kSlotCount - 1))}, .replicas = {}};
  state.follow(half);
  EXPECT_EQ(state.orphaned(half), slots(0, 8000));
}

TEST(ClusterScanState, GoesThroughTextAndBack) {
  ScanState state;
  state.follow(twoNodes(8000));
  state.nodes()[0].cursor = "r1:0123abc:77:12";
  state.nodes()[0].total = 12;
  state.nodes()[1].done = true;
  const std::string text = state.encode();
  const auto again = ScanState::decode(text);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->encode(), text);
  EXPECT_EQ(again->nodes()[0].cursor, "r1:0123abc:77:12");
  EXPECT_EQ(again->total(), 12U);
  for (const auto* wrong : {"r1:x:1:1", "c1|x", "c1|0-9|a", "c1|0-9|a,0-9,x,!", "c1|0-9|A B,0-9,1,!"})
    EXPECT_FALSE(ScanState::decode(wrong)) << wrong;
}

}  // namespace
}  // namespace cachify::cache::redis
