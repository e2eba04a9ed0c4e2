// Holds, permits, deadlines, cancellation.

#include <algorithm>

#include "contract/cache_session_contract.hpp"

namespace cachify::test {
namespace {

using cache::ApplyStatus;
using domain::Action;
using domain::DeleteMutation;
using domain::KeepTtl;
using domain::NoTtl;
using domain::RenameMutation;
using domain::RestoreMutation;
using domain::SetMutation;
using domain::TtlMutation;

/// Every kind of mutation of "key"; `taken` is a key that exists besides.
std::vector<domain::Mutation> mutationsOf(const Bytes& key, const domain::Capture& earlier) {
  return {SetMutation{.key = key, .value = "mine", .ttl = KeepTtl{}},
          SetMutation{.key = key, .value = "mine", .ttl = NoTtl{}},
          DeleteMutation{.key = key},
          TtlMutation{.key = key, .ttl = std::chrono::milliseconds(50s)},
          TtlMutation{.key = key, .ttl = NoTtl{}},
          RenameMutation{.from = key, .to = "{key}renamed"},
          RestoreMutation{.capture = earlier}};
}

std::vector<Bytes> keysFor(const domain::Mutation& mutation) {
  std::vector<Bytes> keys;
  for (const BytesView key : domain::keysOf(mutation)) keys.emplace_back(key);
  return keys;
}

TEST_P(CacheSessionContract, AppliesEveryMutationUnderAnUnbrokenHold) {
  set("key", "earlier", 100s);
  const auto earlier = capture("key");
  for (auto& mutation : mutationsOf("key", earlier)) {
    set("key", "now", 100s);
    mustApply(DeleteMutation{.key = "{key}renamed"});
    auto held = captureHeld(keysFor(mutation));
    EXPECT_TRUE(held.captures.at(0).existed());
    const auto outcome = apply(mutation, std::move(held.hold));
    EXPECT_EQ(outcome.status, ApplyStatus::applied)
        << mutation.index() << (outcome.error ? outcome.error->message : "");
  }
  EXPECT_EQ(value("key"), "earlier");
}

TEST_P(CacheSessionContract, KeepsTheCapturedTtlUnderAHold) {
  set("key", "before", 100s);
  auto held = captureHeld({"key"});
  ASSERT_EQ(apply(SetMutation{.key = "key", .value = "after"}, std::move(held.hold)).status,
            ApplyStatus::applied);
  EXPECT_EQ(value("key"), "after");
  expectTtl("key", 100s);
}

TEST_P(CacheSessionContract, ChangesTheTtlUnderAHoldAndLeavesTheValue) {
  set("key", "value");
  auto held = captureHeld({"key"});
  ASSERT_EQ(apply(TtlMutation{.key = "key", .ttl = 70s}, std::move(held.hold)).status, ApplyStatus::applied);
  EXPECT_EQ(value("key"), "value");
  expectTtl("key", 70s);
}

TEST_P(CacheSessionContract, WritesNothingWhenAHeldKeyWasChangedByAnother) {
  set("key", "earlier");
  const auto earlier = capture("key");
  for (auto& mutation : mutationsOf("key", earlier)) {
    set("key", "captured", 100s);
    auto held = captureHeld(keysFor(mutation));
    setElsewhere("key", "theirs");
    const auto outcome = apply(mutation, std::move(held.hold));
    EXPECT_EQ(outcome.status, ApplyStatus::changed) << mutation.index();
    ASSERT_TRUE(outcome.error);
    EXPECT_EQ(outcome.error->code, ErrorCode::conflict);
    EXPECT_EQ(value("key"), "theirs");
    expectNoTtl("key");
    EXPECT_EQ(value("{key}renamed"), std::nullopt);
  }
}

TEST_P(CacheSessionContract, WritesNothingWhenAHeldAbsentKeyWasMadeByAnother) {
  for (auto& mutation : mutationsOf("key", domain::Capture{.key = "key"})) {
    mustApply(DeleteMutation{.key = "key"});
    auto held = captureHeld(keysFor(mutation));
    EXPECT_FALSE(held.captures.at(0).existed());
    setElsewhere("key", "theirs");
    EXPECT_EQ(apply(mutation, std::move(held.hold)).status, ApplyStatus::changed) << mutation.index();
    EXPECT_EQ(value("key"), "theirs");
  }
}

TEST_P(CacheSessionContract, WritesNothingWhenTheTargetOfARenameAppeared) {
  set("key", "value");
  auto held = captureHeld({"key", "{key}renamed"});
  setElsewhere("{key}renamed", "theirs");
  const auto outcome =
      apply(RenameMutation{.from = "key", .to = "{key}renamed", .replace = true}, std::move(held.hold));
  EXPECT_EQ(outcome.status, ApplyStatus::changed);
  EXPECT_EQ(value("key"), "value");
  EXPECT_EQ(value("{key}renamed"), "theirs");
}

TEST_P(CacheSessionContract, RefusesARenameOntoAHeldExistingKey) {
  set("key", "value");
  set("{key}renamed", "precious");
  auto held = captureHeld({"key", "{key}renamed"});
  const auto outcome = apply(RenameMutation{.from = "key", .to = "{key}renamed"}, std::move(held.hold));
  EXPECT_EQ(outcome.status, ApplyStatus::refused);
  EXPECT_EQ(outcome.error->code, ErrorCode::conflict);
  EXPECT_EQ(value("{key}renamed"), "precious");
}

TEST_P(CacheSessionContract, CreatesAndLeavesAloneUnderAHoldOnAnAbsentKey) {
  auto held = captureHeld({"key"});
  EXPECT_EQ(apply(DeleteMutation{.key = "key"}, std::move(held.hold)).status, ApplyStatus::applied);
  held = captureHeld({"key"});
  EXPECT_EQ(apply(TtlMutation{.key = "key", .ttl = 50s}, std::move(held.hold)).status, ApplyStatus::refused);
  held = captureHeld({"key"});
  EXPECT_EQ(apply(SetMutation{.key = "key", .value = "new"}, std::move(held.hold)).status,
            ApplyStatus::applied);
  EXPECT_EQ(value("key"), "new");
}

TEST_P(CacheSessionContract, LetsGoOfAHoldThatIsDropped) {
  set("key", "value");
  for (int i = 0; i < 20; ++i) captureHeld({"key"}).hold.reset();
  set("key", "again");
  EXPECT_EQ(value("key"), "again");
}

TEST_P(CacheSessionContract, RefusesToDoMoreThanOneThingUnderAHold) {
  set("a", "1");
  auto held = captureHeld({"a", "{a}b"});
  const auto outcomes =
      applyAll({DeleteMutation{.key = "a"}, DeleteMutation{.key = "{a}b"}}, std::move(held.hold));
  ASSERT_EQ(outcomes.size(), 2u);
  EXPECT_EQ(outcomes.at(0).status, ApplyStatus::refused);
  EXPECT_EQ(value("a"), "1");
}

TEST_P(CacheSessionContract, DoesNothingWithoutAPermitThatFits) {
  set("key", "precious");
  const auto elsewhere = ConnectionId::make(now());
  auto used = actions::Gate::permitFor(connection_, Action::remove, {"key"});
  ASSERT_TRUE(used.spend(connection_, Action::remove, {"key"}));
  std::vector<domain::Permit> permits;
  permits.push_back(std::move(used));
  permits.push_back(actions::Gate::permitFor(connection_, Action::remove, {"other"}));
  permits.push_back(actions::Gate::permitFor(elsewhere, Action::remove, {"key"}));
  permits.push_back(actions::Gate::permitFor(connection_, Action::set, {"key"}));
  for (auto& permit : permits) {
    const auto outcomes =
        await(session_->apply(std::move(permit), {DeleteMutation{.key = "key"}}, nullptr, soon()));
    ASSERT_EQ(outcomes.size(), 1u);
    EXPECT_EQ(outcomes.front().status, ApplyStatus::refused);
    EXPECT_EQ(outcomes.front().error->code, ErrorCode::internalError);
    EXPECT_EQ(value("key"), "precious");
  }
}

TEST_P(CacheSessionContract, DoesNothingWhenOneOfManyIsNotCoveredByThePermit) {
  set("a", "1");
  set("b", "2");
  auto permit = actions::Gate::permitFor(connection_, Action::remove, {"a"});
  const auto outcomes = await(session_->apply(
      std::move(permit), {DeleteMutation{.key = "a"}, DeleteMutation{.key = "b"}}, nullptr, soon()));
  ASSERT_EQ(outcomes.size(), 2u);
  for (const auto& outcome : outcomes) EXPECT_EQ(outcome.status, ApplyStatus::refused);
  EXPECT_EQ(value("a"), "1");
}

class EveryCall {
 public:
  EveryCall(cache::CacheSession& session, boost::asio::io_context& io) : session_(session), io_(io) {}

