#pragma once
// What an interrupted runner intended and never told the end of.

#include <string>
#include <unordered_map>

#include "actions/workflows/batch_step.hpp"
#include "actions/workflows/run_state.hpp"

namespace cachify::actions {

/// By key: the first snapshot that was taken for a step that is not recorded. Reads the streams of the run's
/// sessions; blocks: for the pool.
[[nodiscard]] Result<std::unordered_map<std::string, EarlierAttempt>> findEarlierAttempts(
    const log::EventReader& log, const RunState& run);

}  // namespace cachify::actions
