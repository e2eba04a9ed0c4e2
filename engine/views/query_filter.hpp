#pragma once
// A WHERE clause put together from the filters that a caller set. Only fixed text enters the SQL; values are
// bound.

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/uuid.hpp"
#include "views/statement.hpp"

namespace cachify::views {

/// A caller's limit, kept between 1 and `most`.
[[nodiscard]] inline std::size_t pageSize(std::size_t asked, std::size_t most) {
  return std::clamp<std::size_t>(asked, 1, most);
}

/// Rows newest first, from a statement that selects one more than `limit`: then there is a next page, and its
/// cursor is the position of the last row of this one.
template <class Page, class ReadRow>
[[nodiscard]] Result<Page> readPage(Statement& select, std::size_t limit, ReadRow readRow) {
  Page page;
  while (true) {
    const auto row = select.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return page;
    if (page.rows.size() == limit) break;
    page.rows.push_back(readRow(select));
  }
  page.next = page.rows.back().position;
  return page;
}

class QueryFilter {
 public:
  /// What a column stored as BLOB is compared with.
  struct BytesValue {
    Bytes bytes;
  };

  /// `condition` has one `?` for each value.
  template <class... Values>
  void add(std::string_view condition, Values... values) {
    where_ += where_.empty() ? " WHERE " : " AND ";
    where_ += condition;
    (values_.emplace_back(std::move(values)), ...);
  }

  /// `select` WHERE … `tail` LIMIT `limit`, bound and ready for `next`.
  [[nodiscard]] Statement select(sqlite3& db, std::string_view select, std::string_view tail,
                                 std::size_t limit) const {
    std::string sql(select);
    sql.append(where_).append(" ").append(tail).append(" LIMIT ?");
    Statement statement(db, sql);
    statement.openBinding(values_.size() + 1);
    for (const auto& value : values_) {
      std::visit([&](const auto& v) { bind(statement, v); }, value);
    }
    statement.bindNext(limit);
    return statement;
  }

 private:
  using Value = std::variant<std::int64_t, std::string, Uuid, BytesValue>;

  template <class T>
  static void bind(Statement& statement, const T& value) {
    statement.bindNext(value);
  }
  static void bind(Statement& statement, const BytesValue& value) { statement.bindNext(Blob{value.bytes}); }

  std::string where_;
  std::vector<Value> values_;
};

}  // namespace cachify::views