  /// What each reading call fails with.
  std::vector<ErrorCode> codes(const CallContext& context) {
    std::vector<ErrorCode> codes;
    note(codes, test::await(io_, session_.probe(context)));
    note(codes, test::await(io_, session_.ping(context)));
    note(codes, test::await(io_, session_.stats("", context)));
    note(codes, test::await(io_, session_.scan({}, context)));
    note(codes, test::await(io_, session_.describe({"key"}, context)));
    note(codes, test::await(io_, session_.read("key", {}, context)));
    note(codes, test::await(io_, session_.capture({"key"}, {}, context)));
    note(codes, test::await(io_, session_.captureHeld({"key"}, {}, context)));
    return codes;
  }

 private:
  template <class T>
  static void note(std::vector<ErrorCode>& codes, const Result<T>& result) {
    if (!result) codes.push_back(result.error().code);
  }

  cache::CacheSession& session_;
  boost::asio::io_context& io_;
};

TEST_P(CacheSessionContract, AnswersTimeoutOnceTheDeadlineIsOver) {
  set("key", "precious");
  const CallContext over = CallContext::within(-1s);
  EXPECT_EQ(EveryCall(*session_, io_).codes(over), std::vector(8, ErrorCode::timeout));
  auto permit = actions::Gate::permitFor(connection_, Action::remove, {"key"});
  const auto outcomes =
      await(session_->apply(std::move(permit), {DeleteMutation{.key = "key"}}, nullptr, over));
  EXPECT_EQ(outcomes.at(0).status, ApplyStatus::notSent);
  EXPECT_EQ(outcomes.at(0).error->code, ErrorCode::timeout);
  EXPECT_TRUE(outcomes.at(0).error->retryable);
  EXPECT_EQ(value("key"), "precious");
}

TEST_P(CacheSessionContract, AnswersCancelledOnceToldToStop) {
  set("key", "precious");
  std::stop_source stop;
  stop.request_stop();
  const CallContext stopped = CallContext::within(10s, stop.get_token());
  EXPECT_EQ(EveryCall(*session_, io_).codes(stopped), std::vector(8, ErrorCode::cancelled));
  auto permit = actions::Gate::permitFor(connection_, Action::remove, {"key"});
  const auto outcomes =
      await(session_->apply(std::move(permit), {DeleteMutation{.key = "key"}}, nullptr, stopped));
  EXPECT_EQ(outcomes.at(0).status, ApplyStatus::notSent);
  EXPECT_EQ(outcomes.at(0).error->code, ErrorCode::cancelled);
  EXPECT_EQ(value("key"), "precious");
}

TEST_P(CacheSessionContract, EndsEveryCallOnceClosed) {
  set("key", "precious");
  session_->close();
  EXPECT_EQ(EveryCall(*session_, io_).codes(soon()), std::vector(8, ErrorCode::cancelled));
  EXPECT_EQ(apply(DeleteMutation{.key = "key"}).status, ApplyStatus::notSent);
  session_ = cache_->session(io_.get_executor(), connection_);
  EXPECT_EQ(value("key"), "precious");
}

TEST_P(CacheSessionContract, TellsWhatTheServerCounts) {
  set("key", "value");
  const auto stats = await(session_->stats("", soon()));
  if (!stats) {
    EXPECT_EQ(stats.error().code, ErrorCode::unauthorized) << stats.error().message;
    return;
  }
  EXPECT_EQ(stats->family, cache::kGeneralStats);
  ASSERT_FALSE(stats->sections.empty());
  EXPECT_FALSE(stats->sections.front().values.empty());
  EXPECT_EQ(await(session_->stats("General", soon()))->family, cache::kGeneralStats);
}

TEST_P(CacheSessionContract, RefusesAFamilyOfStatisticsThatThereIsNot) {
  for (const auto* family : {"nosuch", "items\r\nflush_all", "reset"}) {
    set("key", "value");
    const auto stats = await(session_->stats(family, soon()));
    ASSERT_FALSE(stats);
    EXPECT_EQ(stats.error().code, ErrorCode::validationError);
    EXPECT_EQ(value("key"), "value");
  }
}

TEST_P(CacheSessionContract, ProbesWhatTheServerCanDo) {
  const auto info = await(session_->probe(soon()));
  ASSERT_TRUE(info) << info.error().message;
  // Who may not ask for them sees that the right is missing.
  const bool mayAsk = std::ranges::find(info->missingRights, "info") == info->missingRights.end();
  EXPECT_EQ(info->version.empty(), !mayAsk);
  EXPECT_TRUE(!mayAsk || !info->role.empty());
  EXPECT_GT(info->latency.count() + 1, 0);
  set("key", "value", 100s);
  EXPECT_EQ(read("key").ttlKnown, (*info)[cache::Capability::ttl].supported);
  EXPECT_TRUE((*info)[cache::Capability::cas].supported);
  EXPECT_TRUE((*info)[cache::Capability::patternScan].supported);
  EXPECT_TRUE((*info)[cache::Capability::snapshotRestore].supported);
  for (const auto& capability : info->capabilities)
    EXPECT_EQ(capability.supported, capability.reason.empty());
  EXPECT_TRUE(await(session_->ping(soon())));
}

}  // namespace
}  // namespace cachify::test
