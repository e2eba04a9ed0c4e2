#include <gtest/gtest.h>

#include "cache/memcached/mutation_plan.hpp"

namespace cachify::cache::memcached {
namespace {

using namespace std::chrono_literals;
using domain::DeleteMutation;
using domain::RestoreMutation;
using domain::SetMutation;
using domain::TtlMutation;

constexpr Guard kFree{};
constexpr Guard kAbsent{.kind = Guard::Kind::absent};
constexpr Guard kUnchanged{.kind = Guard::Kind::unchanged, .cas = 42};

std::string requestOf(const domain::Mutation& mutation, const Guard& guard,
                      const Dialect& dialect = metaDialect()) {
  const auto step = planStep(mutation, guard, ServerFacts{.dialect = &dialect});
  return step ? step->request : step.error().message;
}

ApplyOutcome outcome(StepKind kind, ReplyKind reply) {
  return outcomeOf(kind, Reply{.kind = reply});
}

TEST(MemcachedMutationPlan, PutsTheGuardIntoTheCommand) {
  const SetMutation set{.key = "k", .value = "v", .ttl = domain::NoTtl{}, .flags = 3};
  EXPECT_EQ(requestOf(set, kFree), "ms k 1 c T0 F3\r\nv\r\n");
  EXPECT_EQ(requestOf(set, kAbsent), "ms k 1 c T0 F3 ME\r\nv\r\n");
  EXPECT_EQ(requestOf(set, kUnchanged), "ms k 1 c T0 F3 C42\r\nv\r\n");
  EXPECT_EQ(requestOf(DeleteMutation{.key = "k"}, kFree), "md k\r\n");
  EXPECT_EQ(requestOf(DeleteMutation{.key = "k"}, kUnchanged), "md k C42\r\n");
  EXPECT_EQ(requestOf(DeleteMutation{.key = "k"}, kAbsent), "mg k u\r\n");
  EXPECT_EQ(requestOf(TtlMutation{.key = "k", .ttl = 1500ms}, kFree), "mg k T2\r\n");
  EXPECT_EQ(requestOf(TtlMutation{.key = "k", .ttl = domain::NoTtl{}}, kFree), "mg k T0\r\n");
}

TEST(MemcachedMutationPlan, PutsTheGuardIntoTheTextCommandToo) {
  const auto inText = [](const domain::Mutation& mutation, const Guard& guard) {
    return requestOf(mutation, guard, textDialect());
  };
  const SetMutation set{.key = "k", .value = "v", .ttl = domain::NoTtl{}, .flags = 3};
  EXPECT_EQ(inText(set, kFree), "set k 3 0 1\r\nv\r\n");
  EXPECT_EQ(inText(set, kAbsent), "add k 3 0 1\r\nv\r\n");
  EXPECT_EQ(inText(set, kUnchanged), "cas k 3 0 1 42\r\nv\r\n");
  EXPECT_EQ(inText(DeleteMutation{.key = "k"}, kFree), "delete k\r\n");
  EXPECT_EQ(inText(DeleteMutation{.key = "k"}, kUnchanged), "cas k 0 -1 0 42\r\n\r\n");
  EXPECT_EQ(inText(DeleteMutation{.key = "k"}, kAbsent), "gets k\r\n");
  EXPECT_EQ(inText(TtlMutation{.key = "k", .ttl = 1500ms}, kFree), "touch k 2\r\n");
}

TEST(MemcachedMutationPlan, DoesNotRestoreForEverWhatMayHaveHadATtl) {
  domain::Capture capture{.key = "k", .type = domain::ValueType::string};
  capture.logical = Bytes("v");
  capture.deadlineNotRead = Error{.code = ErrorCode::notSupported, .message = "not told"};
  const auto step = planStep(RestoreMutation{capture}, kFree, ServerFacts{});
  ASSERT_FALSE(step);
  EXPECT_EQ(step.error().code, ErrorCode::validationError);
}

TEST(MemcachedMutationPlan, RestoresValueFlagsAndWhatIsLeftOfTheTtl) {
  domain::Capture capture{.key = "k", .type = domain::ValueType::string};
  capture.logical = Bytes("v");
  capture.flags = 9;
  EXPECT_EQ(requestOf(RestoreMutation{capture}, kFree), "ms k 1 c T0 F9\r\nv\r\n");
  capture.deadline = SystemClock().now() + 100s;
  EXPECT_EQ(requestOf(RestoreMutation{capture}, kFree), "ms k 1 c T100 F9\r\nv\r\n");
  capture.deadline = SystemClock().now() - 1s;
  EXPECT_EQ(requestOf(RestoreMutation{capture}, kFree), "md k\r\n");
  EXPECT_EQ(requestOf(RestoreMutation{domain::Capture{.key = "k"}}, kFree), "md k\r\n");
}

TEST(MemcachedMutationPlan, RefusesToRestoreWhatIsNoString) {
  domain::Capture capture{.key = "k", .type = domain::ValueType::list};
  capture.logical = domain::ListValue{{"a"}};
  const auto step = planStep(RestoreMutation{capture}, kFree, ServerFacts{});
  ASSERT_FALSE(step);
  EXPECT_EQ(step.error().code, ErrorCode::notSupported);
}

TEST(MemcachedMutationPlan, RefusesAnItemThatTheServerWouldDropTheOldOneFor) {
  ServerFacts facts;
  facts.maxItemBytes = 2000;
  const SetMutation fits{.key = "k", .value = Bytes(2000 - 64, 'v'), .ttl = domain::NoTtl{}};
  const SetMutation tooLarge{.key = "k", .value = Bytes(2000 - 63, 'v'), .ttl = domain::NoTtl{}};
  EXPECT_TRUE(planStep(fits, kFree, facts));
  const auto refusedStep = planStep(tooLarge, kFree, facts);
  ASSERT_FALSE(refusedStep);
  EXPECT_EQ(refusedStep.error().code, ErrorCode::validationError);
}

TEST(MemcachedMutationPlan, TellsChangedFromRefusedFromApplied) {
  EXPECT_EQ(outcome(StepKind::store, ReplyKind::done).status, ApplyStatus::applied);
  EXPECT_EQ(outcome(StepKind::store, ReplyKind::exists).status, ApplyStatus::changed);
  EXPECT_EQ(outcome(StepKind::store, ReplyKind::notFound).status, ApplyStatus::changed);
  EXPECT_EQ(outcome(StepKind::store, ReplyKind::notStored).status, ApplyStatus::changed);
  EXPECT_EQ(outcome(StepKind::remove, ReplyKind::notFound).status, ApplyStatus::applied);
  EXPECT_EQ(outcome(StepKind::removeUnchanged, ReplyKind::notFound).status, ApplyStatus::changed);
  EXPECT_EQ(outcome(StepKind::removeUnchanged, ReplyKind::exists).status, ApplyStatus::changed);
  EXPECT_EQ(outcome(StepKind::touch, ReplyKind::miss).status, ApplyStatus::refused);
  EXPECT_EQ(outcome(StepKind::checkAbsent, ReplyKind::miss).status, ApplyStatus::applied);
  EXPECT_EQ(outcome(StepKind::checkAbsent, ReplyKind::done).status, ApplyStatus::changed);
}

TEST(MemcachedMutationPlan, ClaimsNothingOfAKeyWhoseStoreFailedBeforeItWasLookedAt) {
  const Reply failed{.kind = ReplyKind::serverError};
  EXPECT_EQ(outcomeOf(StepKind::store, failed).status, ApplyStatus::unknown);
  EXPECT_TRUE(leavesDoubt(StepKind::store, failed));
  EXPECT_EQ(withoutDoubt(StepKind::store, outcomeOf(StepKind::store, failed), true).status,
            ApplyStatus::refused);
  EXPECT_EQ(withoutDoubt(StepKind::store, outcomeOf(StepKind::store, failed), false).status,
            ApplyStatus::dropped);
  EXPECT_EQ(outcomeOf(StepKind::remove, failed).status, ApplyStatus::refused);
  EXPECT_FALSE(leavesDoubt(StepKind::remove, failed));
}

TEST(MemcachedMutationPlan, TellsAValueThatGrewTooLargeFromAKeyThatIsNotThere) {
  const Reply notStored{.kind = ReplyKind::notStored};
  EXPECT_TRUE(leavesDoubt(StepKind::extend, notStored));
  const auto settled = [&](bool isThere) {
    return withoutDoubt(StepKind::extend, outcomeOf(StepKind::extend, notStored), isThere).error->code;
  };
  EXPECT_EQ(settled(true), ErrorCode::validationError);
  EXPECT_EQ(settled(false), ErrorCode::notFound);
}

TEST(MemcachedMutationPlan, TellsNotSentFromUnknown) {
  const Error timeout{.code = ErrorCode::timeout, .message = "late"};
  EXPECT_EQ(outcomeOfFailure(timeout, false).status, ApplyStatus::notSent);
  EXPECT_EQ(outcomeOfFailure(timeout, true).status, ApplyStatus::unknown);
}

}  // namespace
}  // namespace cachify::cache::memcached
