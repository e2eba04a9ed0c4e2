#pragma once
// SQLite as anyone would use it to load rows: one transaction, prepared statements, indexes afterwards.

#include <filesystem>

namespace cachify::bench {

/// Copies every table's rows of `from` into the new file `to`, and makes its indexes, the one of words
/// included. Throws std::runtime_error when SQLite fails.
void copyRows(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace cachify::bench
