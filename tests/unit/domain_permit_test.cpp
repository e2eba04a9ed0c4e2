#include <gtest/gtest.h>

#include <type_traits>

#include "domain/permit.hpp"
#include "support/test_gate.hpp"

namespace cachify::domain {
namespace {

using namespace std::string_literals;

static_assert(!std::is_default_constructible_v<Permit>);
static_assert(!std::is_constructible_v<Permit, ConnectionId, Action, std::vector<Bytes>>);
static_assert(!std::is_copy_constructible_v<Permit> && !std::is_copy_assignable_v<Permit>);
static_assert(!std::is_aggregate_v<Permit> && !std::is_trivially_copyable_v<Permit>);
static_assert(std::is_nothrow_move_constructible_v<Permit> && std::is_nothrow_move_assignable_v<Permit>);

const ConnectionId kHere = ConnectionId::make(WallTime{});
const ConnectionId kElsewhere = ConnectionId::make(WallTime{});

Permit permitFor(std::vector<Bytes> keys) {
  return actions::Gate::permitFor(kHere, Action::remove, std::move(keys));
}

ErrorCode refusal(const Result<void>& result) {
  EXPECT_FALSE(result);
  return result ? ErrorCode::validationError : result.error().code;
}

TEST(Permit, CoversItsKeysAndAnyPartOfThem) {
  EXPECT_TRUE(permitFor({"b", "a"}).spend(kHere, Action::remove, {"a", "b"}));
  EXPECT_TRUE(permitFor({"b", "a"}).spend(kHere, Action::remove, {"a"}));
  EXPECT_TRUE(permitFor({"a\0\xff"s}).spend(kHere, Action::remove, {"a\0\xff"s}));
}

TEST(Permit, IsSpentByItsFirstUse) {
  Permit permit = permitFor({"a"});
  EXPECT_TRUE(permit.spend(kHere, Action::remove, {"a"}));
  EXPECT_EQ(refusal(permit.spend(kHere, Action::remove, {"a"})), ErrorCode::internalError);
}

TEST(Permit, IsSpentByAWrongUseToo) {
  Permit permit = permitFor({"a"});
  EXPECT_EQ(refusal(permit.spend(kHere, Action::remove, {"b"})), ErrorCode::internalError);
  EXPECT_EQ(refusal(permit.spend(kHere, Action::remove, {"a"})), ErrorCode::internalError);
}

TEST(Permit, IsForOneConnectionOneActionAndItsKeys) {
  EXPECT_EQ(refusal(permitFor({"a"}).spend(kElsewhere, Action::remove, {"a"})), ErrorCode::internalError);
  EXPECT_EQ(refusal(permitFor({"a"}).spend(kHere, Action::set, {"a"})), ErrorCode::internalError);
  EXPECT_EQ(refusal(permitFor({"a"}).spend(kHere, Action::remove, {"a", "b"})), ErrorCode::internalError);
  EXPECT_EQ(refusal(permitFor({"a\0b"s}).spend(kHere, Action::remove, {"a"})), ErrorCode::internalError);
}

TEST(Permit, IsWorthNothingOnceMovedFrom) {
  Permit first = permitFor({"a"});
  Permit second = std::move(first);
  EXPECT_EQ(refusal(first.spend(kHere, Action::remove, {"a"})),
            ErrorCode::internalError);  // NOLINT(bugprone-use-after-move)
  Permit third = permitFor({"b"});
  third = std::move(second);
  EXPECT_EQ(refusal(second.spend(kHere, Action::remove, {"a"})),
            ErrorCode::internalError);  // NOLINT(bugprone-use-after-move)
  EXPECT_TRUE(third.spend(kHere, Action::remove, {"a"}));
}

}  // namespace
}  // namespace cachify::domain
