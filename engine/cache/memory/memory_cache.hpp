#pragma once
// A whole cache server in memory: what sessions made on it share. For tests and for work on the app without a
// server.

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "cache/cache_session.hpp"
#include "cache/memory/memory_store.hpp"

namespace cachify::cache {

/// Thread-safe: one mutex around a MemoryStore, held for the length of one call only.
class MemoryCache {
 public:
  /// What a hold remembers of a key; version 0: it was absent.
  struct HeldKey {
    Bytes key;
    std::uint64_t version = 0;
  };

  /// Called on the thread that made the change, with the cache locked: it must be quick and not call back.
  using KeyEventListener = std::function<void(const KeyEvent&)>;

  explicit MemoryCache(std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>());

  /// The clock's time plus whatever `advance` added.
  [[nodiscard]] WallTime now() const;
  /// Lets time pass at once, so that expiry can be seen without waiting.
  void advance(std::chrono::milliseconds time);

  /// Fills the cache as its other users would, past every guard. `item.version` is ignored.
  void put(BytesView key, MemoryItem item);
  void erase(BytesView key);

  /// Tells of every change from now on, for as long as the listener lives. An expired key is noticed when it
  /// is next touched.
  void tell(std::weak_ptr<const KeyEventListener> listener);

  [[nodiscard]] std::optional<MemoryItem> find(BytesView key);
  [[nodiscard]] Result<ScanPage> scan(const ScanRequest& request);
  [[nodiscard]] KeyDescription describe(BytesView key);
  [[nodiscard]] Result<ReadValue> read(BytesView key, const ReadRange& range);
  /// `held`, when given, gets the version the capture stands for.
  [[nodiscard]] domain::Capture capture(BytesView key, const CaptureLimits& limits, HeldKey* held);
  /// With `held`: `changed`, and nothing is done, unless every key still has its version.
  [[nodiscard]] ApplyOutcome apply(const domain::Mutation& mutation, const std::vector<HeldKey>& held);

 private:
  [[nodiscard]] WallTime nowLocked() const { return clock_->now() + advanced_; }
  void publish(const KeyEvent& event);

  std::shared_ptr<const Clock> clock_;
  mutable std::mutex mutex_;
  std::chrono::milliseconds advanced_{};
  MemoryStore store_;
  std::vector<std::weak_ptr<const KeyEventListener>> listeners_;
};

}  // namespace cachify::cache
