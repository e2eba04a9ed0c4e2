#pragma once
// The event log as a file of JSON lines that standard tools can verify, the same as `cachify log export`.

#include <QString>
#include <cstdint>
#include <functional>
#include <stop_token>

#include "core/result.hpp"

namespace cachify::studio {
class Engine;
}

namespace cachify::ui {

/// Writes all of it, readable for the user alone, and only then puts it in the place of what was there.
/// Blocks for as long as it takes; for any thread. Answers how many lines there are; `onProgress` is told now
/// and then. CANCELLED once it is stopped: nothing is left behind.
[[nodiscard]] Result<std::uint64_t> exportLogTo(studio::Engine& engine, const QString& path,
                                                const std::stop_token& stop,
                                                const std::function<void(std::uint64_t)>& onProgress);

}  // namespace cachify::ui
