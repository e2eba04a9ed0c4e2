#pragma once
// The bounded queue behind a Subscription: providers push, the subscriber takes. On one executor.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "cache/subscription.hpp"

namespace cachify::cache {

class NoticeQueue : public std::enable_shared_from_this<NoticeQueue> {
 public:
  NoticeQueue(const boost::asio::any_io_executor& executor, const SubscribeRequest& limits);

  void push(Notice notice);
  /// A server is listened to no more, for the time being; and is again. A loss counts once.
  void away(const std::string& server, Error why);
  void back(const std::string& server) { away_.erase(server); }
  /// What is queued is gone; `next` answers CANCELLED from now on.
  void close();
  [[nodiscard]] bool closed() const { return closed_; }
  /// Called once, by `close`. What the provider has to end.
  void onClose(std::function<void()> ended) { ended_ = std::move(ended); }

  [[nodiscard]] Task<Notice> next(CallContext context);
  [[nodiscard]] SubscriptionStatus status() const;

 private:
  void makeRoomFor(std::size_t bytes);
  [[nodiscard]] Notice take();

  std::size_t maxQueued_;
  std::size_t maxQueuedBytes_;
  std::shared_ptr<boost::asio::steady_timer> arrival_;  ///< cancelled when something comes
  std::deque<Notice> notices_;
  std::size_t bytes_ = 0;
  Gap untold_;  ///< what was dropped from the front since the last `take`
  SubscriptionStatus status_;
  std::map<std::string, Error> away_;
  bool closed_ = false;
  std::function<void()> ended_;
};

/// The subscriptions of one session, which end with it.
class OpenQueues {
 public:
  /// Closed at once if the session was.
  void add(const std::shared_ptr<NoticeQueue>& queue);
  void closeAll();

 private:
  std::vector<std::weak_ptr<NoticeQueue>> queues_;
  bool closed_ = false;
};

}  // namespace cachify::cache
