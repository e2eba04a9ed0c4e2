#pragma once
// LMDB as anyone would use it: one table with integer keys, appended in order, flushed on every commit.

#include <lmdb.h>

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace cachify::bench {

/// Of one thread. Throws std::runtime_error when LMDB fails.
class RawLmdb {
 public:
  explicit RawLmdb(const std::filesystem::path& directory) {
    check(mdb_env_create(&env_));
    mdb_env_set_mapsize(env_, 16ULL << 30);
    mdb_env_set_maxdbs(env_, 1);
    check(mdb_env_open(env_, directory.c_str(), MDB_NOTLS, 0600));
    MDB_txn* txn = nullptr;
    check(mdb_txn_begin(env_, nullptr, 0, &txn));
    check(mdb_dbi_open(txn, "records", MDB_CREATE | MDB_INTEGERKEY, &table_));
    check(mdb_txn_commit(txn));
  }
  ~RawLmdb() { mdb_env_close(env_); }
  RawLmdb(const RawLmdb&) = delete;
  RawLmdb& operator=(const RawLmdb&) = delete;

  /// The record `times` times over in one transaction.
  void commit(std::string_view record, int times) {
    MDB_txn* txn = nullptr;
    check(mdb_txn_begin(env_, nullptr, 0, &txn));
    for (int i = 0; i < times; ++i) {
      ++last_;
      MDB_val key{.mv_size = sizeof last_, .mv_data = &last_};
      MDB_val value{.mv_size = record.size(), .mv_data = const_cast<char*>(record.data())};
      check(mdb_put(txn, table_, &key, &value, MDB_APPEND));
    }
    check(mdb_txn_commit(txn));
  }

 private:
  static void check(int rc) {
    if (rc != 0) throw std::runtime_error(mdb_strerror(rc));
  }

  MDB_env* env_ = nullptr;
  MDB_dbi table_ = 0;
  std::uint64_t last_ = 0;
};

}  // namespace cachify::bench
