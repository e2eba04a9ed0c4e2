#pragma once
// The tables of one log and how they are read. Private to this folder.

#include <array>

#include "log/event_log.hpp"
#include "log/frame_codec.hpp"
#include "log/lmdb_env.hpp"
#include "log/rows.hpp"

namespace cachify::log {

/// Small reads that both reading and appending need; `txn` may be of either kind.
class TableReader {
 public:
  TableReader(MDB_txn* txn, const std::array<MDB_dbi, kTables.size()>& tables)
      : txn_(txn), tables_(&tables) {}

  [[nodiscard]] MDB_txn* txn() const { return txn_; }
  [[nodiscard]] MDB_dbi table(Table table) const { return (*tables_)[table]; }
  /// Empty if the key is not there.
  [[nodiscard]] Result<std::optional<BytesView>> get(Table table, BytesView key) const;
  [[nodiscard]] Result<Head> head() const;
  [[nodiscard]] Result<std::optional<std::uint32_t>> streamNumber(BytesView name) const;
  [[nodiscard]] Result<std::uint64_t> streamVersion(std::uint32_t number) const;
  [[nodiscard]] Result<std::optional<IdempotencyRow>> idempotencyRow(BytesView key) const;

 private:
  MDB_txn* txn_;
  const std::array<MDB_dbi, kTables.size()>* tables_;
};

/// Moves to the frame that holds `from`, or, where none does, to one beside it. LMDB's return code.
[[nodiscard]] int seekFrame(Cursor& cursor, Position from, MDB_val& key, MDB_val& value);

/// Rows of `idempotency` count this long.
inline constexpr std::chrono::hours kIdempotencyLifetime{24};
/// The receipt that a living row stands for; CONFLICT when its content differs; empty when there is none or
/// it has expired.
[[nodiscard]] Result<std::optional<AppendReceipt>> recordedReceipt(const TableReader& reader,
                                                                   const Idempotency& idempotency,
                                                                   WallTime now);

/// Thread-safe.
class Store {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const OpenOptions& options);

  [[nodiscard]] LmdbEnv& env() const { return *env_; }
  [[nodiscard]] Uuid logId() const { return identity_.logId; }
  [[nodiscard]] const std::array<MDB_dbi, kTables.size()>& tables() const { return tables_; }
  [[nodiscard]] WallTime now() const { return clock_->now(); }
  [[nodiscard]] TableReader reader(MDB_txn* txn) const { return {txn, tables_}; }

  [[nodiscard]] Result<Head> head() const;
  [[nodiscard]] Result<std::vector<Frame>> framesFrom(Position from, std::size_t maxBytes) const;
  [[nodiscard]] Result<std::vector<Bytes>> storedFramesFrom(Position from, std::size_t maxBytes) const;
  [[nodiscard]] Result<std::vector<Frame>> streamFrom(std::string_view stream, std::uint64_t from,
                                                      std::size_t maxFrames) const;
  [[nodiscard]] Result<std::uint64_t> streamVersion(std::string_view stream) const;
  [[nodiscard]] Result<Digest> chainAt(Position position) const;
  [[nodiscard]] Result<std::optional<AppendReceipt>> findIdempotent(const Idempotency& idempotency) const;
  [[nodiscard]] Result<std::vector<SealedChunk>> readPack(Uuid packId) const;
  [[nodiscard]] Result<Uuid> dataKeyId() const;
  [[nodiscard]] Result<LogStatus> status() const;

 private:
  Store() = default;
  [[nodiscard]] Result<void> openTables(bool readOnly);
  [[nodiscard]] Result<void> loadIdentity(MDB_txn* txn, bool create);
  /// Frames from the one that holds `from`, until about `maxBytes`, each as `read` makes of it.
  template <class T>
  [[nodiscard]] Result<std::vector<T>> walkFrames(Position from, std::size_t maxBytes,
                                                  T (*read)(const FrameView&)) const;
  /// Whether the frame at `first` may follow the one that ended at `before`: nothing between but a gap that
  /// is known.
  [[nodiscard]] bool follows(Position before, Position first) const;

  std::unique_ptr<LmdbEnv> env_;
  std::array<MDB_dbi, kTables.size()> tables_{};
  Identity identity_;
  Gaps gaps_;
  std::shared_ptr<const Clock> clock_;
};

}  // namespace cachify::log
