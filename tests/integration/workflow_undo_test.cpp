// Rolling back a whole run: every key as it was, and nothing of what others did since.

#include <fstream>

#include "support/workflow_keys.hpp"

namespace cachify {
namespace {

using domain::RunStatus;
using test::kAllKeys;

class WorkflowUndo : public test::WorkflowOnKeys {
 protected:
  /// As parameters: `{"entries":[…]}` of `prefix0`, … with `value`.
  static std::string entries(const std::string& prefix, int count, const std::string& value) {
    std::string list;
    for (int i = 0; i < count; ++i) {
      list += (i == 0 ? "" : ",");
      list += R"({"key":")" + prefix + std::to_string(i) + R"(","value":")" + value + R"("})";
    }
    return R"({"entries":[)" + list + "]}";
  }
};

TEST_F(WorkflowUndo, OfADeletionBringsContentTypeAndRemainingTtlBack) {
  fillMixed(5'000);
  const auto before = everything();
  const auto deletion = done("deleteByPattern", kAllKeys);
  ASSERT_EQ(keysThere(), 0);
  const auto report = undone(deletion.id);
  EXPECT_EQ(report.status, RunStatus::success) << report.message;
  EXPECT_EQ(report.totals.succeeded, 5'000U);
  EXPECT_EQ(everything(), before);
}

TEST_F(WorkflowUndo, OfTtlsBringsTheOldDeadlinesBack) {
  fillMixed(2'500);
  const auto before = everything();
  const auto normalized = done("ttlNormalize", R"({"pattern":"k:*","ttlSeconds":60})");
  ASSERT_NE(everything(), before);
  EXPECT_EQ(undone(normalized.id).totals.succeeded, 2'500U);
  EXPECT_EQ(everything(), before);
}

TEST_F(WorkflowUndo, OfAWarmUpTakesAwayWhatWasNewAndBringsBackWhatWasOverwritten) {
  fillMixed(100, "w:");
  const auto before = everything();
  const auto warmed = done("warmupSet", entries("w:", 200, "fresh"));
  ASSERT_EQ(keysThere(), 200);
  EXPECT_EQ(undone(warmed.id).totals.succeeded, 200U);
  EXPECT_EQ(everything(), before);
}

TEST_F(WorkflowUndo, CanItselfBeUndoneAndThatAgain) {
  fillMixed(700);
  const auto before = everything();
  const auto deletion = done("deleteByPattern", kAllKeys);
  const auto restored = undone(deletion.id);
  ASSERT_EQ(everything(), before);
  const auto deletedAgain = undone(restored.id);
  EXPECT_EQ(deletedAgain.totals.succeeded, 700U);
  EXPECT_EQ(keysThere(), 0);
  EXPECT_EQ(undone(deletedAgain.id).totals.succeeded, 700U);
  EXPECT_EQ(everything(), before);
}

TEST_F(WorkflowUndo, OfADryRunIsRefused) {
  fillMixed(5);
  const auto plan = preview(request("deleteByPattern", kAllKeys));
  ASSERT_TRUE(plan) << plan.error().message;
  const auto refused = rollBack(plan->id);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::validationError);
}

/// The same keys several times in one run, as a file of entries may have them.
class RepeatedKeys : public WorkflowUndo {
 protected:
  std::string file(int keys, int times) {
    const std::string path = data_ / "entries.jsonl";
    std::ofstream out(path);
    for (int time = 0; time < times; ++time) {
      for (int i = 0; i < keys; ++i)
        out << R"({"key":"k:)" << i << R"(","value":"pass )" << time << R"("})" << '\n';
    }
    return R"({"file":")" + path + R"("})";
  }
};

TEST_F(RepeatedKeys, WithinABatchEndWithTheLastValueAndAreUndoneToTheFirst) {
  fillMixed(10);
  const auto before = everything();
  const auto warmed = done("warmupSet", file(10, 3));
  EXPECT_EQ(cli_.must({"GET", "k:3"}).text, "pass 2");
  undone(warmed.id);
  EXPECT_EQ(everything(), before);
}

TEST_F(RepeatedKeys, AcrossBatchesEndWithTheLastValueAndAreUndoneToTheFirst) {
  fillMixed(2'500);
  const auto before = everything();
  const auto warmed = done("warmupSet", file(2'500, 4));
  for (int i = 0; i < 2'500; i += 100) {
    EXPECT_EQ(cli_.must({"GET", "k:" + std::to_string(i)}).text, "pass 3") << i;
  }
  undone(warmed.id);
  EXPECT_EQ(everything(), before);
}

TEST_F(RepeatedKeys, OfARunThatEndedWhileItWasPlannedEndWithTheLastValueOnceItIsResumed) {
  auto slow = request("warmupSet", file(15'000, 4));
  slow.settings.maxStepsPerSecond = 20'000;
  std::stop_source stop;
  actions::RunWatch watch;
  watch.stop = stop.get_token();
  watch.onProgress = [&stop](const actions::RunProgress& progress) {
    if (progress.totals.succeeded > 0) stop.request_stop();
  };
  const auto cancelled = run(std::move(slow), std::move(watch));
  ASSERT_TRUE(cancelled) << cancelled.error().message;
  ASSERT_EQ(cancelled->status, domain::RunStatus::cancelled);
  ASSERT_LT(cancelled->totals.total, 60'000U) << "the plan has a rest that is drawn up anew";
  const auto rest = resume(cancelled->id);
  ASSERT_TRUE(rest) << rest.error().message;
  EXPECT_EQ(rest->status, domain::RunStatus::success) << rest->message;
  EXPECT_EQ(rest->totals.total, 60'000U);
  for (int i = 0; i < 15'000; i += 500) {
    EXPECT_EQ(cli_.must({"GET", "k:" + std::to_string(i)}).text, "pass 3") << i;
  }
}

}  // namespace
}  // namespace cachify
