#pragma once
// One connection to a database file of read models. Not thread-safe: one thread at a time.

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

#include "core/result.hpp"

struct sqlite3;

namespace cachify::views {

/// Marks our files in the header of the file: "CchV".
inline constexpr std::int32_t kApplicationId = 0x43636856;

class Database {
 public:
  enum class Use : std::uint8_t {
    shared,    ///< an existing file, in WAL mode, beside other processes
    building,  ///< a new file that nobody else knows yet: no journal, nothing flushed until `makeShared`
  };

  /// How long SQLite waits for a lock unless told otherwise.
  static constexpr std::chrono::milliseconds kPatience{5'000};

  [[nodiscard]] static Result<Database> open(const std::filesystem::path& file, Use use);

  [[nodiscard]] sqlite3& handle() const { return *db_; }

  Result<void> execute(std::string_view sql) const;
  /// Turns a built file into one for sharing; everything is on disk after it.
  Result<void> makeShared() const;
  /// How long SQLite itself waits for a lock.
  void patience(std::chrono::milliseconds time) const;

 private:
  struct Close {
    void operator()(sqlite3* db) const;
  };
  explicit Database(sqlite3* db) : db_(db) {}
  Result<void> prepareFor(Use use) const;

  std::unique_ptr<sqlite3, Close> db_;
};

/// Begins a transaction and rolls it back unless `commit` succeeded.
class Transaction {
 public:
  enum class Kind : std::uint8_t { read, write };

  [[nodiscard]] static Result<Transaction> begin(sqlite3& db, Kind kind);
  ~Transaction();
  Transaction(Transaction&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Result<void> commit();

 private:
  explicit Transaction(sqlite3& db) : db_(&db) {}
  sqlite3* db_;
};

/// Runs one or more statements that answer nothing.
Result<void> executeSql(sqlite3& db, std::string_view sql);
/// The one number that `sql` answers; 0 if it answers nothing.
[[nodiscard]] Result<std::int64_t> numberOf(sqlite3& db, std::string_view sql);

}  // namespace cachify::views
