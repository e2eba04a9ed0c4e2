// kill -9 at random moments of runs of all kinds, and of those that resume them: each key is handled once,
// none changed without a snapshot, and all of it can be undone.

#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "log/log_check.hpp"
#include "support/workflow_keys.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using domain::RunStatus;
using domain::StepStatus;

constexpr int kRunKeys = 5'000;

int workflowRounds() {
  const char* wanted = std::getenv("CACHIFY_FAULT_ROUNDS");
  return wanted == nullptr ? 24 : std::atoi(wanted);
}

class KilledRunOfAnyKind : public test::WorkflowOnKeys {
 protected:
  /// Our command line in a process of its own.
  std::unique_ptr<test::ChildProcess> start(std::vector<std::string> words) {
    std::vector<std::string> command{std::string(CACHIFY_BIN_DIR) + "/cachify", "--data-dir", data_ / "data",
                                     "--json", "workflows"};
    command.insert(command.end(), words.begin(), words.end());
    return std::make_unique<test::ChildProcess>(command, data_ / ("run" + std::to_string(number_++)));
  }
  std::unique_ptr<test::ChildProcess> startRun(const std::string& kind, const std::string& parameter) {
    return start({"run", profile_.name, "--kind", kind, "--param", parameter});
  }
  std::unique_ptr<test::ChildProcess> startSlowDeletion() {
    return start(
        {"run", profile_.name, "--kind", "deleteByPattern", "--param", "pattern=k:*", "--rate", "1000"});
  }
  static void waitFor(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("waited in vain");
      std::this_thread::sleep_for(1ms);
    }
  }
  log::Position head() { return engine_->log().head()->lastPosition; }
  /// The first event of that type behind `after`: whose run it is. Waits for it while the process lives.
  std::optional<log::Frame> waitFor(events::EventType type, log::Position after,
                                    test::ChildProcess& process) {
    std::optional<log::Frame> found;
    waitFor([&] {
      const bool isLast = !process.running();
      for (;;) {
        const auto frames = engine_->log().framesFrom(after + 1, 1 << 20);
        if (!frames || frames->empty()) return isLast;
        for (const auto& frame : *frames) {
          after = frame.lastPosition();
          if (frame.type != static_cast<std::uint16_t>(type)) continue;
          found = frame;
          return true;
        }
      }
    });
    return found;
  }
  /// A slow run that has recorded some of its steps, and is alive.
  ExecutionId begunBy(test::ChildProcess& process, log::Position after) {
    const auto started = waitFor(events::EventType::workflowStarted, after, process);
    if (!started || !waitFor(events::EventType::workflowStepSucceeded, after, process))
      throw std::runtime_error("the run did not begin");
    return ExecutionId(started->firstEventId);
  }

  actions::RunState state(ExecutionId id) {
    const auto run = engine_->wait(engine_->workflows().show(id));
    if (!run) throw std::runtime_error(run.error().message);
    return *run;
  }

  void expectEachKeyOnceWithSnapshot(ExecutionId id, std::size_t keys) {
    std::set<std::string> handled;
    const auto steps = stepsOf(id);
    for (const auto& step : steps) {
      EXPECT_EQ(step.status, StepStatus::succeeded) << step.key << ": " << step.message;
      EXPECT_GT(step.snapshot, 0U) << step.key;
      handled.insert(step.key);
    }
    EXPECT_EQ(steps.size(), keys);
    EXPECT_EQ(handled.size(), keys);
  }

  int number_ = 0;
};

struct RunKind {
  std::string kind;
  std::string parameter;
};

