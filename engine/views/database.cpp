#include "views/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <string>

#include "views/sqlite_error.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

/// Of one connection, in KiB (SQLite reads a negative cache_size so).
constexpr int kSharedCacheKib = 8 * 1024;
constexpr int kBuildingCacheKib = 128 * 1024;

}  // namespace

Result<void> executeSql(sqlite3& db, std::string_view sql) {
  const int code = sqlite3_exec(&db, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(sqliteError(&db, code, "running SQL"));
  return {};
}

Result<std::int64_t> numberOf(sqlite3& db, std::string_view sql) {
  Statement statement(db, sql);
  statement.open();
  const auto row = statement.next();
  if (!row) return std::unexpected(row.error());
  return *row ? statement.integer(0) : 0;
}

void Database::Close::operator()(sqlite3* db) const {
  sqlite3_close_v2(db);
}

Result<Database> Database::open(const std::filesystem::path& file, Use use) {
  sqlite3* db = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
                    (use == Use::building ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(file.c_str(), &db, flags, nullptr);
  Database database(db);
  if (code != SQLITE_OK) return fail(sqliteError(db, code, "opening " + file.filename().string()));
  if (auto ok = database.prepareFor(use); !ok) return std::unexpected(ok.error());
  return database;
}

// Of a shared file exactly one connection may checkpoint at a time (SQLite before 3.51.3 can lose a commit
// otherwise: https://www.sqlite.org/wal.html#walresetbug), so none does on its own.
Result<void> Database::prepareFor(Use use) const {
  sqlite3* const db = db_.get();
  sqlite3_extended_result_codes(db, 1);
  patience(kPatience);
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_wal_autocheckpoint(db, 0);
  if (use == Use::building) {
    return execute(
        fmt::format("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{};"
                    "PRAGMA temp_store = MEMORY; PRAGMA application_id = {};",
                    kBuildingCacheKib, kApplicationId));
  }
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  return execute(fmt::format("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -{};", kSharedCacheKib));
}

Result<void> Database::execute(std::string_view sql) const {
  return executeSql(*db_, sql);
}

void Database::patience(std::chrono::milliseconds time) const {
  sqlite3_busy_timeout(db_.get(), static_cast<int>(time.count()));
}

// With synchronous on, leaving the journal-less mode writes the header and flushes the whole file.
Result<void> Database::makeShared() const {
  return execute("PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE; PRAGMA journal_mode = WAL;");
}

Result<Transaction> Transaction::begin(sqlite3& db, Kind kind) {
  if (auto ok = executeSql(db, kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN"); !ok)
    return std::unexpected(ok.error());
  return Transaction(db);
}

Transaction::~Transaction() {
  if (db_ != nullptr) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> Transaction::commit() {
  auto ok = executeSql(*db_, "COMMIT");
  if (ok) db_ = nullptr;
  return ok;
}

}  // namespace cachify::views
