#pragma once
// The one writer thread of a process. What queued up while the last commit was flushing becomes the next
// transaction. Where that commit had answered several, the next one gives them a moment to come back, of an
// eighth of a flush at most; who writes alone is never waited for. Private to this folder.

#include <condition_variable>
#include <deque>
#include <thread>

#include "log/append_transaction.hpp"

namespace cachify::log {

struct QueuedRequest {
  PreparedRequest request{};
  Durability durability = Durability::durable;
  std::function<void(Result<AppendReceipt>)> done{};       ///< empty: nobody asks, or `waiter` does
  std::optional<Result<AppendReceipt>>* waiter = nullptr;  ///< of a thread in `submitAndWait`
  std::chrono::steady_clock::time_point queuedAt{};
};

/// Thread-safe. Requests wait in the queue until the writer holds LMDB's lock, so one that waited longer than
/// `patience` can be withdrawn: a second thread, asleep as long as nothing is queued, answers it with
/// TIMEOUT. Once taken, a request is always answered with what became of it.
///
/// The queue holds up to 64 MiB or 16 384 requests; whoever comes then waits for room on his own thread
/// (TIMEOUT after `patience`), but never a completion that runs on one of the two threads.
class GroupWriter : public std::enable_shared_from_this<GroupWriter> {
 public:
  GroupWriter(std::shared_ptr<const Store> store, std::unique_ptr<WriteLockHint> hint,
              std::chrono::milliseconds patience);

  void start();
  void submit(QueuedRequest request);
  [[nodiscard]] Result<AppendReceipt> submitAndWait(PreparedRequest request);
  /// Writes what is queued and ends. Where another process holds the lock for longer than `patience`, what is
  /// queued is answered with TIMEOUT and the writer is left behind, waiting, with all that it needs.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;
  using Batch = std::vector<QueuedRequest>;
  using Results = std::vector<Result<AppendReceipt>>;

  void write();
  void watch();
  [[nodiscard]] bool waitForWork();
  void waitForCompany(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] Batch takeBatch();
  void process(std::unique_ptr<AppendTransaction> transaction);
  void oneByOne(Batch batch);
  [[nodiscard]] Result<AppendReceipt> alone(PreparedRequest& request);
  void answer(Batch& batch, Results results);
  void refuse(Batch& batch, const Error& error) {
    answer(batch, Results(batch.size(), std::unexpected(error)));
  }
  [[nodiscard]] Error lockTimeout() const;
  [[nodiscard]] bool hasRoom() const { return queuedBytes_ < kMaxQueuedBytes && queue_.size() < kMaxQueued; }
  [[nodiscard]] bool onOwnThread() const;

  static constexpr std::size_t kMaxQueuedBytes = 64UL << 20;
  static constexpr std::size_t kMaxQueued = 16'384;
  static constexpr std::size_t kMaxBatchBytes = 32UL << 20;
  static constexpr std::chrono::milliseconds kSoon{200};
  static constexpr std::chrono::milliseconds kMoment{1};

  const std::shared_ptr<const Store> store_;
  const std::unique_ptr<WriteLockHint> hint_;
  const std::chrono::milliseconds patience_;

  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable room_;
  std::condition_variable watched_;
  std::condition_variable ended_;
  std::deque<QueuedRequest> queue_;
  std::size_t queuedBytes_ = 0;
  std::size_t queuedDurable_ = 0;
  std::size_t company_ = 1;  ///< so many durable requests wake the writer
  bool watching_ = false;
  bool stopping_ = false;
  bool writerEnded_ = false;
  std::optional<Clock::time_point> lockWantedSince_;
  std::size_t lastDurable_ = 0;  ///< of the writer alone, as the next
  Clock::duration lastCommit_{};
  std::mutex answerMutex_;
  std::condition_variable answered_;
  std::thread writer_;
  std::thread watch_;
};

}  // namespace cachify::log
