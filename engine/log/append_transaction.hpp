#pragma once
// One write transaction: judges requests in order and writes those that hold. Private to this folder.

#include "log/stop_signals.hpp"
#include "log/store.hpp"
#include "log/write_lock_hint.hpp"

namespace cachify::log {

/// A request as the writer takes it: checked, salted and hashed on the caller's thread.
struct PreparedRequest {
  std::shared_ptr<const std::vector<PreparedFrame>> frames{};  ///< null: none
  std::vector<StreamCondition> conditions{};
  std::vector<SealedChunk> chunks{};
  std::optional<Idempotency> idempotency{};
  std::vector<Position> purge{};  ///< sorted
  std::vector<Uuid> erasePacks{};
  std::optional<Uuid> dataKeyId{};
  std::size_t bytes = 0;

  [[nodiscard]] bool writesNothing() const {
    return !frames && chunks.empty() && !idempotency && purge.empty() && erasePacks.empty() && !dataKeyId;
  }
};

/// VALIDATION_ERROR for what can be seen to be wrong without the log.
[[nodiscard]] Result<PreparedRequest> prepareRequest(AppendRequest request);

/// Why a request was not written.
struct Rejection {
  Error error{};
  bool transactionBroken = false;  ///< LMDB failed: nothing of the transaction can be committed
};

/// To be used by one thread from begin to commit. Aborts unless committed.
class AppendTransaction {
 public:
  /// Waits for the write lock, without bound.
  [[nodiscard]] static Result<std::unique_ptr<AppendTransaction>> begin(const Store& store,
                                                                        WriteLockHint& hint);
  ~AppendTransaction();
  AppendTransaction(const AppendTransaction&) = delete;
  AppendTransaction& operator=(const AppendTransaction&) = delete;

  [[nodiscard]] std::expected<AppendReceipt, Rejection> apply(const PreparedRequest& request);
  /// Flushes to disk. With nothing written it only gives the lock back.
  [[nodiscard]] Result<void> commit();

 private:
  AppendTransaction(const Store& store, WriteLockHint& hint) : store_(store), hint_(hint) {}

  [[nodiscard]] Result<void> judge(const PreparedRequest& request) const;
  [[nodiscard]] Result<void> judgeCondition(const StreamCondition& condition) const;
  [[nodiscard]] Result<void> judgeChunks(const PreparedRequest& request) const;
  [[nodiscard]] Result<void> judgeDataKey(Uuid keyId) const;
  [[nodiscard]] Result<std::uint64_t> versionOf(BytesView stream) const;

  [[nodiscard]] int write(const PreparedRequest& request, AppendReceipt& receipt);
  [[nodiscard]] int writeFrame(const PreparedFrame& frame);
  [[nodiscard]] int numberOf(BytesView stream, std::uint32_t& number);
  [[nodiscard]] int writeChunk(const SealedChunk& chunk);
  [[nodiscard]] int erasePack(Uuid packId);
  /// Purges those of the (sorted) positions that lie in the first one's frame, and drops them from the list.
  [[nodiscard]] int purgeFirst(std::span<const Position>& positions);
  [[nodiscard]] int writeIdempotency(const Idempotency& idempotency, const AppendReceipt& receipt);
  [[nodiscard]] int sweepExpired(BytesView from);
  [[nodiscard]] int put(Table table, BytesView key, BytesView value, unsigned flags = 0);
  [[nodiscard]] TableReader reader() const { return store_.reader(txn_); }

  StopGuard guard_;  // first in, last out: the process does not stop while the lock is held
  const Store& store_;
  WriteLockHint& hint_;
  MDB_txn* txn_ = nullptr;
  Head head_;
  bool dirty_ = false;
};

}  // namespace cachify::log