TEST_F(KilledRunOfAnyKind, IsResumedWithEachKeyHandledOnceAndUndone) {
  const std::string entriesFile = data_ / "entries.jsonl";
  std::ofstream entries(entriesFile);
  for (int i = 0; i < kRunKeys; ++i) entries << R"({"key":"k:)" << i << R"(","value":"warm"})" << '\n';
  entries.close();
  const std::vector<RunKind> kinds{{"deleteByPattern", "pattern=k:*"},
                                   {"ttlNormalize", "pattern=k:*"},
                                   {"warmupSet", "file=" + entriesFile}};
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> microseconds(0, 120'000);
  fillMixed(kRunKeys);
  const auto keysBefore = everything();
  int killedInMidRun = 0;
  int killedTwice = 0;
  for (int round = 0; round < workflowRounds(); ++round) {
    const RunKind& kind = kinds[static_cast<std::size_t>(round) % kinds.size()];
    SCOPED_TRACE("round " + std::to_string(round) + ", " + kind.kind);
    const log::Position before = head();
    auto victim = startRun(kind.kind, kind.parameter);
    const auto started = waitFor(events::EventType::workflowStarted, before, *victim);
    ASSERT_TRUE(started);
    const ExecutionId id(started->firstEventId);
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
    victim->kill();
    if (round % 4 == 3) {
      // The second runner dies, too: what the first one left open is still known.
      auto second = start({"resume", id.toString()});
      const bool isGoingOn = waitFor(events::EventType::workflowResumed, before, *second).has_value();
      std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
      second->kill();
      killedTwice += isGoingOn ? 1 : 0;
    }
    // A child that it was just making may hold its lock for a moment longer.
    waitFor([&] {
      reopen();
      return state(id).status != RunStatus::running;
    });
    const auto killed = state(id);
    ASSERT_TRUE(killed.status == RunStatus::interrupted || killed.status == RunStatus::success)
        << domain::wireName(killed.status);
    if (killed.status == RunStatus::interrupted) {
      ++killedInMidRun;
      const auto rest = resume(id);
      ASSERT_TRUE(rest) << rest.error().message;
      ASSERT_EQ(rest->status, RunStatus::success) << rest->message;
    }
    expectEachKeyOnceWithSnapshot(id, kRunKeys);
    const auto undone = rollBack(id);
    ASSERT_TRUE(undone) << undone.error().message;
    ASSERT_EQ(undone->totals.succeeded, static_cast<std::uint64_t>(kRunKeys)) << undone->message;
    ASSERT_EQ(everything(), keysBefore);
  }
  EXPECT_GT(killedInMidRun, workflowRounds() / 3) << "most were killed too early or too late";
  RecordProperty("killedInMidRun", killedInMidRun);
  RecordProperty("killedTwice", killedTwice);
  engine_.reset();
  const auto report = log::verifyLog(std::string(CACHIFY_BIN_DIR) + "/cachify-log-check", data_ / "data/log");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->ok) << report->problems.at(0).message;
}

TEST_F(KilledRunOfAnyKind, OfALivingProcessCanBeCancelledAndNeitherResumedNorUndone) {
  fillMixed(kRunKeys * 2);
  const log::Position before = head();
  auto living = startSlowDeletion();
  const ExecutionId id = begunBy(*living, before);
  reopen();
  EXPECT_EQ(engine_->recovered().deadSessions, 0U);
  EXPECT_EQ(state(id).status, RunStatus::running);
  EXPECT_EQ(resume(id).error().code, ErrorCode::conflict);
  EXPECT_EQ(rollBack(id).error().code, ErrorCode::conflict);
  const auto asked = engine_->wait(engine_->workflows().cancel(id));
  ASSERT_TRUE(asked) << asked.error().message;
  waitFor([&] { return !living->running(); });
  EXPECT_EQ(state(id).status, RunStatus::cancelled);
  EXPECT_GT(keysThere(), 0);
}

TEST_F(KilledRunOfAnyKind, IsFoundByTheProcessOnDutyWhichWasThereBefore) {
  fillMixed(kRunKeys);
  ASSERT_TRUE(engine_->wait(engine_->duty().begin()).value());
  const log::Position before = head();
  auto victim = startSlowDeletion();
  const ExecutionId id = begunBy(*victim, before);
  EXPECT_EQ(state(id).status, RunStatus::running);
  victim->kill();
  waitFor([&] { return state(id).status == RunStatus::interrupted; });
  const auto rest = resume(id);
  ASSERT_TRUE(rest) << rest.error().message;
  expectEachKeyOnceWithSnapshot(id, kRunKeys);
}

TEST_F(KilledRunOfAnyKind, IsResumedByOneOfTwoAlone) {
  fillMixed(kRunKeys);
  const log::Position before = head();
  auto victim = startSlowDeletion();
  const ExecutionId id = begunBy(*victim, before);
  victim->kill();
  auto one = start({"resume", id.toString()});
  auto other = start({"resume", id.toString()});
  waitFor([&] { return !one->running() && !other->running(); });
  EXPECT_EQ(framesOf(events::EventType::workflowFinished).size(), 1U);
  EXPECT_EQ(state(id).status, RunStatus::success);
  expectEachKeyOnceWithSnapshot(id, kRunKeys);
  EXPECT_EQ(keysThere(), 0);
}

}  // namespace
}  // namespace cachify
