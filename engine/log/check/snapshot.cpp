#include "log/check/snapshot.hpp"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "log/lmdb_env.hpp"

namespace cachify::log {
namespace {

MDB_env* asEnvironment(void* handle) {
  return static_cast<MDB_env*>(handle);
}
MDB_txn* asReader(void* handle) {
  return static_cast<MDB_txn*>(handle);
}

}  // namespace

std::unique_ptr<PinnedCommit> PinnedCommit::make(const std::filesystem::path& directory) {
  std::unique_ptr<PinnedCommit> pin(new PinnedCommit());
  MDB_env* environment = nullptr;
  if (mdb_env_create(&environment) != 0) return nullptr;
  pin->environment_ = environment;
  MDB_txn* reader = nullptr;
  if (mdb_env_open(environment, directory.c_str(), MDB_RDONLY | MDB_NOTLS, 0600) != 0 ||
      mdb_txn_begin(environment, nullptr, MDB_RDONLY, &reader) != 0) {
    return nullptr;
  }
  pin->reader_ = reader;
  pin->transaction_ = mdb_txn_id(reader);
  return pin;
}

bool PinnedCommit::renew() {
  mdb_txn_reset(asReader(reader_));
  if (mdb_txn_renew(asReader(reader_)) != 0) return false;
  transaction_ = mdb_txn_id(asReader(reader_));
  return true;
}

PinnedCommit::~PinnedCommit() {
  if (reader_ != nullptr) mdb_txn_abort(asReader(reader_));
  if (environment_ != nullptr) mdb_env_close(asEnvironment(environment_));
}

Result<Snapshot> takeSnapshot(const std::filesystem::path& directory) {
  const auto path = directory / "data.mdb";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return fail(ErrorCode::notFound, fmt::format("there is no log in {}", directory.string()));
  }
  auto file = MappedFile::open(path);
  if (!file) return fail(file.error());
  // LMDB is let near the file only if its meta pages hold. They are written while we read them: what looks
  // wrong once is read again, for without a pin a living log is taken for a damaged one.
  constexpr int kAttempts = 20;
  std::unique_ptr<PinnedCommit> pin;
  for (int attempt = 0; attempt < kAttempts && pin == nullptr; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    if (MetaPages::read(file->bytes()).fault().empty()) pin = PinnedCommit::make(directory);
  }
  for (int attempt = 0; attempt < kAttempts && pin != nullptr; ++attempt) {
    // Mapped anew, as the file may have grown; two more commits may have written over the pinned one's meta
    // page.
    auto now = MappedFile::open(path);
    if (!now) return fail(now.error());
    const MetaPages metas = MetaPages::read(now->bytes());
    const RawMeta* const meta = metas.ofTransaction(pin->transaction());
    // Read twice: the next commit but one may have begun to write over it.
    const MetaPages again = MetaPages::read(now->bytes());
    const RawMeta* const same = again.ofTransaction(pin->transaction());
    if (meta != nullptr && same != nullptr && *meta == *same) {
      return Snapshot{.pin = std::move(pin), .file = std::move(*now), .metas = metas, .meta = *meta};
    }
    if (!pin->renew()) pin.reset();
  }
  const MetaPages metas = MetaPages::read(file->bytes());
  const RawMeta* newest = metas.newest();
  return Snapshot{.pin = nullptr,
                  .file = std::move(*file),
                  .metas = metas,
                  .meta = newest == nullptr ? RawMeta{} : *newest};
}

}  // namespace cachify::log
