// The course of a run: how it is watched, slowed, ended early, and survives a bad network.

#include <fstream>
#include <future>
#include <set>
#include <thread>

#include "support/fault_proxy.hpp"
#include "support/workflow_keys.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using domain::RunStatus;
using test::kAllKeys;

using WorkflowCourse = test::WorkflowOnKeys;

TEST_F(WorkflowCourse, TakesNoMoreThanTheLimit) {
  fillMixed(500);
  const auto report = run(request("deleteByPattern", R"({"pattern":"k:*","limit":123})"));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->totals.succeeded, 123U);
  EXPECT_EQ(keysThere(), 377);
}

TEST_F(WorkflowCourse, WarmsUpFromAFileWithAnyBytes) {
  const std::string file = data_ / "entries.jsonl";
  std::ofstream(file) << R"({"key":"plain","value":"v","ttlSeconds":60})" << '\n'
                      << R"({"keyBase64":"AAH/","valueBase64":"DQoA"})" << '\n';
  const auto report = run(request("warmupSet", R"({"file":")" + file + R"("})"));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->totals.succeeded, 2U);
  EXPECT_EQ(cli_.must({"GET", std::string("\0\1\xff", 3)}).text, std::string("\r\n\0", 3));
  EXPECT_EQ(cli_.must({"GET", "plain"}).text, "v");
  EXPECT_GT(cli_.must({"PTTL", "plain"}).integer, 0);
}

TEST_F(WorkflowCourse, TellsItsProgressUpToTheEnd) {
  fillMixed(9'000);
  std::vector<actions::RunProgress> told;
  std::optional<ExecutionId> started;
  actions::RunWatch watch;
  watch.onProgress = [&told](const actions::RunProgress& progress) { told.push_back(progress); };
  watch.onStarted = [&started](ExecutionId id) { started = id; };
  const auto report = run(request("deleteByPattern", kAllKeys), std::move(watch));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(started, report->id);
  ASSERT_GT(told.size(), 4U);
  for (std::size_t i = 1; i < told.size(); ++i) {
    EXPECT_GE(told[i].totals.done(), told[i - 1].totals.done());
  }
  EXPECT_EQ(told.back().totals.succeeded, 9'000U);
}

TEST_F(WorkflowCourse, GoesNoFasterThanItsRate) {
  fillMixed(3'000);
  auto slow = request("deleteByPattern", kAllKeys);
  slow.settings.maxStepsPerSecond = 2'000;
  const auto begun = std::chrono::steady_clock::now();
  const auto report = run(slow);
  const auto took = std::chrono::steady_clock::now() - begun;
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->totals.succeeded, 3'000U);
  EXPECT_GE(took, 900ms) << "the second batch is not due before a second has passed";
}

TEST_F(WorkflowCourse, GoesNoFasterThanASmallRateEither) {
  fillMixed(30);
  auto slow = request("deleteByPattern", kAllKeys);
  slow.settings.maxStepsPerSecond = 40;
  const auto begun = std::chrono::steady_clock::now();
  const auto report = run(slow);
  const auto took = std::chrono::steady_clock::now() - begun;
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->totals.succeeded, 30U);
  EXPECT_GE(took, 600ms) << "not all at once, though it were one batch";
}

TEST_F(WorkflowCourse, CancelledInMidRunKeepsTheRestAndCanBeResumed) {
  fillMixed(8'000);
  std::stop_source stop;
  actions::RunWatch watch;
  watch.stop = stop.get_token();
  watch.onProgress = [&stop](const actions::RunProgress& progress) {
    if (progress.totals.succeeded > 0) stop.request_stop();
  };
  auto limited = request("deleteByPattern", kAllKeys);
  limited.settings.concurrency = 1;
  const auto report = run(limited, std::move(watch));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->status, RunStatus::cancelled);
  EXPECT_GT(report->totals.succeeded, 0U);
  EXPECT_EQ(static_cast<long long>(report->totals.succeeded), 8'000 - keysThere());
  ASSERT_GT(keysThere(), 0);
  const auto rest = resume(report->id);
  ASSERT_TRUE(rest) << rest.error().message;
  EXPECT_EQ(rest->status, RunStatus::success);
  EXPECT_EQ(rest->totals.succeeded, 8'000U);
  EXPECT_EQ(keysThere(), 0);
  std::set<std::string> keys;
  const auto steps = stepsOf(report->id);
  for (const auto& step : steps) keys.insert(step.key);
  EXPECT_EQ(steps.size(), 8'000U);
  EXPECT_EQ(keys.size(), 8'000U);
}

TEST_F(WorkflowCourse, CancelledByAnotherCallEnds) {
  fillMixed(8'000);
  auto slow = request("deleteByPattern", kAllKeys);
  slow.settings.maxStepsPerSecond = 2'000;
  std::promise<ExecutionId> started;
  actions::RunWatch watch;
  watch.onStarted = [&started](ExecutionId id) { started.set_value(id); };
  auto going = std::async(std::launch::async, [&] { return run(std::move(slow), std::move(watch)); });
  const ExecutionId id = started.get_future().get();
  const auto asked = engine_->wait(engine_->workflows().cancel(id));
  EXPECT_TRUE(asked) << asked.error().message;
  const auto report = going.get();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->status, RunStatus::cancelled);
  EXPECT_GT(keysThere(), 0);
  const auto late = engine_->wait(engine_->workflows().cancel(id));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::conflict);
}

TEST_F(WorkflowCourse, StepsWhoseAnswersWereLostAreLookedAtAgainAndNotCountedTwice) {
  fillMixed(3'000);
  test::FaultProxy proxy(server_.port());
  auto through = draft(domain::CacheEngine::redis, proxy.port());
  through.name = "through a bad network";
  through.retry = {.maxAttempts = 6, .backoff = 20ms};
  const auto bad = add(through);
  proxy.loseReplyTo("UNLINK");
  std::jthread heal([&proxy] {
    while (proxy.struck() == 0) std::this_thread::sleep_for(1ms);
    proxy.pass();
  });
  auto wanted = request("deleteByPattern", kAllKeys);
  wanted.profile = bad;
  const auto report = run(wanted);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->status, RunStatus::success) << report->message;
  EXPECT_EQ(report->totals.succeeded, 3'000U);
  EXPECT_GT(report->totals.retries, 0U);
  EXPECT_EQ(keysThere(), 0);
  const auto undone = rollBack(report->id);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(keysThere(), 3'000);
}

}  // namespace
}  // namespace cachify
