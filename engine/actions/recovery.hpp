#pragma once
// After a crash: mutations whose process died between intent and outcome are recorded as unknown, its runs as
// interrupted, once.

#include <cstdint>

#include "actions/context.hpp"
#include "core/result.hpp"

namespace cachify::actions {

struct RecoveryReport {
  std::uint32_t deadSessions = 0;
  std::uint32_t unknownMutations = 0;  ///< a batch of a run counts as one
  std::uint32_t interruptedRuns = 0;
};

/// Blocks for short log reads and one durable append per dead session that left something open; TIMEOUT where
/// there is one and another process keeps the log's write lock. Safe to run in any number of processes at
/// once: the session's lock and the expected stream version admit one.
[[nodiscard]] Result<RecoveryReport> recoverDeadSessions(const Context& context);

}  // namespace cachify::actions
