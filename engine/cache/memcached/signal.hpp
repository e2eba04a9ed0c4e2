#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <vector>

#include "cache/task.hpp"
#include "core/call_context.hpp"

namespace cachify::cache::memcached {

/// A condition that coroutines of one executor wait for. Must outlive its waiters.
class Signal {
 public:
  explicit Signal(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

  /// Until the next `notify`. TIMEOUT (retryable) or CANCELLED as the context says.
  Task<void> wait(CallContext context);
  void notify();
  [[nodiscard]] bool hasWaiters() const { return !timers_.empty(); }

 private:
  boost::asio::any_io_executor executor_;
  std::vector<std::shared_ptr<boost::asio::steady_timer>> timers_;
};

}  // namespace cachify::cache::memcached
