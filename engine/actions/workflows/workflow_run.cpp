#include "actions/workflows/workflow_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <exception>
#include <string_view>

#include "log/event_log.hpp"

namespace cachify::actions {

using domain::RunStatus;

/// By their hashes: that two keys share one only makes a batch wait.
struct KeysUnderWay : boost::unordered_flat_set<std::size_t> {};

namespace {

void add(const domain::RunTotals& more, domain::RunTotals& totals) {
  totals.succeeded += more.succeeded;
  totals.failed += more.failed;
  totals.skipped += more.skipped;
  totals.retries += more.retries;
}

/// The keys of a step: one, or the two of a rename.
std::pair<std::size_t, std::optional<std::size_t>> hashesOf(const domain::PlanItem& item) {
  const std::hash<std::string_view> hash;
  const bool isRename = item.action == domain::StepAction::rename;
  return {hash(item.key), isRename ? std::optional(hash(item.renameTo)) : std::nullopt};
}

/// True where none of the step's keys was under way; they are then, and in `taken`.
bool take(const domain::PlanItem& item, KeysUnderWay& keys, std::vector<std::size_t>& taken) {
  const auto [key, other] = hashesOf(item);
  if (other && keys.contains(*other)) return false;
  if (!keys.insert(key).second) return false;
  taken.push_back(key);
  // A rename onto itself has one key.
  if (other && keys.insert(*other).second) taken.push_back(*other);
  return true;
}

constexpr std::size_t kBatchSteps = 2000;
constexpr std::size_t kBatchBytes = 1 << 20;
constexpr std::size_t kPiecesAhead = 2;
/// Batches that were executed are told in the plan's order: for each that may be under way, so many may wait.
constexpr std::uint64_t kUntoldForEach = 2;
/// A planner may look through a whole keyspace before it finds something.
constexpr std::chrono::milliseconds kPlanPatience{120'000};

/// A batch goes at once: under a limit it holds what may go within a tenth of a second.
std::size_t mostSteps(const domain::RunSettings& settings) {
  constexpr std::uint64_t kBatchesASecond = 10;
  if (settings.maxStepsPerSecond == 0) return kBatchSteps;
  return std::clamp<std::uint64_t>(settings.maxStepsPerSecond / kBatchesASecond, 1, kBatchSteps);
}

/// Where the batch that begins at `first` ends: at another action, at a key that is under way, or when it is
/// large enough. Its keys are under way then, and in `taken`.
std::size_t endOfBatch(const std::vector<PlannedStep>& steps, std::size_t first, std::size_t most,
                       KeysUnderWay& keys, std::vector<std::size_t>& taken) {
  std::size_t bytes = 0;
  std::size_t end = first;
  while (end < steps.size() && end - first < most && steps[end].item.action == steps[first].item.action) {
    bytes += bytesOf(steps[end]);
    if (end > first && bytes > kBatchBytes) break;
    if (!take(steps[end].item, keys, taken)) break;
    ++end;
  }
  return end;
}

}  // namespace

WorkflowRun::WorkflowRun(const BatchOrders& batchOrders, const Recorder& recorder, RunOrders orders,
                         std::stop_token stop, OnProgress onProgress)
    : batchOrders_(batchOrders),
      recorder_(recorder),
      orders_(std::move(orders)),
      stop_(std::move(stop)),
      onProgress_(std::move(onProgress)),
      wakeup_(batchOrders.context.net),
      keysUnderWay_(std::make_unique<KeysUnderWay>()),
      executedTotals_(orders_.totals),
      nextStep_(orders_.done) {
  if (orders_.planComplete) expectedTotal_ = orders_.totals.total;
}

WorkflowRun::~WorkflowRun() = default;

bool WorkflowRun::mustStop() const {
  return stop_.stop_requested() || aborted_ || fatal_ || batchOrders_.journal.cancelled();
}

Task<RunReport> WorkflowRun::execute() {
  Result<void> pumped = co_await pump();
  std::function<bool()> isQuiet = [this] { return recorded_ == launched_; };
  co_await wakeup_.waitFor(std::move(isQuiet));
  if (pumped && !mustStop()) pumped = co_await completePlan();
  if (fatal_ && (fatal_->detail("superseded") != nullptr)) co_return std::unexpected(*fatal_);
  Result<RunReport> report = co_await finish(pumped);
  co_return report;
}

Task<void> WorkflowRun::pump() {
  boost::asio::co_spawn(batchOrders_.context.net, planAhead(),
                        [this](const std::exception_ptr& unexpected) { endPlan(unexpected); });
  for (;;) {
    std::function<bool()> isPlanned = [this] { return !planned_.empty() || planEnded_; };
    co_await wakeup_.waitFor(std::move(isPlanned));
    if (planned_.empty()) break;
    StepPiece piece = std::move(planned_.front());
    planned_.pop_front();
    wakeup_.notify();
    if (!mustStop()) co_await launch(std::move(piece));
    tell();
  }
  co_return planning_;
}

/// While one piece is launched, the next ones are planned and kept, so that a slow page of a scan keeps no
/// batch waiting.
boost::asio::awaitable<void> WorkflowRun::planAhead() {
  for (bool isLast = false; !isLast && !mustStop();) {
    Result<StepPiece> piece = co_await nextPiece();
    if (!piece) {
      // A run that must end has another reason than the piece that it gave up for it.
      if (!mustStop()) planning_ = std::unexpected(piece.error());
      break;
    }
    isLast = piece->isLast;
    planned_.push_back(std::move(*piece));
    wakeup_.notify();
    std::function<bool()> isTaken = [this] { return planned_.size() < kPiecesAhead; };
    co_await wakeup_.waitFor(std::move(isTaken));
  }
}

void WorkflowRun::endPlan(const std::exception_ptr& unexpected) {
  if (unexpected) {
    try {
      std::rethrow_exception(unexpected);
    } catch (const std::exception& error) {
      planning_ = fail(ErrorCode::internalError, fmt::format("unexpected: {}", error.what()));
    }
  }
  planEnded_ = true;
  wakeup_.notify();
}

Task<StepPiece> WorkflowRun::nextPiece() {
  const CallContext context = CallContext::within(kPlanPatience, planStop_.get_token());
  Result<StepPiece> piece = co_await orders_.source->next(context);
  if (!piece) co_return piece;
  if (piece->expectedTotal) expectedTotal_ = piece->expectedTotal;
  if (orders_.keepsPlan && !piece->isKept) {
    Result<void> kept = co_await extendPlan(*piece);
    if (!kept) co_return std::unexpected(kept.error());
  }
  if (!orders_.planComplete && !orders_.keepsPlan) orders_.totals.total += piece->steps.size();
  if (orders_.started.dryRun) piece->steps.clear();
  co_return piece;
}

/// A key that the plan has twice is done a second time only when the first is told: it must be captured then,
/// and be undone in turn.
bool WorkflowRun::mayBegin(const PlannedStep& step) const {
  const std::uint64_t most = orders_.started.settings.concurrency;
  if (launched_ - executed_ >= most || executed_ - recorded_ >= most * kUntoldForEach) return false;
  const auto [key, other] = hashesOf(step.item);
  return !keysUnderWay_->contains(key) && !(other && keysUnderWay_->contains(*other));
}

boost::asio::awaitable<void> WorkflowRun::launch(StepPiece piece) {
  for (std::size_t first = 0; first < piece.steps.size();) {
    std::function<bool()> mayGoOn = [&] { return mustStop() || mayBegin(piece.steps[first]); };
    co_await wakeup_.waitFor(std::move(mayGoOn));
    if (mustStop()) co_return;
    std::vector<std::size_t> keys;
    const std::size_t end =
        endOfBatch(piece.steps, first, mostSteps(orders_.started.settings), *keysUnderWay_, keys);
    std::vector<BatchStep> steps(end - first);
    for (BatchStep& step : steps) {
      step.planned = std::move(piece.steps[first++]);
      if (const auto found = orders_.earlier.find(step.planned.item.key); found != orders_.earlier.end()) {
        step.earlier = std::move(found->second);
        orders_.earlier.erase(found);
      }
    }
    const std::size_t count = steps.size();
    Result<void> paced = co_await keepRate(count);
    if (!paced || mustStop()) co_return;
    auto batch = std::make_shared<Batch>(batchOrders_, nextStep_, std::move(steps));
    nextStep_ += count;
    boost::asio::co_spawn(batchOrders_.context.net, runBatch(launched_++, std::move(batch), std::move(keys)),
                          boost::asio::detached);
  }
}

boost::asio::awaitable<void> WorkflowRun::runBatch(std::uint64_t ticket, std::shared_ptr<Batch> batch,
                                                   std::vector<std::size_t> keys) {
  Result<void> done = co_await batch->execute();
  judge(*batch, done);
  Result<void> told = co_await batch->draft();
  std::function<bool()> isOurTurn = [this, ticket] { return recorded_ == ticket; };
  co_await wakeup_.waitFor(std::move(isOurTurn));
  // Behind a batch that could not be recorded nothing may be: the steps that are recorded have no gap.
  const bool isSuperseded = fatal_ && fatal_->detail("superseded") != nullptr;
  if (!isUntold_ && !isSuperseded) {
    if (told) told = co_await batch->record();
    if (told) {
      note(*batch);
    } else {
      isUntold_ = true;
      fatal_ = told.error();
    }
  }
  for (const std::size_t key : keys) keysUnderWay_->erase(key);
  ++recorded_;
  if (mustStop()) planStop_.request_stop();
  wakeup_.notify();
}

/// What ends the run does so as soon as it is known, not when it is told.
void WorkflowRun::judge(const Batch& batch, const Result<void>& done) {
  ++executed_;
  if (!done && !fatal_) fatal_ = done.error();
  add(batch.totals(), executedTotals_);
  if (domain::isAbove(batchOrders_.retry, executedTotals_, false)) aborted_ = true;
  wakeup_.notify();
}

void WorkflowRun::note(const Batch& batch) {
  add(batch.totals(), orders_.totals);
  if (!firstFailure_) firstFailure_ = batch.firstFailure();
  tell();
}

Task<void> WorkflowRun::keepRate(std::size_t steps) {
  const std::uint64_t rate = orders_.started.settings.maxStepsPerSecond;
  if (rate == 0) co_return Result<void>();
  const auto due = began_ + std::chrono::milliseconds(paced_ * 1000 / rate);
  paced_ += steps;
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(due - std::chrono::steady_clock::now());
  if (wait.count() <= 0) co_return Result<void>();
  Result<void> waited = co_await sleepFor(wait, stop_);
  co_return waited;
}

void WorkflowRun::tell() {
  if (!onProgress_) return;
  RunProgress progress{.totals = orders_.totals,
                       .planComplete = orders_.planComplete,
                       .expectedTotal = expectedTotal_,
                       .elapsed = std::chrono::duration_cast<std::chrono::microseconds>(
                           std::chrono::steady_clock::now() - began_)};
  const std::uint64_t ours = orders_.totals.done() - orders_.done;
  const double seconds = static_cast<double>(progress.elapsed.count()) / 1e6;
  if (seconds > 0) progress.stepsPerSecond = static_cast<double>(ours) / seconds;
  const auto total = progress.planComplete ? std::optional(orders_.totals.total) : expectedTotal_;
  if (total && *total >= orders_.totals.done() && progress.stepsPerSecond > 1) {
    const double left = static_cast<double>(*total - orders_.totals.done()) / progress.stepsPerSecond;
    progress.remaining = std::chrono::seconds(static_cast<std::int64_t>(left));
  }
  onProgress_(progress);
}

}  // namespace cachify::actions
