// How runs begin, and are rolled back.

#include <fmt/format.h>

#include "actions/workflows/session_plan_services.hpp"
#include "actions/workflows/workflows.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {

using domain::RunStatus;

namespace {

constexpr std::chrono::milliseconds kLookForOutcome{100};

RunReport reportOf(const RunState& run) {
  return {.id = run.id,
          .status = run.status,
          .totals = run.totals,
          .duration = run.duration,
          .message = run.message};
}

std::unexpected<Error> needsVault(const std::string& why) {
  return fail(ErrorCode::notSupported,
              fmt::format("a plan is kept sealed in the vault, which cannot be opened just now: {}", why));
}

/// What two commands under one idempotency key must agree in.
Digest contentOf(const events::RunStarted& started, const std::string& parameters) {
  Sha256 hash;
  for (const auto& part : {started.connectionId.toString(), started.kind, parameters, started.plan.toString(),
                           started.undoes.toString(), std::string(started.dryRun ? "dry" : "run")}) {
    hash.update(std::to_string(part.size())).update(":").update(part);
  }
  return hash.finish();
}

}  // namespace

Task<void> Workflows::prepare(BatchOrders& orders) {
  auto& keeper = parts_.vault;
  const auto open = [&keeper] { return keeper.open(); };
  Result<VaultPointer> vault = co_await onPool(parts_.context.blocking, open);
  if (vault) {
    orders.vault = *vault;
    orders.digester = StateDigester((*vault)->digestKey());
  } else {
    orders.noVaultReason = vault.error().message;
  }
  Result<std::shared_ptr<cache::CacheSession>> session =
      co_await parts_.sessions.session(orders.profile, Use::bulk);
  if (!session) co_return std::unexpected(session.error());
  orders.session = *session;
  co_return Result<void>();
}

BatchOrders Workflows::batchOrders(RunJournal& journal, const domain::ConnectionProfile& profile,
                                   const domain::RunSettings& settings, const Consent& consent) const {
  return {.context = parts_.context,
          .gate = parts_.gate,
          .journal = journal,
          .session = {},
          .vault = {},
          .noVaultReason = {},
          .digester = {},
          .profile = profile,
          .retry = settings.retry.value_or(profile.retry),
          .confirmation = consent.confirmation,
          .acceptNoUndo = consent.acceptNoUndo,
          .ignoresDrift = settings.onDrift == domain::OnDrift::apply};
}

Task<RunReport> Workflows::repeated(log::AppendReceipt receipt, std::stop_token stop) {
  const auto frames = parts_.context.log.framesFrom(receipt.first, 1);
  if (!frames) co_return std::unexpected(frames.error());
  const ExecutionId id(frames->front().firstEventId);
  for (;;) {
    Result<RunState> run = co_await show(id);
    if (!run) co_return std::unexpected(run.error());
    if (run->status != RunStatus::running) {
      RunReport report = reportOf(*run);
      report.repeated = true;
      co_return report;
    }
    Result<void> waited = co_await sleepFor(kLookForOutcome, stop);
    if (!waited) co_return std::unexpected(waited.error());
  }
}

Task<RunReport> Workflows::start(Chosen chosen, const RunRequest& request, RunWatch watch) {
  const Context& context = parts_.context;
  const ExecutionId id = ExecutionId::make(context.clock.now());
  RunJournal journal(context, id, 0);
  const auto profile = parts_.control.profile(request.profile.id);
  if (!profile) co_return std::unexpected(profile.error());
  BatchOrders batchOrders = this->batchOrders(journal, profile->profile, request.settings, request.consent);
  Result<void> prepared = co_await prepare(batchOrders);
  if (!prepared) co_return std::unexpected(prepared.error());
  if (!batchOrders.vault && (chosen.started.dryRun || chosen.plan))
    co_return needsVault(batchOrders.noVaultReason);

  RunOrders orders{.started = chosen.started};
  if (chosen.plan) {
    orders.planComplete = true;
    orders.totals.total = chosen.plan->totals.total;
    orders.source = std::make_unique<FrozenSource>(context, batchOrders.vault, chosen.plan->extents, 0);
  } else if (chosen.started.undoes.value().isNil()) {
    orders.keepsPlan = batchOrders.vault != nullptr;
    auto services = makePlanServices(batchOrders.session, batchOrders.profile, watch.stop);
    orders.source = std::make_unique<PlannerSource>(chosen.kind, chosen.parameters, std::move(services));
  } else {
    orders.source =
        std::make_unique<RollbackSource>(context, chosen.started.undoes, 0, chosen.undone->totals.succeeded);
  }

  log::AppendRequest begin;
  begin.frames.push_back(makeFrame(context, journal.trace(), journal.stream(), chosen.started, id.value()));
  begin.frames.push_back(
      makeFrame(context, journal.trace(), events::claimsStream(context.session), events::RunClaimed{id}));
  begin.chunks = std::move(chosen.chunks);
  if (request.consent.idempotencyKey) {
    begin.idempotency = log::Idempotency{.key = *request.consent.idempotencyKey,
                                         .content = contentOf(chosen.started, chosen.parameters)};
  }
  Result<log::AppendReceipt> receipt = co_await journal.append(std::move(begin));
  if (!receipt) co_return std::unexpected(receipt.error());
  if (receipt->repeated) {
    Result<RunReport> before = co_await repeated(*receipt, watch.stop);
    co_return before;
  }
  if (watch.onStarted) watch.onStarted(id);
  WorkflowRun run(batchOrders, parts_.recorder, std::move(orders), watch.stop, std::move(watch.onProgress));
  Result<RunReport> report = co_await run.execute();
  co_return report;
}

Task<RunReport> Workflows::rollBack(ExecutionId id, bool force, domain::RunSettings settings, Consent consent,
                                    RunWatch watch) {
  if (auto ok = domain::validate(settings); !ok) co_return std::unexpected(ok.error());
  Result<RunState> undone = co_await show(id);
  if (!undone) co_return std::unexpected(undone.error());
  if (undone->started.dryRun) co_return fail(ErrorCode::validationError, "a dry run changed nothing");
  if (undone->status == RunStatus::running)
    co_return fail(ErrorCode::conflict, "this run is still going on; cancel it first");
  const auto profile = parts_.control.profile(undone->started.connectionId);
  if (!profile) co_return std::unexpected(profile.error());
  if (force) settings.onDrift = domain::OnDrift::apply;
  RunRequest request{.profile = profile->profile, .settings = settings, .consent = std::move(consent)};
  Chosen chosen;
  chosen.started = {.session = parts_.context.session,
                    .connectionId = profile->profile.id,
                    .environment = profile->profile.environment,
                    .name = fmt::format("Rollback of '{}'", undone->started.name),
                    .kind = "rollback",
                    .parameters = fmt::format(R"({{"executionId":"{}"}})", id.toString()),
                    .undoes = id,
                    .confirmed = request.consent.confirmation == profile->profile.name,
                    .acceptedNoUndo = request.consent.acceptNoUndo,
                    .settings = settings};
  chosen.parameters = chosen.started.parameters;
  chosen.undone = std::move(*undone);
  if (auto ok = allow(chosen.started, true, request.consent); !ok) co_return std::unexpected(ok.error());
  Result<RunReport> report = co_await start(std::move(chosen), request, std::move(watch));
  co_return report;
}

}  // namespace cachify::actions
