#include "log/lmdb_env.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "log/check/lmdb_file.hpp"
#include "log/damage.hpp"
#include "log/stop_signals.hpp"

namespace cachify::log {
namespace {

constexpr unsigned kMaxReaders = 512;
constexpr unsigned kMaxTables = 8;
constexpr std::size_t kMaxIdleReaders = 8;
constexpr mdb_mode_t kFileMode = 0600;

Result<void> makeDirectory(const std::filesystem::path& directory) {
  std::error_code error;
  if (std::filesystem::is_directory(directory, error)) return {};
  if (directory.has_parent_path()) std::filesystem::create_directories(directory.parent_path(), error);
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
    return fail(ErrorCode::internalError, fmt::format("cannot make the folder {}: {}", directory.string(),
                                                      std::generic_category().message(errno)));
  }
  return {};
}

}  // namespace

Error lmdbError(int rc, std::string_view doing) {
  if (rc == MDB_MAP_FULL || rc == ENOSPC || rc == EDQUOT || rc == EFBIG || rc == MDB_TXN_FULL) {
    const std::string_view what = rc == MDB_MAP_FULL   ? "the log has reached the size it may have"
                                  : rc == MDB_TXN_FULL ? "the request is too large for one transaction"
                                                       : "the disk is full";
    Error error{
        .message = fmt::format("Nothing was written: {}. Reading goes on; make room and try again.", what),
        .retryable = true};
    error.set("full", true);
    return error;
  }
  if (rc == MDB_CORRUPTED || rc == MDB_PAGE_NOTFOUND || rc == MDB_INVALID || rc == MDB_PANIC) {
    return damage("structure", 0, fmt::format("{} failed: {}", doing, mdb_strerror(rc)));
  }
  return {.message = fmt::format("The log: {} failed: {}", doing, mdb_strerror(rc))};
}

Result<std::unique_ptr<LmdbEnv>> LmdbEnv::open(const LmdbOptions& options) {
  const auto dataFile = options.directory / "data.mdb";
  std::error_code ignored;
  if (options.readOnly && !std::filesystem::exists(dataFile, ignored)) {
    return fail(ErrorCode::notFound, fmt::format("there is no log in {}", options.directory.string()));
  }
  if (!options.readOnly) {
    if (auto made = makeDirectory(options.directory); !made) return fail(made.error());
  }
  if (auto sound = checkDataFile(dataFile); !sound) return fail(sound.error());
  MDB_env* raw = nullptr;
  if (const int rc = mdb_env_create(&raw); rc != 0) return fail(lmdbError(rc, "making the environment"));
  std::unique_ptr<LmdbEnv> env(new LmdbEnv(raw));
  mdb_env_set_mapsize(raw, options.mapSizeBytes);
  mdb_env_set_maxdbs(raw, kMaxTables);
  mdb_env_set_maxreaders(raw, kMaxReaders);
  const unsigned flags = MDB_NOTLS | (options.readOnly ? MDB_RDONLY : 0U);
  if (const int rc = mdb_env_open(raw, options.directory.c_str(), flags, kFileMode); rc != 0) {
    return fail(lmdbError(rc, fmt::format("opening {}", options.directory.string())));
  }
  env->clearDeadReaders();
  return env;
}

LmdbEnv::~LmdbEnv() {
  for (MDB_txn* txn : idle_) mdb_txn_abort(txn);
  mdb_env_close(env_);
}

void LmdbEnv::clearDeadReaders() const {
  const StopGuard guard;
  int dead = 0;
  mdb_reader_check(env_, &dead);
}

std::uint64_t LmdbEnv::lastTransaction() const {
  MDB_envinfo info{};
  mdb_env_info(env_, &info);
  return info.me_last_txnid;
}

Result<ReadTxn> LmdbEnv::read() const {
  MDB_txn* txn = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      txn = idle_.back();
      idle_.pop_back();
    }
  }
  if (txn != nullptr) {
    const int rc = mdb_txn_renew(txn);
    if (rc == 0) return ReadTxn(*this, txn);
    mdb_txn_abort(txn);
    txn = nullptr;
  }
  const StopGuard guard;  // a new slot in the reader table is taken under a lock that all processes share
  if (const int rc = mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn); rc != 0)
    return fail(lmdbError(rc, "beginning to read"));
  return ReadTxn(*this, txn);
}

void LmdbEnv::giveBack(MDB_txn* txn) const {
  mdb_txn_reset(txn);
  {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMaxIdleReaders) {
      idle_.push_back(txn);
      return;
    }
  }
  mdb_txn_abort(txn);
}

ReadTxn::~ReadTxn() {
  if (txn_ != nullptr) env_->giveBack(txn_);
}

}  // namespace cachify::log
