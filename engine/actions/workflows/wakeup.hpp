#pragma once
// Coroutines of one executor waiting for each other.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>

namespace cachify::actions {

/// Must outlive its waiters. All on one executor.
class Wakeup {
 public:
  explicit Wakeup(const boost::asio::any_io_executor& executor);

  /// Goes on once `condition` holds, which is looked at now and after every `notify`.
  boost::asio::awaitable<void> waitFor(std::function<bool()> condition);
  void notify() { timer_.cancel(); }

 private:
  boost::asio::steady_timer timer_;
};

}  // namespace cachify::actions
