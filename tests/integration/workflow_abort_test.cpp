// Runs on a server that does a part of what it is asked.

#include "events/alert_events.hpp"
#include "events/decode.hpp"
#include "support/fault_proxy.hpp"
#include "support/workflow_keys.hpp"

namespace cachify {
namespace {

using domain::RunStatus;
using domain::StepStatus;

constexpr int kAbortKeys = 10'000;
constexpr std::uint64_t kOneBatch = 2'000;
constexpr const char* kGiveTtls = R"({"pattern":"k:*","ttlSeconds":3600})";

class WorkflowAbort : public test::WorkflowOnKeys {
 protected:
  WorkflowAbort() {
    std::vector<std::vector<std::string>> commands;
    for (int i = 0; i < kAbortKeys; ++i) commands.push_back({"SET", "k:" + std::to_string(i), "v"});
    static_cast<void>(cli_.pipeline(commands));
    auto through = draft(domain::CacheEngine::redis, proxy_.port());
    through.name = "through the proxy";
    profile_ = add(through);
    proxy_.refuse("PEXPIREAT", 0.4);
  }
  Result<actions::RunReport> runWith(double abortOnErrorRate) {
    auto wanted = request("ttlNormalize", kGiveTtls);
    wanted.settings.retry = domain::RetryPolicy{.abortOnErrorRate = abortOnErrorRate};
    wanted.settings.concurrency = 1;
    return run(std::move(wanted));
  }
  std::uint64_t withTtl() {
    std::vector<std::vector<std::string>> looks;
    for (int i = 0; i < kAbortKeys; ++i) looks.push_back({"PTTL", "k:" + std::to_string(i)});
    const auto replies = cli_.pipeline(looks);
    return static_cast<std::uint64_t>(
        std::ranges::count_if(replies, [](const auto& reply) { return reply.integer > 0; }));
  }
  std::uint64_t recorded(ExecutionId id, StepStatus status) {
    const auto steps = stepsOf(id);
    return static_cast<std::uint64_t>(
        std::ranges::count_if(steps, [status](const auto& step) { return step.status == status; }));
  }
  std::vector<events::AlertRaised> alerts() {
    std::vector<events::AlertRaised> raised;
    for (const auto& frame : framesOf(events::EventType::alertRaised)) {
      for (const auto& payload : frame.payloads)
        raised.push_back(*events::decodeAs<events::AlertRaised>(frame.schemaVersion, payload));
    }
    return raised;
  }

  test::FaultProxy proxy_{server_.port()};
};

TEST_F(WorkflowAbort, FortyPercentOfFailuresAboveTheRateEndTheRunWithACriticalAlertAndRightCounts) {
  const auto report = runWith(0.3);
  ASSERT_TRUE(report) << report.error().message;
  const auto& totals = report->totals;
  EXPECT_EQ(report->status, RunStatus::aborted);
  EXPECT_EQ(totals.done(), kOneBatch) << "it is judged before the next batch begins";
  EXPECT_NEAR(static_cast<double>(totals.failed) / static_cast<double>(totals.done()), 0.4, 0.001);
  EXPECT_EQ(totals.succeeded, withTtl());
  EXPECT_EQ(totals.succeeded, recorded(report->id, StepStatus::succeeded));
  EXPECT_EQ(totals.failed, recorded(report->id, StepStatus::failed));
  EXPECT_EQ(totals.failed, static_cast<std::uint64_t>(proxy_.struck()));
  const auto raised = alerts();
  ASSERT_EQ(raised.size(), 1U);
  EXPECT_EQ(raised.front().severity, events::Severity::critical);
  EXPECT_EQ(raised.front().source, "workflow");
  const auto expected =
      std::to_string(totals.failed) + " of " + std::to_string(totals.done()) + " steps failed";
  EXPECT_THAT(raised.front().message, testing::HasSubstr(expected));
}

TEST_F(WorkflowAbort, FortyPercentOfFailuresBelowTheRateAreAnErrorAtTheEnd) {
  const auto report = runWith(0.5);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->status, RunStatus::error);
  EXPECT_EQ(report->totals.succeeded, 6'000U);
  EXPECT_EQ(report->totals.failed, 4'000U);
  EXPECT_EQ(withTtl(), 6'000U);
  const auto raised = alerts();
  ASSERT_EQ(raised.size(), 1U);
  EXPECT_EQ(raised.front().severity, events::Severity::warning);
  proxy_.pass();
  const auto undone = rollBack(report->id);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(undone->totals.succeeded, 6'000U);
  EXPECT_EQ(withTtl(), 0U);
}

}  // namespace
}  // namespace cachify
