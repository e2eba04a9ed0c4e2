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
struct StepKeys : boost::unordered_flat_set<std::size_t> {};

namespace {

/// False where one of them is there already.
bool addKeys(const domain::PlanItem& item, StepKeys& keys) {
  const std::hash<std::string_view> hash;
  const bool isNew = keys.insert(hash(item.key)).second;
  return item.action == domain::StepAction::rename ? keys.insert(hash(item.renameTo)).second && isNew : isNew;
}

constexpr std::size_t kBatchSteps = 2000;
constexpr std::size_t kBatchBytes = 1 << 20;
/// A planner may look through a whole keyspace before it finds something.
constexpr std::chrono::milliseconds kPlanPatience{120'000};

/// A batch goes at once: under a limit it holds what may go within a tenth of a second.
std::size_t mostSteps(const domain::RunSettings& settings) {
  constexpr std::uint64_t kBatchesASecond = 10;
  if (settings.maxStepsPerSecond == 0) return kBatchSteps;
  return std::clamp<std::uint64_t>(settings.maxStepsPerSecond / kBatchesASecond, 1, kBatchSteps);
}

/// Where the batch that begins at `first` ends: at another action, at a key that it has, or when it is large
/// enough. `keys` become those of the batch.
std::size_t endOfBatch(const std::vector<PlannedStep>& steps, std::size_t first, std::size_t most,
                       StepKeys& keys) {
  std::size_t bytes = 0;
  std::size_t end = first;
  while (end < steps.size() && end - first < most && steps[end].item.action == steps[first].item.action) {
    bytes += bytesOf(steps[end]);
    if (end > first && bytes > kBatchBytes) break;
    if (!addKeys(steps[end].item, keys) && end > first) break;
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
      keysUnderWay_(std::make_shared<StepKeys>()),
      nextStep_(orders_.done) {
  if (orders_.planComplete) expectedTotal_ = orders_.totals.total;
}

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
    std::function<bool()> isPlanned = [this] { return planned_ || planEnded_; };
    co_await wakeup_.waitFor(std::move(isPlanned));
    if (!planned_) break;
    StepPiece piece = *std::exchange(planned_, std::nullopt);
    wakeup_.notify();
    if (!mustStop()) co_await launch(std::move(piece));
    tell();
  }
  co_return planning_;
}

/// While one piece is launched, the next one is planned and kept; no more than that one.
boost::asio::awaitable<void> WorkflowRun::planAhead() {
  for (bool isLast = false; !isLast && !mustStop();) {
    Result<StepPiece> piece = co_await nextPiece();
    if (!piece) {
      // A run that must end has another reason than the piece that it gave up for it.
      if (!mustStop()) planning_ = std::unexpected(piece.error());
      break;
    }
    isLast = piece->isLast;
    planned_ = std::move(*piece);
    wakeup_.notify();
    std::function<bool()> isTaken = [this] { return !planned_; };
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

boost::asio::awaitable<void> WorkflowRun::launch(StepPiece piece) {
  for (std::size_t first = 0; first < piece.steps.size() && !mustStop();) {
    auto keys = std::make_shared<StepKeys>();
    const std::size_t end = endOfBatch(piece.steps, first, mostSteps(orders_.started.settings), *keys);
    std::vector<BatchStep> steps;
    steps.reserve(end - first);
    for (; first < end; ++first) {
      BatchStep step{.planned = std::move(piece.steps[first])};
      if (const auto found = orders_.earlier.find(step.planned.item.key); found != orders_.earlier.end()) {
        step.earlier = std::move(found->second);
        orders_.earlier.erase(found);
      }
      steps.push_back(std::move(step));
    }
    Result<void> paced = co_await keepRate(steps.size());
    if (!paced) co_return;
    co_await launchBatch(std::move(steps), std::move(keys));
  }
}

boost::asio::awaitable<void> WorkflowRun::launchBatch(std::vector<BatchStep> steps,
                                                      std::shared_ptr<const StepKeys> keys) {
  const std::uint64_t most = orders_.started.settings.concurrency;
  // A key that the plan has twice is done a second time only when the first is told: it must be captured
  // then, and be undone in turn.
  std::function<bool()> mayBegin = [this, most, keys] {
    const auto isFree = [this](std::size_t key) { return !keysUnderWay_->contains(key); };
    return mustStop() || (launched_ - recorded_ < most && std::ranges::all_of(*keys, isFree));
  };
  co_await wakeup_.waitFor(std::move(mayBegin));
  if (mustStop()) co_return;
  keysUnderWay_->insert(keys->begin(), keys->end());
  const std::size_t count = steps.size();
  auto batch = std::make_shared<Batch>(batchOrders_, nextStep_, std::move(steps));
  nextStep_ += count;
  boost::asio::co_spawn(batchOrders_.context.net, runBatch(launched_++, std::move(batch), std::move(keys)),
                        boost::asio::detached);
}

boost::asio::awaitable<void> WorkflowRun::runBatch(std::uint64_t ticket, std::shared_ptr<Batch> batch,
                                                   std::shared_ptr<const StepKeys> keys) {
  Result<void> done = co_await batch->execute();
  Result<void> told = co_await batch->draft();
  std::function<bool()> isOurTurn = [this, ticket] { return recorded_ == ticket; };
  co_await wakeup_.waitFor(std::move(isOurTurn));
  // Behind a batch that could not be recorded nothing may be: the steps that are recorded have no gap.
  if (!fatal_ || fatal_->detail("superseded") == nullptr) {
    if (told) told = co_await batch->record();
    if (!told) fatal_ = told.error();
    if (told) note(*batch, done);
  }
  for (const std::size_t key : *keys) keysUnderWay_->erase(key);
  ++recorded_;
  if (mustStop()) planStop_.request_stop();
  wakeup_.notify();
}

void WorkflowRun::note(const Batch& batch, const Result<void>& done) {
  auto& totals = orders_.totals;
  totals.succeeded += batch.totals().succeeded;
  totals.failed += batch.totals().failed;
  totals.skipped += batch.totals().skipped;
  totals.retries += batch.totals().retries;
  if (!done && !fatal_) fatal_ = done.error();
  if (!firstFailure_) firstFailure_ = batch.firstFailure();
  if (domain::isAbove(batchOrders_.retry, totals, false)) aborted_ = true;
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
