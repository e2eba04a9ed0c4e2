#pragma once
// Listens to one Redis server at a time, on a connection of its own, and subscribes again after each loss.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "cache/notice_queue.hpp"
#include "cache/redis/backend.hpp"

namespace cachify::cache::redis {

/// What one connection subscribes to.
struct Channels {
  std::vector<Bytes> names{};
  std::vector<Bytes> patterns{};
  bool keyEvents = false;

  [[nodiscard]] bool empty() const { return names.empty() && patterns.empty() && !keyEvents; }
};

/// A loss is noticed after 5 s without a sign of life, for it is asked for one every 2 s. Lives on the
/// executor, and as long as it is not stopped.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  /// Which server is to be listened to; asked before every attempt.
  using Where = std::function<Task<SharedBackend>(CallContext)>;

  Listener(boost::asio::any_io_executor executor, std::string name, Where where, Channels channels,
           std::shared_ptr<NoticeQueue> queue, domain::RetryPolicy retry);

  /// Subscribes, and goes on by itself once the server has confirmed it. Errors as of
  /// CacheSession::subscribe.
  Task<void> begin(CallContext context);
  void stop();

 private:
  Task<void> subscribe(CallContext context);
  Task<void> confirmed(RedisConnection& connection, CallContext context);
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<Error> listenUntilLost();
  Task<void> receiveAll(RedisConnection& connection);
  Task<void> askForSigns(RedisConnection& connection);
  /// False when told to stop.
  boost::asio::awaitable<bool> subscribeAgain();
  boost::asio::awaitable<void> waitUntil(SteadyTime time);
  [[nodiscard]] bool stopped() const { return stop_.stop_requested(); }

  boost::asio::any_io_executor executor_;
  std::string name_;  ///< of the server, as the queue knows it
  Where where_;
  Channels channels_;
  std::shared_ptr<NoticeQueue> queue_;
  domain::RetryPolicy retry_;
  boost::asio::steady_timer timer_;
  std::stop_source stop_;
  std::optional<Lease> lease_;
  SteadyTime heardAt_{};
  bool lost_ = false;
  std::optional<Error> silence_;
};

}  // namespace cachify::cache::redis
