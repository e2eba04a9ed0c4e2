#pragma once
// Brings back what is sound from a damaged log. Runs in cachify-log-check.

#include "log/check/verify.hpp"

namespace cachify::log {

/// NOT_FOUND without a log, or without anything sound in it; CONFLICT if `into` is there already.
[[nodiscard]] Result<SalvageReport> salvageFile(const std::filesystem::path& directory,
                                                const std::filesystem::path& into, const Progress& progress);

}  // namespace cachify::log
