#pragma once
// Runs whose process is gone.

#include <cstdint>

#include "actions/context.hpp"
#include "core/result.hpp"

namespace cachify::actions {

/// Records every run that the dead session had, and that is not over, as interrupted. Only for who holds the
/// session's lock. Answers how many.
[[nodiscard]] Result<std::uint32_t> interruptRuns(const Context& context, SessionId dead);

}  // namespace cachify::actions
