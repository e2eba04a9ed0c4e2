// kill -9 in the middle of a run: it is found interrupted, goes on, and every key is handled once and leads
// back.


#include <random>
#include <set>
#include <thread>

#include "support/workflow_fixture.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using domain::RunStatus;

constexpr long long kKeys = 20'000;

class KilledRun : public test::RedisWorkflow {
 protected:
  static int rounds() {
    const char* wanted = std::getenv("CACHIFY_FAULT_ROUNDS");
    return wanted == nullptr ? 4 : std::max(4, std::atoi(wanted) / 20);
  }

  std::unique_ptr<test::ChildProcess> startRun() {
    const std::vector<std::string> command{std::string(CACHIFY_BIN_DIR) + "/cachify",
                                           "--data-dir",
                                           data_ / "data",
                                           "--json",
                                           "workflows",
                                           "run",
                                           "cache",
                                           "--kind",
                                           "deleteByPattern",
                                           "--param",
                                           "pattern=key:*"};
    return std::make_unique<test::ChildProcess>(command, data_ / "run.out");
  }

  void waitUntilKeysGo(test::ChildProcess& process) {
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (keysThere() == kKeys && process.running()) {
      if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("the run does not begin");
      std::this_thread::sleep_for(1ms);
    }
  }

  ExecutionId newestRun() {
    const auto started = framesOf(events::EventType::workflowStarted);
    return ExecutionId(started.back().firstEventId);
  }

  RunStatus statusOf(ExecutionId id) { return engine_->wait(engine_->workflows().show(id))->status; }
};

TEST_F(KilledRun, GoesOnWhereItWasAndLeadsBackWhole) {
  std::random_device seed;
  std::mt19937_64 random(seed());
  for (int round = 0; round < rounds(); ++round) {
    cli_.must({"FLUSHALL"});
    cli_.must({"DEBUG", "POPULATE", std::to_string(kKeys), "key", "32"});
    auto process = startRun();
    waitUntilKeysGo(*process);
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 300));
    const bool isLeftAlone = process->running() && statusOf(newestRun()) == RunStatus::running;
    process->kill();
    process.reset();

    reopen();
    const ExecutionId run = newestRun();
    if (statusOf(run) != RunStatus::success) {
      EXPECT_EQ(statusOf(run), RunStatus::interrupted);
      EXPECT_TRUE(isLeftAlone);
      const auto rest = engine_->wait(engine_->workflows().resume(run, {}, {}));
      ASSERT_TRUE(rest) << rest.error().message;
      EXPECT_EQ(rest->status, RunStatus::success);
    }
    EXPECT_EQ(keysThere(), 0);
    std::multiset<Bytes> handled;
    for (const auto& step : stepsOf(run)) {
      if (step.status != domain::StepStatus::succeeded) continue;
      handled.insert(step.key);
      EXPECT_GT(step.snapshot, 0U);
    }
    EXPECT_EQ(handled.size(), static_cast<std::size_t>(kKeys));
    EXPECT_EQ(std::set<Bytes>(handled.begin(), handled.end()).size(), static_cast<std::size_t>(kKeys));

    const auto back = rollBack(run);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(keysThere(), kKeys);
    EXPECT_EQ(cli_.must({"GET", "key:7"}).text.substr(0, 7), "value:7");
  }
}

TEST_F(KilledRun, ARunOfALivingProcessIsLeftAlone) {
  cli_.must({"DEBUG", "POPULATE", std::to_string(kKeys), "key", "32"});
  auto process = startRun();
  waitUntilKeysGo(*process);
  reopen();
  const ExecutionId run = newestRun();
  EXPECT_TRUE(framesOf(events::EventType::workflowInterrupted).empty());
  const auto resumed = engine_->wait(engine_->workflows().resume(run, {}, {}));
  EXPECT_FALSE(resumed);
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  while (process->running() && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(5ms);
  EXPECT_EQ(keysThere(), 0);
  EXPECT_EQ(statusOf(run), RunStatus::success);
}

}  // namespace
}  // namespace cachify
