#include "log/check/snapshot.hpp"

#include <fmt/format.h>

#include <atomic>
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

/// The next commit but one writes over the pinned one's meta page; so the page is looked for until it was
/// there, the same, twice. `file` shows what is written meanwhile.
Result<Snapshot> ofPinned(const std::filesystem::path& path, const MappedFile& file,
                          std::unique_ptr<PinnedCommit> pin) {
  constexpr int kLooks = 1'000;
  for (int look = 0; look < kLooks; ++look) {
    const MetaPages metas = MetaPages::read(file.bytes());
    std::atomic_thread_fence(std::memory_order_seq_cst);  // or the compiler takes them for the same
    const MetaPages again = MetaPages::read(file.bytes());
    const RawMeta* const meta = metas.ofTransaction(pin->transaction());
    const RawMeta* const same = again.ofTransaction(pin->transaction());
    if (meta != nullptr && same != nullptr && *meta == *same) {
      // It may have grown since it was mapped.
      auto grown = MappedFile::open(path);
      if (!grown) return fail(grown.error());
      return Snapshot{.pin = std::move(pin), .file = std::move(*grown), .metas = metas, .meta = *meta};
    }
    if (!pin->renew()) break;
  }
  return fail(Error{.message = "no commit of the log could be held still; it is being written all the time",
                    .retryable = true});
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
  if (pin != nullptr) return ofPinned(path, *file, std::move(pin));
  const MetaPages metas = MetaPages::read(file->bytes());
  const RawMeta* newest = metas.newest();
  return Snapshot{.pin = nullptr,
                  .file = std::move(*file),
                  .metas = metas,
                  .meta = newest == nullptr ? RawMeta{} : *newest};
}

}  // namespace cachify::log
