#include "raw_sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace cachify::bench {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using RawDatabase = std::unique_ptr<sqlite3, CloseDatabase>;
using RawStatement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

RawDatabase openRaw(const std::filesystem::path& file, int flags) {
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &db, flags, nullptr);
  RawDatabase opened(db);
  if (code != SQLITE_OK) throw std::runtime_error("cannot open " + file.string());
  return opened;
}

void runRaw(sqlite3& db, const std::string& sql) {
  if (sqlite3_exec(&db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(&db));
}

RawStatement prepareRaw(sqlite3& db, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(&db, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(&db));
  return RawStatement(statement);
}

/// Name and SQL of what the schema has of this type.
std::vector<std::pair<std::string, std::string>> schemaOf(sqlite3& db, const std::string& type) {
  std::vector<std::pair<std::string, std::string>> all;
  // The index of words keeps tables of its own, which come with it.
  const auto select =
      prepareRaw(db, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type = '" + type +
                         "' AND name NOT LIKE 'history_search_%' AND name NOT LIKE 'sqlite_%'");
  while (sqlite3_step(select.get()) == SQLITE_ROW) {
    const auto text = [&](int column) {
      return std::string(reinterpret_cast<const char*>(sqlite3_column_text(select.get(), column)));
    };
    all.emplace_back(text(0), text(1));
  }
  return all;
}

void copyTable(sqlite3& from, sqlite3& to, const std::string& table) {
  const auto select = prepareRaw(from, "SELECT * FROM " + table);
  const int columns = sqlite3_column_count(select.get());
  std::string places = "?";
  for (int i = 1; i < columns; ++i) places += ", ?";
  const auto insert = prepareRaw(to, fmt::format("INSERT INTO {} VALUES ({})", table, places));
  while (sqlite3_step(select.get()) == SQLITE_ROW) {
    for (int i = 0; i < columns; ++i)
      sqlite3_bind_value(insert.get(), i + 1, sqlite3_column_value(select.get(), i));
    if (sqlite3_step(insert.get()) != SQLITE_DONE)
      throw std::runtime_error(table + ": " + sqlite3_errmsg(&to));
    sqlite3_reset(insert.get());
  }
}

}  // namespace

void copyRows(const std::filesystem::path& from, const std::filesystem::path& to) {
  const auto source = openRaw(from, SQLITE_OPEN_READWRITE);
  const auto target = openRaw(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  runRaw(*target, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
  for (const auto& [name, sql] : schemaOf(*source, "table")) {
    runRaw(*target, sql);
    if (name != "history_search") copyTable(*source, *target, name);
  }
  for (const auto& [name, sql] : schemaOf(*source, "index")) runRaw(*target, sql);
  runRaw(*target, "INSERT INTO history_search (history_search) VALUES ('rebuild')");
  runRaw(*target, "COMMIT");
}

}  // namespace cachify::bench
