// How an interrupted run goes on.

#include <fmt/format.h>

#include "actions/workflows/earlier_attempts.hpp"
#include "actions/workflows/session_plan_services.hpp"
#include "actions/workflows/workflows.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {

using domain::RunStatus;

namespace {

bool canGoOn(RunStatus status) {
  return status == RunStatus::interrupted || status == RunStatus::cancelled || status == RunStatus::aborted;
}

std::unexpected<Error> cannotGoOn(const RunState& run) {
  const bool isRunning = run.status == RunStatus::running;
  return fail(Error{.code = ErrorCode::conflict,
                    .message = isRunning ? "this run is going on in another process"
                                         : fmt::format("this run has ended ({}): there is nothing to resume",
                                                       domain::wireName(run.status))}
                  .with("status", std::string(domain::wireName(run.status))));
}

struct FrozenPart {
  PlannedKeys keys{};
  Digest digest{};
};

/// Reads the pieces that are there, for what the rest of the plan needs to know of them.
Result<FrozenPart> readFrozenPart(const Context& context, const log::Vault& vault, const RunState& run) {
  FrozenPart part;
  part.keys.reserve(run.totals.total);
  for (const auto& extent : run.extents) {
    const auto steps = openPiece(context, vault, extent.packId);
    if (!steps) return std::unexpected(steps.error());
    for (const auto& step : *steps) part.keys.add(step.item.key);
    part.digest = nextPlanDigest(part.digest, encodePiece(*steps));
  }
  part.keys.sort();
  return part;
}

}  // namespace

Task<void> Workflows::choosePlanAnew(const RunState& run, const BatchOrders& batchOrders, RunOrders& orders,
                                     std::stop_token stop) {
  const Context& context = parts_.context;
  if (!batchOrders.vault) {
    co_return fail(ErrorCode::notSupported,
                   "what is left of this run is not known: its plan was not kept, for there was "
                   "no vault to keep it in. Run it again.");
  }
  const CallContext call = CallContext::within(batchOrders.profile.timeout, stop);
  Result<std::shared_ptr<plugin_host::WorkflowKind>> kind =
      co_await parts_.plugins.workflowKind(run.started.kind, call);
  if (!kind) co_return std::unexpected(kind.error());
  Result<std::string> parameters =
      co_await parts_.parameters.whole(run.started.parameters, run.started.parametersPack);
  if (!parameters) co_return std::unexpected(parameters.error());
  const auto read = [&] { return readFrozenPart(context, *batchOrders.vault, run); };
  Result<FrozenPart> frozen = co_await onPool(context.blocking, read);
  if (!frozen) co_return std::unexpected(frozen.error());
  orders.keepsPlan = true;
  orders.planned = run.totals.total;
  orders.planDigest = frozen->digest;
  auto services = makePlanServices(batchOrders.session, batchOrders.profile, stop);
  auto planner = std::make_unique<PlannerSource>(*kind, std::move(*parameters), std::move(services),
                                                 std::move(frozen->keys));
  auto kept = std::make_unique<FrozenSource>(context, batchOrders.vault, run.extents, run.totals.done());
  orders.source = std::make_unique<ChainedSource>(std::move(kept), std::move(planner));
  co_return Result<void>();
}

Task<void> Workflows::chooseRest(const RunState& run, const BatchOrders& batchOrders, RunOrders& orders,
                                 std::stop_token stop) {
  const Context& context = parts_.context;
  const std::uint64_t done = run.totals.done();
  if (!run.started.undoes.value().isNil()) {
    Result<RunState> undone = co_await show(run.started.undoes);
    if (!undone) co_return std::unexpected(undone.error());
    orders.source =
        std::make_unique<RollbackSource>(context, run.started.undoes, done, undone->totals.succeeded);
    orders.totals.total = done;  // counted anew from here on
    co_return Result<void>();
  }
  std::vector<PlanExtent> extents = run.extents;
  orders.planComplete = run.planned.has_value();
  if (!run.started.plan.value().isNil()) {
    Result<RunState> plan = co_await show(run.started.plan);
    if (!plan) co_return std::unexpected(plan.error());
    extents = plan->extents;
    orders.totals.total = plan->totals.total;
    orders.planComplete = true;
  }
  if (!orders.planComplete) {
    Result<void> anew = co_await choosePlanAnew(run, batchOrders, orders, std::move(stop));
    co_return anew;
  }
  if (!batchOrders.vault) co_return fail(ErrorCode::notSupported, batchOrders.noVaultReason);
  orders.source = std::make_unique<FrozenSource>(context, batchOrders.vault, std::move(extents), done);
  co_return Result<void>();
}

Task<RunReport> Workflows::resume(ExecutionId id, Consent consent, RunWatch watch) {
  const Context& context = parts_.context;
  Result<RunState> run = co_await show(id);
  if (!run) co_return std::unexpected(run.error());
  if (!canGoOn(run->status)) co_return cannotGoOn(*run);
  if (run->started.dryRun)
    co_return fail(ErrorCode::validationError, "a dry run that ended early is made anew, not resumed");
  const auto profile = parts_.control.profile(run->started.connectionId);
  if (!profile) co_return std::unexpected(profile.error());
  if (auto ok = allow(run->started, true, consent); !ok) co_return std::unexpected(ok.error());

  RunJournal journal(context, id, run->streamVersion);
  consent.acceptNoUndo = consent.acceptNoUndo || run->started.acceptedNoUndo;
  BatchOrders batchOrders = this->batchOrders(journal, profile->profile, run->started.settings, consent);
  Result<void> prepared = co_await prepare(batchOrders);
  if (!prepared) co_return std::unexpected(prepared.error());
  RunOrders orders{.started = run->started, .done = run->totals.done(), .totals = run->totals};
  Result<void> chosen = co_await chooseRest(*run, batchOrders, orders, watch.stop);
  if (!chosen) co_return std::unexpected(chosen.error());
  const auto find = [&] { return findEarlierAttempts(context.log, *run); };
  Result<std::unordered_map<std::string, EarlierAttempt>> earlier = co_await onPool(context.blocking, find);
  if (!earlier) co_return std::unexpected(earlier.error());
  orders.earlier = std::move(*earlier);

  log::AppendRequest begin;
  begin.frames.push_back(
      makeFrame(context, journal.trace(), journal.stream(), events::RunResumed{context.session}));
  begin.frames.push_back(
      makeFrame(context, journal.trace(), events::claimsStream(context.session), events::RunClaimed{id}));
  Result<log::AppendReceipt> receipt = co_await journal.append(std::move(begin));
  if (!receipt) co_return std::unexpected(receipt.error());
  if (watch.onStarted) watch.onStarted(id);
  WorkflowRun going(batchOrders, parts_.recorder, std::move(orders), watch.stop, std::move(watch.onProgress));
  Result<RunReport> report = co_await going.execute();
  co_return report;
}

}  // namespace cachify::actions
