#pragma once
// A piece of a plan as it crosses: a million items take a fraction of a second on either side.

#include <optional>

#include "core/bytes.hpp"
#include "domain/workflow_plan.hpp"
#include "plugin_host/plan_piece.hpp"
#include "plugin_host/protocol/wire.hpp"

namespace cachify::plugin_host {

/// Longest TTL that a plan may set: a hundred years, so that sums of times stay within their types.
inline constexpr std::int64_t kMaxPlanTtlMs = 100LL * 366 * 86'400'000;

/// What an item is made of, without owning it.
struct ItemView {
  domain::StepAction action = domain::StepAction::remove;
  BytesView key{};
  std::optional<std::int64_t> ttlMs{};
  BytesView value{};
  std::uint32_t flags = 0;
  BytesView renameTo{};
};

/// Collects the items of one piece. A piece of at least one item ends where the next would exceed `maxItems`
/// or `maxBytes` of keys and values.
class PieceWriter {
 public:
  PieceWriter(std::uint32_t maxItems, std::uint64_t maxBytes) : maxItems_(maxItems), maxBytes_(maxBytes) {}

  [[nodiscard]] bool hasRoomFor(const ItemView& item) const;
  void add(const ItemView& item);
  void expectTotal(std::uint64_t items) { expectedTotal_ = items; }
  [[nodiscard]] std::uint32_t items() const { return items_; }
  /// The message's body. The writer is spent.
  [[nodiscard]] Bytes finish(bool isLast);

 private:
  std::uint32_t maxItems_;
  std::uint64_t maxBytes_;
  std::uint32_t items_ = 0;
  std::uint64_t contentBytes_ = 0;
  std::optional<std::uint64_t> expectedTotal_;
  Bytes encoded_;
};

/// Nothing unless the body is a piece of at most `maxItems` items, each of them valid.
[[nodiscard]] std::optional<PlanPiece> decodePiece(BytesView body, std::uint32_t maxItems);

}  // namespace cachify::plugin_host
