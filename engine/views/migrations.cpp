#include "views/migrations.hpp"

#include <fmt/format.h>

#include "views/database.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

Result<void> applyOne(sqlite3& db, const Migration& migration) {
  auto transaction = Transaction::begin(db, Transaction::Kind::write);
  if (!transaction) return std::unexpected(transaction.error());
  if (auto ok = executeSql(db, migration.sql); !ok) {
    Error error = ok.error();
    error.message += fmt::format(" (migration {})", migration.name);
    return fail(std::move(error));
  }
  if (auto ok = executeSql(db, fmt::format("PRAGMA user_version = {}", migration.number)); !ok) return ok;
  return transaction->commit();
}

Result<void> copyTo(sqlite3& db, const std::filesystem::path& file) {
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  return Statement(db, "VACUUM INTO ?").run(file.string());
}

}  // namespace

std::uint32_t schemaVersion() {
  return migrations().back().number;
}

Result<std::uint32_t> schemaVersionOf(sqlite3& db) {
  const auto version = numberOf(db, "PRAGMA user_version");
  if (!version) return std::unexpected(version.error());
  return static_cast<std::uint32_t>(*version);
}

Result<void> migrate(sqlite3& db, std::span<const Migration> wanted) {
  const auto version = schemaVersionOf(db);
  if (!version) return std::unexpected(version.error());
  for (const auto& migration : wanted) {
    if (migration.number <= *version) continue;
    if (auto ok = applyOne(db, migration); !ok) return ok;
  }
  return {};
}

Result<void> migrateWithBackup(sqlite3& db, const std::filesystem::path& directory,
                               std::span<const Migration> wanted) {
  const auto version = schemaVersionOf(db);
  if (!version) return std::unexpected(version.error());
  if (*version >= wanted.back().number) return {};
  if (auto ok = copyTo(db, directory / fmt::format("before-v{}.sqlite", *version)); !ok) return ok;
  return migrate(db, wanted);
}

}  // namespace cachify::views
