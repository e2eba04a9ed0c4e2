#pragma once
// A prepared statement. Not thread-safe; used by the thread that holds its connection.

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace cachify::views {

/// Binds as BLOB what would otherwise be TEXT.
struct Blob {
  BytesView bytes;
};

/// An error while preparing is kept and told by the first use, so that statements can be members.
class Statement {
 public:
  Statement(sqlite3& db, std::string_view sql);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Binds all parameters in order, runs to the end, and is ready for the next use.
  template <class... Args>
  Result<void> run(const Args&... args) {
    begin(/*argumentsOutlive=*/true, sizeof...(args));
    (bindNext(args), ...);
    return finish();
  }

  /// Binds all parameters in order; rows are then fetched by `next`.
  template <class... Args>
  void open(const Args&... args) {
    begin(/*argumentsOutlive=*/false, sizeof...(args));
    (bindNext(args), ...);
  }
  /// For a number of parameters known only at run time: `openBinding`, then `bindNext` for each.
  void openBinding(std::size_t count) { begin(false, count); }

  /// True: there is a row. False: the end; the statement is reset.
  [[nodiscard]] Result<bool> next();
  /// Ends before the last row.
  void close();

  /// A nil id binds as NULL, an optional without value too.
  void bindNext(std::int64_t value);
  void bindNext(double value);
  void bindNext(std::string_view text);
  void bindNext(Blob blob);
  void bindNext(const Uuid& id);
  void bindNext(std::nullptr_t);
  void bindNext(WallTime time) { bindNext(std::int64_t{time.time_since_epoch().count()}); }
  void bindNext(const char* text) { bindNext(std::string_view(text)); }
  void bindNext(const std::string& text) { bindNext(std::string_view(text)); }
  template <class Integer>
  requires(std::integral<Integer> && !std::same_as<Integer, std::int64_t>) void bindNext(Integer value) {
    bindNext(static_cast<std::int64_t>(value));
  }
  template <class Tag>
  void bindNext(const Id<Tag>& id) {
    bindNext(id.value());
  }
  template <class T>
  void bindNext(const std::optional<T>& value) {
    if (value) {
      bindNext(*value);
    } else {
      bindNext(nullptr);
    }
  }

  // Columns of the current row, from 0. NULL reads as 0, empty or nil.
  [[nodiscard]] bool isNull(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
  [[nodiscard]] Bytes bytes(int column) const { return Bytes(view(column)); }
  /// Valid until the next call of any other function but column readers.
  [[nodiscard]] BytesView view(int column) const;
  [[nodiscard]] Uuid uuid(int column) const;
  [[nodiscard]] WallTime time(int column) const {
    return WallTime(std::chrono::microseconds(integer(column)));
  }
  [[nodiscard]] std::optional<WallTime> optionalTime(int column) const {
    return isNull(column) ? std::nullopt : std::optional(time(column));
  }

 private:
  void begin(bool argumentsOutlive, std::size_t count);
  Result<void> finish();
  void check(int code);

  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
  int prepared_;   ///< result of preparing
  int bound_ = 0;  ///< first result of binding that was not SQLITE_OK
  int parameter_ = 0;
  bool argumentsOutlive_ = false;
};

}  // namespace cachify::views
