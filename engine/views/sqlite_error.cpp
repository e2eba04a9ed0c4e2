#include "views/sqlite_error.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace cachify::views {
namespace {

constexpr std::string_view kCode = "sqlite";

/// An extended code holds the primary one in its low byte (https://www.sqlite.org/rescode.html).
int primary(int code) {
  return code & 0xFF;
}

bool isBusy(int code) {
  return primary(code) == SQLITE_BUSY || primary(code) == SQLITE_LOCKED;
}

const std::int64_t* codeOf(const Error& error) {
  const auto* detail = error.detail(kCode);
  return detail == nullptr ? nullptr : std::get_if<std::int64_t>(detail);
}

}  // namespace

Error sqliteError(sqlite3* db, int code, std::string_view doing) {
  const int extended = db == nullptr ? code : sqlite3_extended_errcode(db);
  const int shown = primary(extended) == primary(code) ? extended : code;
  const bool busy = isBusy(code);
  Error error{
      .code = busy ? ErrorCode::timeout : ErrorCode::internalError,
      .message = busy ? fmt::format("read models: {}: another process holds the database; try again", doing)
                      : fmt::format("read models: {}: {}", doing, sqlite3_errstr(shown)),
      .retryable = busy};
  if (db != nullptr && primary(code) == SQLITE_ERROR)
    error.message += fmt::format(" ({})", sqlite3_errmsg(db));
  error.set(kCode, std::int64_t{shown});
  return error;
}

Error damagedError(std::string_view what) {
  Error error{.message = fmt::format("read models: {}", what)};
  error.set(kCode, std::int64_t{SQLITE_CORRUPT});
  return error;
}

bool meansDamage(int sqliteCode) {
  return primary(sqliteCode) == SQLITE_CORRUPT || primary(sqliteCode) == SQLITE_NOTADB;
}

bool meansDamage(const Error& error) {
  const auto* code = codeOf(error);
  return code != nullptr && meansDamage(static_cast<int>(*code));
}

bool meansBusy(const Error& error) {
  const auto* code = codeOf(error);
  return code != nullptr && isBusy(static_cast<int>(*code));
}

}  // namespace cachify::views
