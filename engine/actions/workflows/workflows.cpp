#include "actions/workflows/workflows.hpp"

#include <fmt/format.h>

#include "actions/workflows/parameters.hpp"
#include "actions/workflows/session_plan_services.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {

using domain::RunStatus;
using plugin_host::WorkflowKind;

namespace {

/// Validation is the plugin's; loading one may have to start a process.
constexpr std::chrono::seconds kKindPatience{30};

std::unexpected<Error> wrongChoice() {
  return fail(ErrorCode::validationError, "say what to run: one of a template, a kind and a plan");
}

std::unexpected<Error> planConflict(std::string message) {
  return fail(Error{.code = ErrorCode::conflict, .message = std::move(message)}.with("plan", true));
}

domain::Action actionOf(const events::RunStarted& started, const WorkflowKind* kind) {
  if (started.kind == "rollback") return domain::Action::restore;
  const bool isGentle = kind != nullptr && !kind->description().isDestructive;
  return isGentle ? domain::Action::setTtl : domain::Action::remove;
}

}  // namespace

Task<std::vector<plugin_host::KindDescription>> Workflows::kinds(std::stop_token stop) {
  const CallContext context = CallContext::within(kKindPatience, std::move(stop));
  Result<std::vector<std::shared_ptr<WorkflowKind>>> found = co_await parts_.plugins.workflowKinds(context);
  if (!found) co_return std::unexpected(found.error());
  std::vector<plugin_host::KindDescription> kinds;
  for (const auto& kind : *found) kinds.push_back(kind->description());
  co_return kinds;
}

bool Workflows::isFresh(const RunState& plan) const {
  return plan.plannedAt && parts_.context.clock.now() - *plan.plannedAt <= domain::kFreshPlan;
}

Task<void> Workflows::fillIn(Chosen& chosen, std::string base, const std::string& edits) {
  const CallContext context = CallContext::within(kKindPatience);
  Result<std::shared_ptr<WorkflowKind>> kind =
      co_await parts_.plugins.workflowKind(chosen.started.kind, context);
  if (!kind) co_return std::unexpected(kind.error());
  chosen.kind = *kind;
  const std::string schema = chosen.kind->description().parametersSchema;
  auto overlaid = overlayParameters(base, edits);
  if (!overlaid) co_return std::unexpected(overlaid.error());
  auto complete = completeParameters(schema, *overlaid);
  if (!complete) co_return std::unexpected(complete.error());
  chosen.parameters = std::move(*complete);
  Result<void> valid = co_await chosen.kind->validate(chosen.parameters, context);
  if (!valid) co_return valid;
  Result<StoredParameters> stored = co_await parts_.parameters.store(schema, chosen.parameters);
  if (!stored) co_return std::unexpected(stored.error());
  chosen.started.parameters = std::move(stored->shown);
  chosen.started.parametersPack = stored->pack;
  chosen.chunks = std::move(stored->chunks);
  co_return Result<void>();
}

Task<Workflows::Chosen> Workflows::choosePlan(const RunRequest& request) {
  const auto read = [this, &request] { return readRun(parts_.context.log, *request.plan); };
  Result<RunState> plan = co_await onPool(parts_.context.blocking, read);
  if (!plan) co_return std::unexpected(plan.error());
  if (!plan->started.dryRun)
    co_return planConflict("this is a run, not a plan: `workflows preview` makes plans");
  if (plan->started.connectionId != request.profile.id)
    co_return planConflict("this plan was made for another connection");
  if (!plan->planned || plan->status != RunStatus::success)
    co_return planConflict("this plan is not complete; make it anew with `workflows preview`");
  if (request.settings.exact && !plan->started.settings.exact)
    co_return planConflict(
        "this plan was made without --exact, so it does not know the contents to compare with");
  Chosen chosen;
  chosen.started = plan->started;
  chosen.started.dryRun = false;
  chosen.started.plan = plan->id;
  chosen.plan = std::move(*plan);
  co_return chosen;
}

