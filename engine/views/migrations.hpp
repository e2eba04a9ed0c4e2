#pragma once
// The numbered SQL of migrations/, and applying it.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "core/result.hpp"

struct sqlite3;

namespace cachify::views {

struct Migration {
  std::uint32_t number;  ///< from 1, without gaps
  std::string_view name;
  std::string_view sql;
};

/// All there are, in order.
[[nodiscard]] std::span<const Migration> migrations();
/// The version of a file that has them all.
[[nodiscard]] std::uint32_t schemaVersion();
/// The version of this file: the number of its last migration.
[[nodiscard]] Result<std::uint32_t> schemaVersionOf(sqlite3& db);

/// Applies what the file does not have yet, each migration in its own transaction.
Result<void> migrate(sqlite3& db, std::span<const Migration> wanted);

/// The same for a file with rows in it: a copy is made first, as `before-v<version>.sqlite` beside it.
Result<void> migrateWithBackup(sqlite3& db, const std::filesystem::path& directory,
                               std::span<const Migration> wanted);

}  // namespace cachify::views
