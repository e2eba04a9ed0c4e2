#pragma once
// One run: pulls steps from its plan, makes batches of them, keeps several under way, and records what came
// of them in the plan's order. The frames of recorded steps are the checkpoint from which it can be resumed.
// Internal to `Workflows`.

#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>

#include "actions/recorder.hpp"
#include "actions/workflows/batch.hpp"
#include "core/digest.hpp"

namespace cachify::actions {

struct RunProgress {
  domain::RunTotals totals{};
  bool planComplete = false;
  std::optional<std::uint64_t> expectedTotal{};  ///< as far as is known
  std::chrono::microseconds elapsed{};
  double stepsPerSecond = 0;
  std::optional<std::chrono::seconds> remaining{};  ///< nothing: cannot be told
};
/// On the network thread, after every batch and piece of the plan: must be short.
using OnProgress = std::function<void(const RunProgress&)>;

struct RunReport {
  ExecutionId id{};
  domain::RunStatus status = domain::RunStatus::running;
  domain::RunTotals totals{};
  std::chrono::microseconds duration{};
  std::string message{};         ///< why it was not a success
  std::optional<Error> error{};  ///< what ended it early, where it was not a person or the retry policy
  bool repeated = false;         ///< started before under this idempotency key; this is what came of it
};

/// What it begins with; for a resumed run, from where.
struct RunOrders {
  events::RunStarted started{};
  std::unique_ptr<PlanSource> source{};
  /// Pieces of the plan go sealed into the log; from this number on (a resumed run's plan may be there in
  /// part).
  bool keepsPlan = false;
  std::uint64_t planned = 0;
  bool planComplete = false;  ///< the source is a whole frozen plan
  std::uint64_t done = 0;     ///< steps that are recorded
  domain::RunTotals totals{};
  Digest planDigest{};  ///< of the pieces that are there, for a plan that is completed
  std::unordered_map<std::string, EarlierAttempt> earlier{};
};

struct KeysUnderWay;

/// Lives on the network thread; one `execute` each.
class WorkflowRun {
 public:
  WorkflowRun(const BatchOrders& batchOrders, const Recorder& recorder, RunOrders orders,
              std::stop_token stop, OnProgress onProgress);
  ~WorkflowRun();
  WorkflowRun(const WorkflowRun&) = delete;
  WorkflowRun& operator=(const WorkflowRun&) = delete;

  /// Runs to the end; the report says how it ended. An error: it was taken over, or the log cannot be
  /// written.
  Task<RunReport> execute();

 private:
  Task<void> pump();
  boost::asio::awaitable<void> planAhead();
  void endPlan(const std::exception_ptr& unexpected);
  Task<StepPiece> nextPiece();
  Task<void> extendPlan(StepPiece& piece);
  Task<void> lookAt(std::vector<PlannedStep>& steps);
  [[nodiscard]] bool mayBegin(const PlannedStep& step) const;
  boost::asio::awaitable<void> launch(StepPiece piece);
  /// `keys`: of the batch, out of those that are under way.
  boost::asio::awaitable<void> runBatch(std::uint64_t ticket, std::shared_ptr<Batch> batch,
                                        std::vector<std::size_t> keys);
  void judge(const Batch& batch, const Result<void>& done);
  void note(const Batch& batch);
  Task<void> completePlan();
  Task<RunReport> finish(const Result<void>& pumped);
  [[nodiscard]] domain::RunStatus statusAfter(const Result<void>& pumped) const;
  [[nodiscard]] log::AppendRequest draftEnd(const RunReport& report) const;
  [[nodiscard]] bool mustStop() const;
  Task<void> keepRate(std::size_t steps);
  void tell();

  const BatchOrders& batchOrders_;
  const Recorder& recorder_;
  RunOrders orders_;
  std::stop_token stop_;
  /// Whatever ends the run ends planning: nobody waits for a piece that is not wanted any more.
  std::stop_source planStop_;
  std::stop_callback<std::function<void()>> alsoPlan_{stop_, [this] { planStop_.request_stop(); }};
  OnProgress onProgress_;
  Wakeup wakeup_;
  std::deque<StepPiece> planned_;  ///< and kept, waiting to be launched
  bool planEnded_ = false;         ///< nothing comes after `planned_`
  Result<void> planning_{};        ///< how the plan ended
  std::unique_ptr<KeysUnderWay> keysUnderWay_;
  std::uint64_t launched_ = 0;        ///< batches
  std::uint64_t executed_ = 0;        ///< batches
  std::uint64_t recorded_ = 0;        ///< batches
  domain::RunTotals executedTotals_;  ///< with the steps that are not told yet
  bool isUntold_ = false;             ///< a batch could not be recorded
  std::uint64_t nextStep_ = 0;        ///< number of the next step to be launched
  std::uint64_t paced_ = 0;           ///< steps launched, for the rate
  bool aborted_ = false;
  std::optional<ErrorCode> firstFailure_;  ///< of a step
  std::optional<Error> fatal_;
  std::optional<std::uint64_t> expectedTotal_;
  SteadyTime began_ = std::chrono::steady_clock::now();
};

}  // namespace cachify::actions
