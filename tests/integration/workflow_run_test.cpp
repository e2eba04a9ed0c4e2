// Bulk work on a real Redis: dry runs, runs, drift, undo, policy.

#include "support/workflow_fixture.hpp"

namespace cachify {
namespace {

using domain::RunStatus;

constexpr auto kDeleteTmp = R"({"pattern":"tmp:*"})";

class WorkflowRun : public test::RedisWorkflow {
 protected:
  void fill(int count) {
    for (int i = 0; i < count; ++i) cli_.must({"SET", "tmp:" + std::to_string(i), "v" + std::to_string(i)});
    cli_.must({"SET", "other", "stays"});
  }
};

TEST_F(WorkflowRun, DeletesWhatMatchesAndBringsItBackToTheByte) {
  fill(5000);
  cli_.must({"HSET", "tmp:hash", "f", "v"});
  cli_.must({"PEXPIRE", "tmp:hash", "100000"});
  cli_.must({"RPUSH", "tmp:list", "a", "b"});
  cli_.must({"SET", Bytes("tmp:\0\xff", 6), Bytes("\0v", 2)});
  const std::string hash = digestOf("tmp:hash");
  const std::string list = dumpOf("tmp:list");

  const auto done = run(request("deleteByPattern", kDeleteTmp));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->status, RunStatus::success);
  EXPECT_EQ(done->totals.succeeded, 5003U);
  EXPECT_EQ(keysThere(), 1);

  const auto back = rollBack(done->id);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->totals.succeeded, 5003U);
  EXPECT_EQ(keysThere(), 5004);
  EXPECT_EQ(digestOf("tmp:hash"), hash);
  EXPECT_EQ(dumpOf("tmp:list"), list);
  EXPECT_NEAR(static_cast<double>(pttl("tmp:hash")), 100'000, 10'000);

  const auto undone = rollBack(back->id);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(keysThere(), 1);
}

TEST_F(WorkflowRun, APlanIsExecutedAsItWasFrozenAndDriftIsLeftAlone) {
  fill(10);
  const auto plan = preview(request("deleteByPattern", kDeleteTmp));
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(plan->totals.total, 10U);
  EXPECT_EQ(keysThere(), 11);
  cli_.must({"SET", "tmp:new", "came later"});
  cli_.must({"SET", "tmp:1", "changed to something longer"});
  cli_.must({"PEXPIRE", "tmp:2", "100000"});
  cli_.must({"DEL", "tmp:3"});

  const auto done = run(ofPlan(plan->id));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->totals.succeeded, 7U);
  EXPECT_EQ(done->totals.skipped, 3U);
  for (const auto* kept : {"tmp:new", "tmp:1", "tmp:2", "other"})
    EXPECT_EQ(cli_.must({"EXISTS", kept}).integer, 1) << kept;

  auto forced = ofPlan(plan->id);
  forced.settings.onDrift = domain::OnDrift::apply;
  const auto rest = run(std::move(forced));
  ASSERT_TRUE(rest) << rest.error().message;
  EXPECT_EQ(rest->totals.succeeded, 2U);
  EXPECT_EQ(cli_.must({"EXISTS", "tmp:new"}).integer, 1);
}

TEST_F(WorkflowRun, AnExactPlanSeesAChangeOfTheSameSize) {
  fill(2);
  auto exact = request("deleteByPattern", kDeleteTmp);
  exact.settings.exact = true;
  const auto plan = preview(std::move(exact));
  ASSERT_TRUE(plan) << plan.error().message;
  cli_.must({"SET", "tmp:1", "vX"});
  const auto done = run(ofPlan(plan->id));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->totals.succeeded, 1U);
  EXPECT_EQ(cli_.must({"GET", "tmp:1"}).text, "vX");
}

TEST_F(WorkflowRun, RollingBackLeavesKeysAloneThatSomebodyElseChanged) {
  fill(3);
  const auto done = run(request("deleteByPattern", kDeleteTmp));
  ASSERT_TRUE(done) << done.error().message;
  cli_.must({"SET", "tmp:1", "somebody else's"});
  const auto back = rollBack(done->id);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->totals.skipped, 1U);
  EXPECT_EQ(cli_.must({"GET", "tmp:1"}).text, "somebody else's");
  EXPECT_EQ(cli_.must({"GET", "tmp:2"}).text, "v2");
  const auto forced = rollBack(done->id, true);
  ASSERT_TRUE(forced) << forced.error().message;
  EXPECT_EQ(cli_.must({"GET", "tmp:1"}).text, "v1");
}

TEST_F(WorkflowRun, ASingleKeyOfARunCanBeRestoredToo) {
  fill(3);
  ASSERT_TRUE(run(request("deleteByPattern", kDeleteTmp)));
  const auto restored = restoreLatest(profile_, "tmp:1");
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(cli_.must({"GET", "tmp:1"}).text, "v1");
}