Task<Workflows::Chosen> Workflows::choose(const RunRequest& request, bool dryRun) {
  const int ways =
      int{!request.templateName.empty()} + int{!request.kind.empty()} + int{request.plan.has_value()};
  if (ways != 1) co_return wrongChoice();
  Chosen chosen;
  std::string base = "{}";
  if (request.plan) {
    Result<Chosen> planned = co_await choosePlan(request);
    if (!planned) co_return planned;
    chosen = std::move(*planned);
  } else if (!request.templateName.empty()) {
    const auto known = parts_.templates.find(request.templateName);
    if (!known) co_return std::unexpected(known.error());
    chosen.started.templateId = known->form.id;
    chosen.started.name = known->form.name;
    chosen.started.kind = known->form.kind;
    chosen.started.requiresApproval = known->form.requiresApprovalOnProd;
    Result<std::string> whole =
        co_await parts_.parameters.whole(known->form.parameters, known->parametersPack);
    if (!whole) co_return std::unexpected(whole.error());
    base = std::move(*whole);
  } else {
    chosen.started.name = request.kind;
    chosen.started.kind = request.kind;
  }
  if (!request.plan) {
    Result<void> filled = co_await fillIn(chosen, std::move(base), request.parameters);
    if (!filled) co_return std::unexpected(filled.error());
  }
  chosen.started.dryRun = dryRun;
  chosen.started.connectionId = request.profile.id;
  chosen.started.environment = request.profile.environment;
  chosen.started.session = parts_.context.session;
  chosen.started.settings = request.settings;
  chosen.started.confirmed = request.consent.confirmation == request.profile.name;
  chosen.started.acceptedNoUndo = request.consent.acceptNoUndo;
  co_return chosen;
}

Result<void> Workflows::allow(const events::RunStarted& started, bool hasFreshPlan,
                              const Consent& consent) const {
  if (started.dryRun) return {};
  domain::ActRequest request{
      .action = actionOf(started, nullptr), .bulk = true, .hasFreshPlan = hasFreshPlan};
  request.confirmation = consent.confirmation;
  const auto allowed = parts_.gate.check(started.connectionId, request);
  if (allowed) return {};
  const Trace trace{.correlation = Uuid::makeV7(parts_.context.clock.now()), .causation = {}};
  parts_.recorder.record(trace,
                         {.connectionId = started.connectionId,
                          .environment = started.environment,
                          .action = "workflows.run",
                          .keyOrPattern = started.name},
                         &allowed.error());
  return std::unexpected(allowed.error());
}

Task<RunReport> Workflows::preview(RunRequest request, RunWatch watch) {
  if (auto ok = domain::validate(request.settings); !ok) co_return std::unexpected(ok.error());
  if (request.plan) co_return fail(ErrorCode::validationError, "a plan is there already; run it");
  Result<Chosen> chosen = co_await choose(request, true);
  if (!chosen) co_return std::unexpected(chosen.error());
  Result<RunReport> report = co_await start(std::move(*chosen), request, std::move(watch));
  co_return report;
}

Task<RunReport> Workflows::run(RunRequest request, RunWatch watch) {
  if (auto ok = domain::validate(request.settings); !ok) co_return std::unexpected(ok.error());
  Result<Chosen> chosen = co_await choose(request, false);
  if (!chosen) co_return std::unexpected(chosen.error());
  const bool hasFreshPlan = chosen->plan && isFresh(*chosen->plan);
  if (auto ok = allow(chosen->started, hasFreshPlan, request.consent); !ok)
    co_return std::unexpected(ok.error());
  Result<RunReport> report = co_await start(std::move(*chosen), request, std::move(watch));
  co_return report;
}

