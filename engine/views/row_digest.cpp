#include "views/row_digest.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <bit>

#include "core/digest.hpp"
#include "views/projector.hpp"
#include "views/sqlite_error.hpp"

namespace cachify::views {
namespace {

/// Hashing is quicker in pieces of this size than value by value.
constexpr std::size_t kPieceBytes = 64 * 1024;

void putNumber(Bytes& out, std::uint64_t value) {
  for (unsigned shift = 0; shift < 64; shift += 8) out += static_cast<char>(value >> shift);
}

void putValue(Bytes& out, sqlite3_stmt* row, int column) {
  const int kind = sqlite3_column_type(row, column);
  out += static_cast<char>(kind);
  if (kind == SQLITE_INTEGER) {
    putNumber(out, static_cast<std::uint64_t>(sqlite3_column_int64(row, column)));
  } else if (kind == SQLITE_FLOAT) {
    putNumber(out, std::bit_cast<std::uint64_t>(sqlite3_column_double(row, column)));
  } else if (kind != SQLITE_NULL) {
    const auto* const data = static_cast<const char*>(sqlite3_column_blob(row, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
    putNumber(out, size);
    if (size != 0) out.append(data, size);
  }
}

Result<void> digestTable(sqlite3& db, const ViewTable& table, Sha256& hash) {
  sqlite3_stmt* row = nullptr;
  const std::string sql = fmt::format("SELECT * FROM {} ORDER BY {}", table.name, table.orderBy);
  int code = sqlite3_prepare_v2(&db, sql.c_str(), -1, &row, nullptr);
  Bytes piece(table.name);
  const int columns = sqlite3_column_count(row);
  while (code == SQLITE_OK && (code = sqlite3_step(row)) == SQLITE_ROW) {
    for (int i = 0; i < columns; ++i) putValue(piece, row, i);
    if (piece.size() >= kPieceBytes) {
      hash.update(piece);
      piece.clear();
    }
    code = SQLITE_OK;
  }
  hash.update(piece);
  sqlite3_finalize(row);
  if (code != SQLITE_DONE) return fail(sqliteError(&db, code, "reading rows for the digest"));
  return {};
}

}  // namespace

Result<std::string> digestRows(sqlite3& db) {
  Sha256 hash;
  for (const auto& view : readModels()) {
    for (const auto& table : view.tables) {
      if (auto ok = digestTable(db, table, hash); !ok) return std::unexpected(ok.error());
    }
  }
  return toHex(hash.finish());
}

}  // namespace cachify::views
