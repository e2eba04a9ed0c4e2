#pragma once
// Bulk work: dry runs that freeze a plan, runs, resuming, rolling back, and looking at all of it.

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "actions/control_state.hpp"
#include "actions/mutator.hpp"
#include "actions/workflows/templates.hpp"
#include "actions/workflows/workflow_run.hpp"

namespace cachify::actions {

/// What is to be run: one of `templateName`, `kind` and `plan`.
struct RunRequest {
  domain::ConnectionProfile profile{};
  std::string templateName{};  ///< id or name
  std::string kind{};
  std::optional<ExecutionId> plan{};  ///< a dry run's: just what it froze
  std::string parameters = "{}";      ///< JSON object, laid over the template's
  domain::RunSettings settings{};
  Consent consent{};
};

/// How a caller follows a run, and ends it early: batches under way still end and are recorded.
struct RunWatch {
  std::stop_token stop{};
  OnProgress onProgress{};
  std::function<void(ExecutionId)> onStarted{};  ///< on the network thread, once it is in the log
};

struct PlannedPage {
  std::vector<PlannedStep> steps{};
  std::optional<std::uint64_t> next{};  ///< number of the next page's first step
};

/// Lives on the network thread.
class Workflows {
 public:
  struct Parts {
    const Context& context;
    ControlState& control;
    const Gate& gate;
    SessionPool& sessions;
    VaultKeeper& vault;
    const Recorder& recorder;
    plugin_host::PluginRegistry& plugins;
    TemplateState& templates;
    ParameterKeeper& parameters;
  };
  explicit Workflows(Parts parts) : parts_(parts) {}

  /// The kinds that can be used, by name.
  Task<std::vector<plugin_host::KindDescription>> kinds(std::stop_token stop);

  /// A dry run: draws up the plan, looks at every key, freezes it. The report's id is the plan's.
  /// NOT_SUPPORTED where no vault can keep it.
  Task<RunReport> preview(RunRequest request, RunWatch watch);
  /// UNAUTHORIZED with `policy` when a rule forbids it: then nothing was begun. VALIDATION_ERROR for
  /// parameters. CONFLICT for a plan that is not complete, not of this connection, or no plan. How the run
  /// ended stands in the report.
  Task<RunReport> run(RunRequest request, RunWatch watch);
  /// As `run`, or `preview`, with the parameters of an execution overlaid with `request.parameters`; its
  /// template may have changed or be gone.
  Task<RunReport> rerun(ExecutionId id, bool dryRun, RunRequest request, RunWatch watch);
  /// Goes on behind the last recorded step. CONFLICT unless the run was interrupted, cancelled or aborted.
  Task<RunReport> resume(ExecutionId id, Consent consent, RunWatch watch);
  /// A run of its own that brings each key back to its snapshot. A key that was changed since is drift:
  /// skipped, and told, unless `force`.
  Task<RunReport> rollBack(ExecutionId id, bool force, domain::RunSettings settings, Consent consent,
                           RunWatch watch);
  /// Asks for the end of a run, in whichever process it is. CONFLICT when it has ended.
  Task<void> cancel(ExecutionId id);

  /// NOT_FOUND if there is none.
  Task<RunState> show(ExecutionId id);
  Task<std::vector<StepRow>> steps(ExecutionId id, std::uint64_t from, std::size_t limit);
  /// Steps of a frozen plan, from number `first` on.
  Task<PlannedPage> plannedSteps(ExecutionId id, std::uint64_t first, std::size_t limit);

 private:
  /// Which kind, with which parameters, under which name.
  struct Chosen {
    events::RunStarted started{};
    std::shared_ptr<plugin_host::WorkflowKind> kind{};
    std::string parameters{};
    std::vector<log::SealedChunk> chunks{};
    std::optional<RunState> plan{};    ///< the frozen one it executes
    std::optional<RunState> undone{};  ///< the run it rolls back
  };

  Task<Chosen> choose(const RunRequest& request, bool dryRun);
  Task<Chosen> choosePlan(const RunRequest& request);
  Task<void> fillIn(Chosen& chosen, std::string base, const std::string& edits);
  Result<void> allow(const events::RunStarted& started, bool hasFreshPlan, const Consent& consent) const;
  Task<RunReport> start(Chosen chosen, const RunRequest& request, RunWatch watch);
  Task<RunReport> repeated(log::AppendReceipt receipt, std::stop_token stop);
  /// Vault, session and digester for a run on this connection.
  Task<void> prepare(BatchOrders& orders);
  [[nodiscard]] BatchOrders batchOrders(RunJournal& journal, const domain::ConnectionProfile& profile,
                                        const domain::RunSettings& settings, const Consent& consent) const;
  /// What is left of an interrupted run.
  Task<void> chooseRest(const RunState& run, const BatchOrders& batchOrders, RunOrders& orders,
                        std::stop_token stop);
  /// The plan was still being drawn up: what is frozen of it, then what a planner finds besides.
  Task<void> choosePlanAnew(const RunState& run, const BatchOrders& batchOrders, RunOrders& orders,
                            std::stop_token stop);
  [[nodiscard]] bool isFresh(const RunState& plan) const;

  Parts parts_;
};

}  // namespace cachify::actions
