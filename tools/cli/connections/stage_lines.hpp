#pragma once
// The stages of a connection test for people, as they come.

#include <memory>

#include "core/stages.hpp"
#include "domain/profile.hpp"
#include "output/output.hpp"

namespace cachify::cli {

/// Writes a line when a stage ends, and on a terminal what is under way. `output` must outlive it, and nobody
/// else may write meanwhile. A stage that is tried again is told again only if it ends otherwise.
[[nodiscard]] std::shared_ptr<StageObserver> stageLines(Output& output,
                                                        const domain::ConnectionProfile& profile);

}  // namespace cachify::cli
