#pragma once
// One step of a plan with what the plan knew of its key, and the bytes in which a piece of a plan is kept.
//
// A piece is a blob of the vault: "CP1", then for each step, integers big-endian: u8 action, u8 what is there
// (1 facts, 2 expected state, 4 snapshot), i64 TTL in ms (-1: none), u32 flags, then key, value and new name
// as u32 length and bytes; facts: u8 type, i64 deadline in ms since 1970 (-1: none), i64 size (-1: not
// known); expected state: the same, then the digest as u8 length and text, and the key; snapshot: u64
// position.

#include <optional>
#include <span>
#include <vector>

#include "core/digest.hpp"
#include "core/rare.hpp"
#include "core/result.hpp"
#include "domain/workflow.hpp"
#include "events/mutation_events.hpp"
#include "log/frame.hpp"

namespace cachify::actions {

struct PlannedStep {
  domain::PlanItem item{};
  std::optional<domain::PlannedFacts> facts{};  ///< drift is judged by these
  /// With the content's digest: what the key must still be. Exact plans, and rolling back.
  Rare<events::KeyState> expected{};
  log::Position snapshot = 0;  ///< restore: which one

  bool operator==(const PlannedStep&) const = default;
};

[[nodiscard]] Bytes encodePiece(std::span<const PlannedStep> steps);
/// INTERNAL_ERROR with detail `damaged` for bytes of another form.
[[nodiscard]] Result<std::vector<PlannedStep>> decodePiece(BytesView bytes);

/// Digest of a plan's pieces up to and with `piece`: SHA-256(before ‖ piece). It begins with zeros.
[[nodiscard]] Digest nextPlanDigest(const Digest& before, BytesView piece);

/// Bytes of keys and values in it: what a batch is measured by.
[[nodiscard]] inline std::size_t bytesOf(const PlannedStep& step) {
  return step.item.key.size() + step.item.value.size() + step.item.renameTo.size();
}

}  // namespace cachify::actions
