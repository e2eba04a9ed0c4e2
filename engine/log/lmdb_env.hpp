#pragma once
// LMDB behind RAII. Private to this folder; no other includes lmdb.h.

#include <lmdb.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/result.hpp"
#include "log/frame.hpp"

namespace cachify::log {

struct LmdbOptions {
  std::filesystem::path directory{};
  std::uint64_t mapSizeBytes = 0;
  bool readOnly = false;
};

/// An error of LMDB or of the system below it: `full` = true for a full map or disk, `damaged` = true for
/// what LMDB calls corrupted.
[[nodiscard]] Error lmdbError(int rc, std::string_view doing);

[[nodiscard]] inline MDB_val toVal(BytesView bytes) {
  return {.mv_size = bytes.size(), .mv_data = const_cast<char*>(bytes.data())};
}
[[nodiscard]] inline BytesView toView(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

class LmdbEnv;

/// A read transaction out of the environment's pool; its reader slot is kept for the next one.
class ReadTxn {
 public:
  ReadTxn(ReadTxn&& other) noexcept : env_(other.env_), txn_(std::exchange(other.txn_, nullptr)) {}
  ReadTxn& operator=(ReadTxn&&) = delete;
  ~ReadTxn();
  [[nodiscard]] MDB_txn* handle() const { return txn_; }

 private:
  friend class LmdbEnv;
  ReadTxn(const LmdbEnv& env, MDB_txn* txn) : env_(&env), txn_(txn) {}
  const LmdbEnv* env_;
  MDB_txn* txn_;
};

/// Thread-safe. Open it once per file and process.
class LmdbEnv {
 public:
  /// Checks the data file before LMDB maps it; clears the slots of dead readers.
  [[nodiscard]] static Result<std::unique_ptr<LmdbEnv>> open(const LmdbOptions& options);
  ~LmdbEnv();
  LmdbEnv(const LmdbEnv&) = delete;
  LmdbEnv& operator=(const LmdbEnv&) = delete;

  [[nodiscard]] MDB_env* handle() const { return env_; }
  [[nodiscard]] Result<ReadTxn> read() const;
  void clearDeadReaders() const;
  [[nodiscard]] std::uint64_t lastTransaction() const;

 private:
  friend class ReadTxn;
  explicit LmdbEnv(MDB_env* env) : env_(env) {}
  void giveBack(MDB_txn* txn) const;

  MDB_env* env_;
  mutable std::mutex mutex_;
  mutable std::vector<MDB_txn*> idle_;
};

/// A cursor that closes itself; must end before its transaction.
class Cursor {
 public:
  Cursor(MDB_txn* txn, MDB_dbi table) : status_(mdb_cursor_open(txn, table, &cursor_)) {}
  ~Cursor() {
    if (cursor_ != nullptr) mdb_cursor_close(cursor_);
  }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  /// LMDB's return code. `key` goes in for the positioning operations.
  [[nodiscard]] int get(MDB_val& key, MDB_val& value, MDB_cursor_op operation) {
    return cursor_ == nullptr ? status_ : mdb_cursor_get(cursor_, &key, &value, operation);
  }
  [[nodiscard]] int erase() { return mdb_cursor_del(cursor_, 0); }

 private:
  MDB_cursor* cursor_ = nullptr;
  int status_;
};

}  // namespace cachify::log
