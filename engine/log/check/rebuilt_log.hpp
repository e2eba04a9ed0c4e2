#pragma once
// A new log written from frames that exist: they keep their bytes and positions, the indexes are made anew.

#include <map>

#include "log/frame_codec.hpp"
#include "log/lmdb_env.hpp"
#include "log/rows.hpp"

namespace cachify::log {

/// To be used by one thread. Written in transactions of some MiB; complete only after `finish`.
class RebuiltLog {
 public:
  [[nodiscard]] static Result<std::unique_ptr<RebuiltLog>> create(const std::filesystem::path& directory);
  ~RebuiltLog();
  RebuiltLog(const RebuiltLog&) = delete;
  RebuiltLog& operator=(const RebuiltLog&) = delete;

  /// In order of position.
  [[nodiscard]] Result<void> addFrame(const FrameView& frame);
  /// In order of key.
  [[nodiscard]] Result<void> addChunk(const ChunkKey& key, BytesView chunk);
  /// `formerHead` keeps positions and chain of a log whose last frames are lost.
  [[nodiscard]] Result<void> finish(const Identity& identity, const Gaps& gaps,
                                    const std::optional<Head>& formerHead,
                                    const std::optional<Uuid>& dataKey);

 private:
  RebuiltLog() = default;
  [[nodiscard]] Result<void> put(Table table, BytesView key, BytesView value, unsigned flags = 0);
  [[nodiscard]] Result<void> commit();

  std::unique_ptr<LmdbEnv> env_;
  std::array<MDB_dbi, kTables.size()> tables_{};
  MDB_txn* txn_ = nullptr;
  std::size_t uncommittedBytes_ = 0;
  Head head_;
  std::map<std::uint32_t, std::string> names_;
};

}  // namespace cachify::log
