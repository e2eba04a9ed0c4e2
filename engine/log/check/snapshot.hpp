#pragma once
// One commit of a log, held still while its pages are read.

#include <memory>

#include "log/check/lmdb_file.hpp"

namespace cachify::log {

/// Keeps LMDB's writers from reusing the pages of one commit, by a read transaction; touches no page but the
/// meta pages.
class PinnedCommit {
 public:
  /// Null where LMDB cannot open the file, or nobody may write beside it.
  [[nodiscard]] static std::unique_ptr<PinnedCommit> make(const std::filesystem::path& directory);
  ~PinnedCommit();
  PinnedCommit(const PinnedCommit&) = delete;
  PinnedCommit& operator=(const PinnedCommit&) = delete;
  [[nodiscard]] std::uint64_t transaction() const { return transaction_; }
  /// Moves on to the commit that is newest now.
  [[nodiscard]] bool renew();

 private:
  PinnedCommit() = default;
  void* environment_ = nullptr;
  void* reader_ = nullptr;
  std::uint64_t transaction_ = 0;
};

struct Snapshot {
  std::unique_ptr<PinnedCommit> pin;
  MappedFile file;
  MetaPages metas;
  RawMeta meta{};  ///< of the commit that is read; page size 0 where no meta page holds
};

[[nodiscard]] Result<Snapshot> takeSnapshot(const std::filesystem::path& directory);

}  // namespace cachify::log
