#include "views/statement.hpp"

#include <sqlite3.h>

#include <cstring>

#include "views/sqlite_error.hpp"

namespace cachify::views {

Statement::Statement(sqlite3& db, std::string_view sql) : db_(&db) {
  prepared_ = sqlite3_prepare_v3(&db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                 &statement_, nullptr);
}

Statement::Statement(Statement&& other) noexcept
    : db_(other.db_),
      statement_(std::exchange(other.statement_, nullptr)),
      prepared_(other.prepared_),
      bound_(other.bound_),
      parameter_(other.parameter_),
      argumentsOutlive_(other.argumentsOutlive_) {}

Statement::~Statement() {
  sqlite3_finalize(statement_);
}

void Statement::begin(bool argumentsOutlive, std::size_t count) {
  sqlite3_reset(statement_);
  parameter_ = 0;
  bound_ = SQLITE_OK;
  argumentsOutlive_ = argumentsOutlive;
  if (prepared_ == SQLITE_OK) {
    check(std::cmp_equal(count, sqlite3_bind_parameter_count(statement_)) ? SQLITE_OK : SQLITE_RANGE);
  }
}

void Statement::check(int code) {
  if (bound_ == SQLITE_OK) bound_ = code;
}

Result<void> Statement::finish() {
  const auto row = next();
  close();
  if (!row) return std::unexpected(row.error());
  return {};
}

Result<bool> Statement::next() {
  if (prepared_ != SQLITE_OK) return fail(sqliteError(db_, prepared_, "preparing a statement"));
  if (bound_ != SQLITE_OK) return fail(sqliteError(nullptr, bound_, "binding a parameter"));
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_);
    return false;
  }
  Error error = sqliteError(db_, code, "running a statement");
  sqlite3_reset(statement_);
  return fail(std::move(error));
}

void Statement::close() {
  sqlite3_reset(statement_);
}

void Statement::bindNext(std::int64_t value) {
  check(sqlite3_bind_int64(statement_, ++parameter_, value));
}

void Statement::bindNext(double value) {
  check(sqlite3_bind_double(statement_, ++parameter_, value));
}

void Statement::bindNext(std::nullptr_t) {
  check(sqlite3_bind_null(statement_, ++parameter_));
}

// An empty view may hold a null pointer, which SQLite takes for NULL.
void Statement::bindNext(std::string_view text) {
  const char* const data = text.empty() ? "" : text.data();
  check(sqlite3_bind_text64(statement_, ++parameter_, data, text.size(),
                            argumentsOutlive_ ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bindNext(Blob blob) {
  const char* const data = blob.bytes.empty() ? "" : blob.bytes.data();
  check(sqlite3_bind_blob64(statement_, ++parameter_, data, blob.bytes.size(),
                            argumentsOutlive_ ? SQLITE_STATIC : SQLITE_TRANSIENT));
}

void Statement::bindNext(const Uuid& id) {
  if (id.isNil()) return bindNext(nullptr);
  check(sqlite3_bind_blob(statement_, ++parameter_, id.bytes().data(), static_cast<int>(id.bytes().size()),
                          argumentsOutlive_ ? SQLITE_STATIC : SQLITE_TRANSIENT));
}

bool Statement::isNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(statement_, column);
}

BytesView Statement::view(int column) const {
  const void* const data = sqlite3_column_blob(statement_, column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Uuid Statement::uuid(int column) const {
  const BytesView stored = view(column);
  std::array<std::uint8_t, 16> bytes{};
  if (stored.size() != bytes.size()) return {};
  std::memcpy(bytes.data(), stored.data(), bytes.size());
  return Uuid(bytes);
}

}  // namespace cachify::views
