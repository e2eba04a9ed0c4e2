#pragma once
// Where a run's steps come from, piece by piece: a workflow kind that plans, a frozen plan, or the steps of a
// run that is rolled back.

#include <memory>
#include <optional>
#include <vector>

#include "actions/async.hpp"
#include "actions/context.hpp"
#include "actions/workflows/planned_keys.hpp"
#include "actions/workflows/planned_step.hpp"
#include "actions/workflows/run_state.hpp"
#include "plugin_host/workflow_kind.hpp"

namespace cachify::log {
class Vault;
}

namespace cachify::actions {

struct StepPiece {
  std::vector<PlannedStep> steps{};
  bool isLast = false;
  bool isKept = false;  ///< it lies in the log already
  std::optional<std::uint64_t> expectedTotal{};
};

/// Lives on the network thread. Calls never overlap.
class PlanSource {
 public:
  virtual ~PlanSource() = default;
  virtual Task<StepPiece> next(CallContext context) = 0;
};

using VaultPointer = std::shared_ptr<const log::Vault>;

/// A kind at work. Steps whose key is in `known` are left out, as often as it is there: a plan that is drawn
/// up anew after an interruption goes on with what is new.
class PlannerSource final : public PlanSource {
 public:
  PlannerSource(std::shared_ptr<plugin_host::WorkflowKind> kind, std::string parameters,
                std::unique_ptr<plugin_host::PlanServices> services, PlannedKeys known = {});
  Task<StepPiece> next(CallContext context) override;

 private:
  std::shared_ptr<plugin_host::WorkflowKind> kind_;
  std::string parameters_;
  std::unique_ptr<plugin_host::PlanServices> services_;
  PlannedKeys known_;
  std::unique_ptr<plugin_host::OpenPlan> plan_;
};

/// The sealed pieces of a plan, from step number `from` on.
class FrozenSource final : public PlanSource {
 public:
  FrozenSource(const Context& context, VaultPointer vault, std::vector<PlanExtent> extents,
               std::uint64_t from);
  Task<StepPiece> next(CallContext context) override;

 private:
  const Context& context_;
  VaultPointer vault_;
  std::vector<PlanExtent> extents_;
  std::size_t at_ = 0;
  std::uint64_t from_;
};

/// The steps that undo a run: each key back to its snapshot, what was done last first, from number `from` on.
class RollbackSource final : public PlanSource {
 public:
  /// `total`: how many steps of it there are to undo, for progress.
  RollbackSource(const Context& context, ExecutionId undone, std::uint64_t from, std::uint64_t total)
      : context_(context), undone_(undone), skip_(from), total_(total) {}
  Task<StepPiece> next(CallContext context) override;

 private:
  const Context& context_;
  ExecutionId undone_;
  std::uint64_t skip_;
  std::uint64_t total_;
  std::uint64_t before_ = 0;  ///< stream version; 0: the end
};

/// One after the other: the frozen part of a plan, then what a planner still finds.
class ChainedSource final : public PlanSource {
 public:
  ChainedSource(std::unique_ptr<PlanSource> first, std::unique_ptr<PlanSource> second)
      : first_(std::move(first)), second_(std::move(second)) {}
  Task<StepPiece> next(CallContext context) override;

 private:
  std::unique_ptr<PlanSource> first_;  ///< null once it is used up
  std::unique_ptr<PlanSource> second_;
};

/// Opens the pack of one piece. Blocks: for the pool.
[[nodiscard]] Result<std::vector<PlannedStep>> openPiece(const Context& context, const log::Vault& vault,
                                                         Uuid packId);

}  // namespace cachify::actions
