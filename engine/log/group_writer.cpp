#include "log/group_writer.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace cachify::log {

GroupWriter::GroupWriter(std::shared_ptr<const Store> store, std::unique_ptr<WriteLockHint> hint,
                         std::chrono::milliseconds patience)
    : store_(std::move(store)), hint_(std::move(hint)), patience_(patience) {}

void GroupWriter::start() {
  // Both threads keep this object alive: one that LMDB's lock holds back can outlast the log that is closed.
  const std::lock_guard lock(mutex_);
  writer_ = std::thread([self = shared_from_this()] { self->write(); });
  watch_ = std::thread([self = shared_from_this()] { self->watch(); });
}

bool GroupWriter::onOwnThread() const {
  return std::this_thread::get_id() == writer_.get_id() || std::this_thread::get_id() == watch_.get_id();
}

void GroupWriter::submit(QueuedRequest request) {
  {
    std::unique_lock lock(mutex_);
    if (!onOwnThread() && !hasRoom() && !room_.wait_for(lock, patience_, [this] { return hasRoom(); })) {
      lock.unlock();
      Batch alone;
      alone.push_back(std::move(request));
      return refuse(alone, lockTimeout());
    }
    request.queuedAt = Clock::now();
    queuedBytes_ += request.request.bytes;
    const bool durable = request.durability == Durability::durable;
    if (durable) ++queuedDurable_;
    queue_.push_back(std::move(request));
    if (!watching_) {
      watching_ = true;
      watched_.notify_one();
    }
    // The writer sleeps without a deadline only while nothing is queued.
    const bool wakes = durable ? queuedDurable_ >= company_ : queue_.size() == 1;
    if (!wakes) return;
  }
  work_.notify_one();
}

Result<AppendReceipt> GroupWriter::submitAndWait(PreparedRequest request) {
  std::optional<Result<AppendReceipt>> result;
  submit({.request = std::move(request), .waiter = &result});
  std::unique_lock lock(answerMutex_);
  answered_.wait(lock, [&] { return result.has_value(); });
  return std::move(*result);
}

/// One wake-up for all threads that a commit answers: waking one by one costs more than writing what they
/// sent.
void GroupWriter::answer(Batch& batch, Results results) {
  bool anyWaits = false;
  {
    const std::lock_guard lock(answerMutex_);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (batch[i].waiter == nullptr) continue;
      *batch[i].waiter = std::move(results[i]);
      anyWaits = true;
    }
  }
  if (anyWaits) answered_.notify_all();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch[i].done) batch[i].done(std::move(results[i]));
  }
}

/// Whom a commit answers comes back within moments if he has more to write. Without this wait he would find
/// the next flush under way with the first of his fellows alone, and get but the one after.
void GroupWriter::waitForCompany(std::unique_lock<std::mutex>& lock) {
  const auto moment = std::min<Clock::duration>(lastCommit_ / 8, kMoment);
  company_ = lastDurable_;
  work_.wait_for(lock, moment, [this] { return queuedDurable_ >= company_ || stopping_; });
  company_ = 1;
}

bool GroupWriter::waitForWork() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (queuedDurable_ > 0 || (stopping_ && !queue_.empty())) break;
    if (stopping_) return false;
    if (queue_.empty()) {
      work_.wait(lock);
    } else if (const auto due = queue_.front().queuedAt + kSoon;
               work_.wait_until(lock, due) == std::cv_status::timeout) {
      break;
    }
  }
  if (lastDurable_ > 1 && queuedDurable_ > 0) waitForCompany(lock);
  lockWantedSince_ = Clock::now();
  return true;
}

GroupWriter::Batch GroupWriter::takeBatch() {
  Batch batch;
  std::size_t bytes = 0;
  const std::lock_guard lock(mutex_);
  lockWantedSince_.reset();
  while (!queue_.empty() && (batch.empty() || bytes + queue_.front().request.bytes <= kMaxBatchBytes)) {
    QueuedRequest& next = queue_.front();
    bytes += next.request.bytes;
    if (next.durability == Durability::durable) --queuedDurable_;
    batch.push_back(std::move(next));
    queue_.pop_front();
  }
  queuedBytes_ -= bytes;
  if (!batch.empty()) room_.notify_all();
  return batch;
}

