#include "actions/workflows/plan_source.hpp"

#include <algorithm>

#include "log/event_log.hpp"
#include "log/vault.hpp"

namespace cachify::actions {
namespace {

constexpr std::uint32_t kPieceItems = 10'000;
constexpr std::uint64_t kPieceBytes = 1 << 20;

/// A rename made two snapshots, one behind the other: of the old name and of the new one.
void appendUndo(const StepRow& row, std::vector<PlannedStep>& steps) {
  if (row.snapshot == 0) return;
  PlannedStep step{.item = {.key = row.key, .action = domain::StepAction::restore}, .snapshot = row.snapshot};
  const bool moved = row.after.key != row.key && !row.after.key.empty();
  if (!row.unknown) step.expected = moved ? events::KeyState{.key = row.key} : row.after;
  steps.push_back(step);
  if (!moved) return;
  step.item.key = row.after.key;
  step.snapshot = row.snapshot + 1;
  if (!row.unknown) step.expected = row.after;
  steps.push_back(std::move(step));
}

}  // namespace

PlannerSource::PlannerSource(std::shared_ptr<plugin_host::WorkflowKind> kind, std::string parameters,
                             std::unique_ptr<plugin_host::PlanServices> services, PlannedKeys known)
    : kind_(std::move(kind)),
      parameters_(std::move(parameters)),
      services_(std::move(services)),
      known_(std::move(known)) {}

Task<StepPiece> PlannerSource::next(CallContext context) {
  if (!plan_) {
    Result<std::unique_ptr<plugin_host::OpenPlan>> opened =
        co_await kind_->open(parameters_, *services_, context);
    if (!opened) co_return std::unexpected(opened.error());
    plan_ = std::move(*opened);
  }
  Result<plugin_host::PlanPiece> piece = co_await plan_->next(kPieceItems, kPieceBytes, context);
  if (!piece) co_return std::unexpected(piece.error());
  StepPiece steps{.steps = {}, .isLast = piece->isLast, .expectedTotal = piece->expectedTotal};
  steps.steps.reserve(piece->items.size());
  for (auto& item : piece->items) {
    if (known_.take(item.key)) continue;
    steps.steps.push_back({.item = std::move(item)});
  }
  co_return steps;
}

Result<std::vector<PlannedStep>> openPiece(const Context& context, const log::Vault& vault, Uuid packId) {
  const auto chunks = context.log.readPack(packId);
  if (!chunks) return std::unexpected(chunks.error());
  const auto blobs = vault.open(packId, *chunks);
  if (!blobs) return std::unexpected(blobs.error());
  if (blobs->size() != 1) return fail(ErrorCode::internalError, "a piece of the plan is not what was sealed");
  return decodePiece(blobs->front());
}

FrozenSource::FrozenSource(const Context& context, VaultPointer vault, std::vector<PlanExtent> extents,
                           std::uint64_t from)
    : context_(context), vault_(std::move(vault)), extents_(std::move(extents)), from_(from) {
  while (at_ < extents_.size() && extents_[at_].first + extents_[at_].count <= from_) ++at_;
}

Task<StepPiece> FrozenSource::next(CallContext) {
  if (at_ == extents_.size()) co_return StepPiece{.isLast = true};
  const PlanExtent& extent = extents_[at_++];
  const auto open = [this, &extent] { return openPiece(context_, *vault_, extent.packId); };
  Result<std::vector<PlannedStep>> steps = co_await onPool(context_.blocking, open);
  if (!steps) co_return std::unexpected(steps.error());
  if (extent.first < from_)
    steps->erase(steps->begin(), steps->begin() + static_cast<std::ptrdiff_t>(from_ - extent.first));
  co_return StepPiece{.steps = std::move(*steps), .isLast = at_ == extents_.size(), .isKept = true};
}

Task<StepPiece> RollbackSource::next(CallContext) {
  const auto read = [this] { return readStepsBack(context_.log, undone_, before_); };
  Result<StepsBack> back = co_await onPool(context_.blocking, read);
  if (!back) co_return std::unexpected(back.error());
  before_ = back->before;
  StepPiece piece{.isLast = back->isLast(), .expectedTotal = total_};
  for (const auto& row : back->rows) {
    const bool mayHaveHappened = row.status == domain::StepStatus::succeeded || row.unknown;
    if (mayHaveHappened) appendUndo(row, piece.steps);
  }
  const std::uint64_t skipped = std::min<std::uint64_t>(skip_, piece.steps.size());
  piece.steps.erase(piece.steps.begin(), piece.steps.begin() + static_cast<std::ptrdiff_t>(skipped));
  skip_ -= skipped;
  co_return piece;
}

Task<StepPiece> ChainedSource::next(CallContext context) {
  if (!first_) co_return co_await second_->next(std::move(context));
  Result<StepPiece> piece = co_await first_->next(std::move(context));
  if (!piece || !piece->isLast) co_return piece;
  first_.reset();
  piece->isLast = false;
  co_return piece;
}

}  // namespace cachify::actions
