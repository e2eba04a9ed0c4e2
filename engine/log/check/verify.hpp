#pragma once
// Verifies a log by reading its file (FORMAT.md, section 6). Runs in cachify-log-check: a file that is cut
// while it is read can still end the process.

#include <functional>

#include "log/log_check.hpp"

namespace cachify::log {

/// Called now and then with the position that was reached.
using Progress = std::function<void(Position)>;

/// NOT_FOUND where there is no log. A log in use is verified as of its last commit, while others go on
/// writing.
[[nodiscard]] Result<VerifyReport> verifyFile(const std::filesystem::path& directory,
                                              const Progress& progress);

}  // namespace cachify::log