Task<RunReport> Workflows::rerun(ExecutionId id, bool dryRun, RunRequest request, RunWatch watch) {
  const auto read = [this, id] { return readRun(parts_.context.log, id); };
  Result<RunState> old = co_await onPool(parts_.context.blocking, read);
  if (!old) co_return std::unexpected(old.error());
  if (old->started.kind == "rollback")
    co_return fail(ErrorCode::validationError, "a rollback is not run again; roll the run back once more");
  Chosen chosen{.started = old->started};
  chosen.started.plan = {};
  Result<std::string> base =
      co_await parts_.parameters.whole(old->started.parameters, old->started.parametersPack);
  if (!base) co_return std::unexpected(base.error());
  Result<void> filled = co_await fillIn(chosen, std::move(*base), request.parameters);
  if (!filled) co_return std::unexpected(filled.error());
  chosen.started.dryRun = dryRun;
  chosen.started.connectionId = request.profile.id;
  chosen.started.environment = request.profile.environment;
  chosen.started.session = parts_.context.session;
  chosen.started.settings = request.settings;
  chosen.started.confirmed = request.consent.confirmation == request.profile.name;
  chosen.started.acceptedNoUndo = request.consent.acceptNoUndo;
  if (auto ok = allow(chosen.started, false, request.consent); !ok) co_return std::unexpected(ok.error());
  Result<RunReport> report = co_await start(std::move(chosen), request, std::move(watch));
  co_return report;
}

Task<void> Workflows::cancel(ExecutionId id) {
  const auto read = [this, id] { return readRun(parts_.context.log, id); };
  Result<RunState> run = co_await onPool(parts_.context.blocking, read);
  if (!run) co_return std::unexpected(run.error());
  if (run->status != RunStatus::running)
    co_return fail(ErrorCode::conflict, fmt::format("this run has ended: {}", domain::wireName(run->status)));
  const Trace trace{.correlation = id.value(), .causation = id.value()};
  log::AppendRequest request;
  request.frames.push_back(
      makeFrame(parts_.context, trace, events::runStream(id), events::RunCancelled{"asked for"}));
  Result<log::AppendReceipt> receipt = co_await append(parts_.context.log, std::move(request));
  if (!receipt) co_return std::unexpected(receipt.error());
  co_return Result<void>();
}

Task<RunState> Workflows::show(ExecutionId id) {
  const auto read = [this, id] { return readRun(parts_.context.log, id); };
  Result<RunState> run = co_await onPool(parts_.context.blocking, read);
  co_return run;
}

Task<std::vector<StepRow>> Workflows::steps(ExecutionId id, std::uint64_t from, std::size_t limit) {
  const auto read = [this, id, from, limit] { return readSteps(parts_.context.log, id, from, limit); };
  Result<std::vector<StepRow>> rows = co_await onPool(parts_.context.blocking, read);
  co_return rows;
}

Task<PlannedPage> Workflows::plannedSteps(ExecutionId id, std::uint64_t first, std::size_t limit) {
  const auto read = [this, id, first, limit]() -> Result<PlannedPage> {
    const auto run = readRun(parts_.context.log, id);
    if (!run) return std::unexpected(run.error());
    const auto vault = parts_.vault.open();
    if (!vault) return std::unexpected(vault.error());
    PlannedPage page;
    std::uint64_t next = first;
    for (const auto& extent : run->extents) {
      if (page.steps.size() == limit) break;
      if (extent.first + extent.count <= next) continue;
      auto steps = openPiece(parts_.context, **vault, extent.packId);
      if (!steps) return std::unexpected(steps.error());
      for (std::uint64_t i = next - extent.first; i < steps->size() && page.steps.size() < limit; ++i, ++next)
        page.steps.push_back(std::move((*steps)[i]));
    }
    if (next < run->totals.total && !page.steps.empty()) page.next = next;
    return page;
  };
  Result<PlannedPage> page = co_await onPool(parts_.context.blocking, read);
  co_return page;
}

}  // namespace cachify::actions