TEST_F(WorkflowRun, TtlsAreNormalizedForEveryTypeAndValuesStay) {
  cli_.must({"SET", "s", "v"});
  cli_.must({"HSET", "h", "f", "v"});
  cli_.must({"XADD", "x", "1-1", "f", "v"});
  cli_.must({"SET", "has", "v", "PX", "5000000"});
  const std::string before = digestOf("h") + digestOf("x");
  const auto done = run(request("ttlNormalize", R"({"pattern":"*","ttlSeconds":100,"onlyWithoutTtl":true})"));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->totals.succeeded, 3U);
  EXPECT_EQ(cli_.must({"HGET", "h", "f"}).text, "v");
  EXPECT_GT(pttl("x"), 0);
  EXPECT_LE(pttl("x"), 100'000);
  EXPECT_GT(pttl("has"), 1'000'000);
  ASSERT_TRUE(rollBack(done->id));
  EXPECT_EQ(pttl("x"), -1);
  // DEBUG DIGEST-VALUE tells whether a key expires, too.
  EXPECT_EQ(digestOf("h") + digestOf("x"), before);
}

TEST_F(WorkflowRun, ValuesToWarmUpWithAreInNoEvent) {
  const auto done =
      run(request("warmupSet", R"({"entries":[{"key":"w","value":"top-secret-value","ttlSeconds":60}]})"));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(cli_.must({"GET", "w"}).text, "top-secret-value");
  ASSERT_TRUE(engine_->log().flush());
  const auto frames = engine_->log().framesFrom(1, 64 << 20);
  ASSERT_TRUE(frames);
  for (const auto& frame : *frames) {
    for (const auto& payload : frame.payloads)
      EXPECT_EQ(payload.find("top-secret-value"), std::string::npos) << payload;
  }
  actions::RunRequest again{.profile = profile_};
  cli_.must({"DEL", "w"});
  const auto rerun = engine_->wait(engine_->workflows().rerun(done->id, false, std::move(again), {}));
  ASSERT_TRUE(rerun) << rerun.error().message;
  EXPECT_EQ(cli_.must({"GET", "w"}).text, "top-secret-value");
}

TEST_F(WorkflowRun, ProdWantsTheNameAndAFreshPlan) {
  fill(3);
  becomeProd();
  const auto bare = run(request("deleteByPattern", kDeleteTmp));
  ASSERT_FALSE(bare);
  EXPECT_EQ(detail(bare.error(), "policy"), "prodGuardrail");
  auto confirmed = request("deleteByPattern", kDeleteTmp);
  confirmed.consent.confirmation = profile_.name;
  const auto planless = run(std::move(confirmed));
  ASSERT_FALSE(planless);
  EXPECT_EQ(detail(planless.error(), "policy"), "planRequired");
  EXPECT_EQ(keysThere(), 4);
  const auto plan = preview(request("deleteByPattern", kDeleteTmp));
  ASSERT_TRUE(plan) << plan.error().message;
  auto planned = ofPlan(plan->id);
  planned.consent.confirmation = profile_.name;
  const auto done = run(std::move(planned));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(keysThere(), 1);
  EXPECT_FALSE(rollBack(done->id));
  EXPECT_TRUE(rollBack(done->id, false, {.confirmation = profile_.name}));
  EXPECT_EQ(keysThere(), 4);
  EXPECT_EQ(framesOf(events::EventType::operationBlocked).size(), 3U);
}

TEST_F(WorkflowRun, EndsAbortedWhenTooManyStepsFail) {
  fill(100);
  for (int i = 0; i < 100; ++i) cli_.must({"SET", "tmp:locked:" + std::to_string(i), "v"});
  cli_.must({"ACL", "SETUSER", "few", "on", ">pw", "+@all", "~tmp:?", "~tmp:??"});
  auto limited = draft(domain::CacheEngine::redis, server_.port());
  limited.name = "limited";
  limited.username = "few";
  auto added = engine_->wait(engine_->connections().add(limited, SecretText("pw")));
  ASSERT_TRUE(added) << added.error().message;
  actions::RunRequest wanted{.profile = *added, .kind = "deleteByPattern", .parameters = kDeleteTmp};
  wanted.settings.retry = domain::RetryPolicy{.abortOnErrorRate = 0.3};
  const auto done = run(std::move(wanted));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->status, RunStatus::aborted);
  EXPECT_EQ(done->totals.succeeded, 100U);
  EXPECT_EQ(done->totals.failed, 100U);
  EXPECT_EQ(framesOf(events::EventType::alertRaised).size(), 1U);
}

TEST_F(WorkflowRun, ARepeatUnderAnIdempotencyKeyTellsTheFirstOne) {
  fill(3);
  auto first = request("deleteByPattern", kDeleteTmp);
  first.consent.idempotencyKey = "once";
  const auto done = run(first);
  ASSERT_TRUE(done) << done.error().message;
  cli_.must({"SET", "tmp:1", "again"});
  const auto repeat = run(first);
  ASSERT_TRUE(repeat) << repeat.error().message;
  EXPECT_TRUE(repeat->repeated);
  EXPECT_EQ(repeat->id, done->id);
  EXPECT_EQ(cli_.must({"GET", "tmp:1"}).text, "again");
}

TEST_F(WorkflowRun, WrongParametersAreRefusedByName) {
  for (const auto* wrong :
       {"{}", R"({"pattern":7})", R"({"pattern":"x","limit":-1})", R"({"pattern":"x","nope":1})", "[]"}) {
    const auto refused = run(request("deleteByPattern", wrong));
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, ErrorCode::validationError) << wrong;
  }
  EXPECT_EQ(run(request("noSuchKind", "{}")).error().code, ErrorCode::notFound);
}

}  // namespace
}  // namespace cachify
