// What a run writes to the log besides its batches: its plan, and its end.

#include <fmt/format.h>

#include "actions/alerts/raise_alert.hpp"
#include "actions/workflows/workflow_run.hpp"
#include "events/alert_events.hpp"
#include "log/event_log.hpp"
#include "log/vault.hpp"

namespace cachify::actions {

using domain::RunStatus;

Task<void> WorkflowRun::lookAt(std::vector<PlannedStep>& steps) {
  const Context& context = batchOrders_.context;
  std::vector<Bytes> keys;
  keys.reserve(steps.size());
  for (const auto& step : steps) keys.push_back(step.item.key);
  const CallContext call = CallContext::within(batchOrders_.profile.timeout, stop_);
  Result<std::vector<cache::KeyDescription>> described = co_await batchOrders_.session->describe(keys, call);
  if (!described) co_return std::unexpected(described.error());
  const WallTime now = context.clock.now();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& key = (*described)[i];
    steps[i].facts = domain::PlannedFacts{.type = key.type, .sizeBytes = key.sizeBytes};
    if (key.ttl) steps[i].facts->deadline = now + *key.ttl;
  }
  if (!orders_.started.settings.exact) co_return Result<void>();
  cache::CaptureLimits limits;
  limits.maxLogicalBytes = 0;
  Result<std::vector<domain::Capture>> captures =
      co_await batchOrders_.session->capture(std::move(keys), limits, call);
  if (!captures) co_return std::unexpected(captures.error());
  for (std::size_t i = 0; i < steps.size(); ++i)
    steps[i].expected = stateOf((*captures)[i], batchOrders_.digester);
  co_return Result<void>();
}

Task<void> WorkflowRun::extendPlan(StepPiece& piece) {
  constexpr std::size_t kLookedAtTogether = 2000;
  if (piece.steps.empty()) co_return Result<void>();
  if (orders_.started.dryRun) {
    for (std::size_t first = 0; first < piece.steps.size(); first += kLookedAtTogether) {
      const auto end = std::min(first + kLookedAtTogether, piece.steps.size());
      std::vector<PlannedStep> some(
          std::make_move_iterator(piece.steps.begin() + static_cast<std::ptrdiff_t>(first)),
          std::make_move_iterator(piece.steps.begin() + static_cast<std::ptrdiff_t>(end)));
      Result<void> looked = co_await lookAt(some);
      if (!looked) co_return looked;
      std::ranges::move(some, piece.steps.begin() + static_cast<std::ptrdiff_t>(first));
    }
  }
  const Context& context = batchOrders_.context;
  const Uuid pack = Uuid::makeV7(context.clock.now());
  const auto seal = [&]() -> Result<std::vector<log::SealedChunk>> {
    const std::vector<Bytes> blobs{encodePiece(piece.steps)};
    orders_.planDigest = nextPlanDigest(orders_.planDigest, blobs.front());
    return batchOrders_.vault->seal(pack, blobs);
  };
  Result<std::vector<log::SealedChunk>> sealed = co_await onPool(context.blocking, seal);
  if (!sealed) co_return std::unexpected(sealed.error());
  const events::PlanExtended extended{.first = orders_.planned, .count = piece.steps.size(), .packId = pack};
  log::AppendRequest request;
  request.frames.push_back(
      makeFrame(context, batchOrders_.journal.trace(), batchOrders_.journal.stream(), extended));
  request.chunks = std::move(*sealed);
  Result<log::AppendReceipt> receipt = co_await batchOrders_.journal.append(std::move(request));
  if (!receipt) {
    if (receipt.error().detail("superseded") != nullptr) fatal_ = receipt.error();
    co_return std::unexpected(receipt.error());
  }
  orders_.planned += piece.steps.size();
  orders_.totals.total = orders_.planned;
  co_return Result<void>();
}

