#pragma once
// Snapshots by the thousand, with their content: for rolling back, and for taking up what an interrupted
// runner left.

#include <span>
#include <vector>

#include "actions/context.hpp"
#include "actions/mutation_history.hpp"
#include "domain/value.hpp"

namespace cachify::log {
class Vault;
}

namespace cachify::actions {

struct OpenedBulkSnapshot {
  events::KeyState state{};
  domain::Capture capture{};  ///< `notCaptured` says why there is no content
};

/// One for each position, in order. Positions that follow each other are cheap: their frames and packs are
/// read once. NOT_FOUND where there is no snapshot or its data were erased. Blocks: for the pool.
[[nodiscard]] Result<std::vector<OpenedBulkSnapshot>> openSnapshots(const Context& context,
                                                                    const log::Vault* vault,
                                                                    std::span<const log::Position> positions);

}  // namespace cachify::actions
