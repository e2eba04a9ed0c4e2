// What a run may not do, and what a repeated one comes to.

#include <future>

#include "events/decode.hpp"
#include "events/operation_events.hpp"
#include "support/workflow_keys.hpp"

namespace cachify {
namespace {

using domain::RunStatus;
using Report = Result<actions::RunReport>;
using test::kAllKeys;

class WorkflowPolicy : public test::WorkflowOnKeys {
 protected:
  WorkflowPolicy() { fillMixed(40); }

  actions::RunRequest confirmed(actions::RunRequest request) const {
    request.consent.confirmation = profile_.name;
    return request;
  }
  void expectBlocked(const Report& report, std::string_view policy) {
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::unauthorized);
    EXPECT_EQ(detail(report.error(), "policy"), policy);
    EXPECT_EQ(keysThere(), 40);
    const auto frames = framesOf(events::EventType::operationBlocked);
    ASSERT_FALSE(frames.empty());
    const auto event = events::decodeAs<events::OperationBlocked>(1, frames.back().payloads[0]);
    EXPECT_EQ(event->policy, policy);
    const auto alerts = framesOf(events::EventType::alertRaised);
    ASSERT_FALSE(alerts.empty());
    EXPECT_EQ(alerts.back().causationId, frames.back().firstEventId);
  }
};

TEST_F(WorkflowPolicy, ReadOnlyBlocksRunsAndAllowsDryRuns) {
  for (const bool force : {false, true}) {
    edit([force](auto& profile) {
      profile.readOnly = !force;
      profile.forceReadOnly = force;
    });
    expectBlocked(run(confirmed(request("deleteByPattern", kAllKeys))), force ? "forceReadOnly" : "readOnly");
    const auto dry = preview(request("deleteByPattern", kAllKeys));
    ASSERT_TRUE(dry) << dry.error().message;
    EXPECT_EQ(dry->totals.total, 40U);
  }
}

TEST_F(WorkflowPolicy, ReadOnlyBlocksRollingBackAndResuming) {
  const auto deleted = run(request("deleteByPattern", R"({"pattern":"k:*","limit":10})"));
  ASSERT_TRUE(deleted) << deleted.error().message;
  fillMixed(40);
  edit([](auto& profile) { profile.readOnly = true; });
  expectBlocked(rollBack(deleted->id, true, {.confirmation = profile_.name}), "readOnly");
}

TEST_F(WorkflowPolicy, TightenedInMidRunStopsTheRun) {
  fillMixed(8'000);
  auto slow = request("deleteByPattern", kAllKeys);
  slow.settings.concurrency = 1;
  slow.settings.maxStepsPerSecond = 4'000;
  std::promise<void> begun;
  bool told = false;
  actions::RunWatch watch;
  watch.onProgress = [&](const actions::RunProgress& progress) {
    if (progress.totals.succeeded > 0 && !std::exchange(told, true)) begun.set_value();
  };
  auto going = std::async(std::launch::async, [&] { return run(std::move(slow), std::move(watch)); });
  begun.get_future().get();
  edit([](auto& profile) { profile.forceReadOnly = true; });
  const auto report = going.get();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_NE(report->status, RunStatus::success);
  EXPECT_GT(keysThere(), 0);
}

TEST_F(WorkflowPolicy, WithoutAVaultThereIsNoPlanAndNoWayBack) {
  engine_.reset();
  setenv("CACHIFY_SECRET_STORE", "memory", 1);
  auto opened = studio::Engine::open({.dataDirectory = data_ / "no vault", .logMapSizeBytes = 256ULL << 20});
  setenv("CACHIFY_SECRET_STORE", "file", 1);
  ASSERT_TRUE(opened) << opened.error().message;
  engine_ = std::move(*opened);
  profile_ = add(draft(domain::CacheEngine::redis, server_.port()));
  const auto dry = preview(request("deleteByPattern", kAllKeys));
  ASSERT_FALSE(dry);
  EXPECT_EQ(dry.error().code, ErrorCode::notSupported);
  const auto report = run(request("deleteByPattern", R"({"pattern":"k:*","limit":10})"));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->totals.succeeded, 10U);
  const auto undone = rollBack(report->id);
  EXPECT_TRUE(!undone || undone->totals.succeeded == 0U);
  EXPECT_EQ(keysThere(), 30);
}

}  // namespace
}  // namespace cachify