Task<void> WorkflowRun::completePlan() {
  if (!orders_.keepsPlan || orders_.planComplete) co_return Result<void>();
  const events::RunPlanned planned{.total = orders_.planned, .digest = toHex(orders_.planDigest)};
  log::AppendRequest request;
  request.frames.push_back(
      makeFrame(batchOrders_.context, batchOrders_.journal.trace(), batchOrders_.journal.stream(), planned));
  Result<log::AppendReceipt> receipt = co_await batchOrders_.journal.append(std::move(request));
  if (!receipt) co_return std::unexpected(receipt.error());
  orders_.planComplete = true;
  co_return Result<void>();
}

RunStatus WorkflowRun::statusAfter(const Result<void>& pumped) const {
  if (fatal_) return RunStatus::aborted;
  if (aborted_) return RunStatus::aborted;
  if (stop_.stop_requested() || batchOrders_.journal.cancelled()) return RunStatus::cancelled;
  if (!pumped) return RunStatus::error;
  return domain::statusOf(batchOrders_.retry, orders_.totals);
}

log::AppendRequest WorkflowRun::draftEnd(const RunReport& report) const {
  const Context& context = batchOrders_.context;
  const auto& started = orders_.started;
  const Trace trace = batchOrders_.journal.trace();
  log::AppendRequest request;
  request.frames.push_back(makeFrame(context, trace, batchOrders_.journal.stream(),
                                     events::RunFinished{.connectionId = started.connectionId,
                                                         .status = report.status,
                                                         .totals = report.totals,
                                                         .duration = report.duration,
                                                         .message = report.message}));
  events::Operation operation{
      .connectionId = started.connectionId,
      .environment = started.environment,
      .action = started.dryRun ? "workflows.preview" : "workflows.run",
      .keyOrPattern = started.name,
      .duration = report.duration,
      .change = fmt::format("{} of {} steps done, {} failed, {} skipped", report.totals.succeeded,
                            report.totals.total, report.totals.failed, report.totals.skipped)};
  const bool isGood = report.status == RunStatus::success || report.status == RunStatus::cancelled;
  Error error =
      report.error.value_or(Error{.code = firstFailure_.value_or(ErrorCode::internalError), .message = {}});
  error.message = report.message;
  for (auto& frame : recorder_.frames(trace, std::move(operation), isGood ? nullptr : &error,
                                      Recorder::Alerting::onlyBlocks))
    request.frames.push_back(std::move(frame));
  if (report.status == RunStatus::success || (started.dryRun && report.status == RunStatus::cancelled))
    return request;
  const events::AlertRaised alert{
      .severity =
          report.status == RunStatus::aborted ? events::Severity::critical : events::Severity::warning,
      .title = fmt::format("Workflow '{}' ended: {}", started.name, domain::wireName(report.status)),
      .message = report.message,
      .source = "workflow",
      .connectionId = started.connectionId,
      .environment = started.environment};
  const Trace cause{trace.correlation, request.frames.front().firstEventId};
  raiseAlert(context, cause, domain::AlertSource::workflowEnded, alert, request.frames);
  return request;
}

Task<RunReport> WorkflowRun::finish(const Result<void>& pumped) {
  RunReport report{.id = batchOrders_.journal.execution(),
                   .status = statusAfter(pumped),
                   .totals = orders_.totals,
                   .duration = std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::steady_clock::now() - began_)};
  if (fatal_) {
    report.error = fatal_;
    report.message = fatal_->message;
  } else if (aborted_ || report.status == RunStatus::aborted) {
    report.message = fmt::format("aborted by retry policy: {} of {} steps failed", report.totals.failed,
                                 report.totals.done());
  } else if (report.status == RunStatus::cancelled) {
    report.message = "it was cancelled";
  } else if (!pumped) {
    report.error = pumped.error();
    report.message = fmt::format("planning ended early: {}", pumped.error().message);
  } else if (report.totals.failed > 0) {
    report.message = fmt::format("{} of {} steps failed", report.totals.failed, report.totals.done());
  }
  log::AppendRequest end = draftEnd(report);
  Result<log::AppendReceipt> receipt = co_await batchOrders_.journal.append(std::move(end));
  if (!receipt) co_return std::unexpected(receipt.error());
  tell();
  co_return report;
}

}  // namespace cachify::actions