void GroupWriter::write() {
  constexpr std::chrono::minutes kReaderCheck{1};
  auto checked = Clock::now();
  while (waitForWork()) {
    auto transaction = AppendTransaction::begin(*store_, *hint_);
    if (transaction) {
      process(std::move(*transaction));
    } else {
      Batch batch = takeBatch();
      refuse(batch, transaction.error());
    }
    if (Clock::now() - checked > kReaderCheck) {
      store_->env().clearDeadReaders();
      checked = Clock::now();
    }
  }
  const std::lock_guard lock(mutex_);
  writerEnded_ = true;
  ended_.notify_all();
  watched_.notify_all();
}

void GroupWriter::process(std::unique_ptr<AppendTransaction> transaction) {
  Batch batch;
  Results results;
  std::size_t bytes = 0;
  std::size_t durable = 0;
  bool broken = false;
  // What arrives while the requests before it are being written joins them: fewer flushes for many appenders.
  // Nothing is taken for a transaction that is broken: what is taken is answered.
  for (Batch more = takeBatch(); !more.empty();
       more = !broken && bytes < kMaxBatchBytes ? takeBatch() : Batch()) {
    for (QueuedRequest& request : more) {
      bytes += request.request.bytes;
      if (request.durability == Durability::durable) ++durable;
      batch.push_back(std::move(request));
      if (broken) continue;
      auto receipt = transaction->apply(batch.back().request);
      broken = !receipt && receipt.error().transactionBroken;
      if (receipt) {
        results.emplace_back(*receipt);
      } else {
        results.emplace_back(std::unexpected(std::move(receipt.error().error)));
      }
    }
  }
  Result<void> committed;
  const auto begun = Clock::now();
  if (!broken) committed = transaction->commit();
  lastCommit_ = Clock::now() - begun;
  lastDurable_ = durable;
  transaction.reset();
  if (broken || !committed) {
    if (batch.size() > 1) return oneByOne(std::move(batch));
    if (!committed) results.front() = std::unexpected(committed.error());
  }
  answer(batch, std::move(results));
}

/// After a failure of LMDB or the disk: each request in a transaction of its own, so that only the one at
/// fault fails.
void GroupWriter::oneByOne(Batch batch) {
  Results results;
  for (QueuedRequest& request : batch) results.push_back(alone(request.request));
  answer(batch, std::move(results));
}

Result<AppendReceipt> GroupWriter::alone(PreparedRequest& request) {
  const auto transaction = AppendTransaction::begin(*store_, *hint_);
  if (!transaction) return fail(transaction.error());
  auto receipt = (*transaction)->apply(request);
  if (!receipt) return fail(std::move(receipt.error().error));
  if (auto committed = (*transaction)->commit(); !committed) return fail(committed.error());
  return *receipt;
}

Error GroupWriter::lockTimeout() const {
  const std::int64_t holder = hint_->holder();
  std::string message = "The log could not be written in time, and nothing was written";
  if (holder == ::getpid()) {
    message += ": the disk is slow to take what this program wrote before. Try again.";
  } else if (holder != 0) {
    message += fmt::format(": process {} holds its write lock. See whether that process is stopped.", holder);
  }
  Error error{.code = ErrorCode::timeout, .message = std::move(message), .retryable = true};
  error.set("holderPid", holder);
  return error;
}

void GroupWriter::watch() {
  std::unique_lock lock(mutex_);
  while (!writerEnded_) {
    if (!watching_) {
      watched_.wait(lock);
      continue;
    }
    watched_.wait_until(lock,
                        queue_.empty() ? Clock::now() + patience_ : queue_.front().queuedAt + patience_);
    const auto now = Clock::now();
    Batch late;
    while (!queue_.empty() && queue_.front().queuedAt + patience_ <= now) {
      QueuedRequest& next = queue_.front();
      queuedBytes_ -= next.request.bytes;
      if (next.durability == Durability::durable) --queuedDurable_;
      late.push_back(std::move(next));
      queue_.pop_front();
    }
    if (queue_.empty()) watching_ = false;
    if (late.empty()) continue;
    room_.notify_all();
    lock.unlock();
    refuse(late, lockTimeout());
    lock.lock();
  }
}

void GroupWriter::stop() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  work_.notify_all();
  const auto lockIsKept = [this] {
    return lockWantedSince_ && Clock::now() - *lockWantedSince_ > patience_ + kSoon;
  };
  while (!writerEnded_ && !lockIsKept()) ended_.wait_for(lock, kSoon);
  const bool ended = writerEnded_;
  lock.unlock();
  for (std::thread* thread : {&writer_, &watch_}) {
    if (ended) {
      thread->join();
    } else {
      thread->detach();
    }
  }
}

}  // namespace cachify::log
