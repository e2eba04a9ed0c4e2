#pragma once
// The connections of one session. Every call leases one for as long as it runs; idle ones are reused.

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <unordered_set>
#include <vector>

#include "cache/redis/redis_connection.hpp"

namespace cachify::cache::redis {

class ConnectionPool;

/// A connection that is ours until this goes. Then it returns to the pool if it is sound, else it is closed.
class Lease {
 public:
  Lease(std::shared_ptr<ConnectionPool> pool, std::unique_ptr<RedisConnection> connection);
  Lease(Lease&&) noexcept = default;
  Lease& operator=(Lease&&) = delete;
  ~Lease();

  RedisConnection& operator*() const { return *connection_; }
  RedisConnection* operator->() const { return connection_.get(); }

 private:
  std::shared_ptr<ConnectionPool> pool_;
  std::unique_ptr<RedisConnection> connection_;
};

/// Finds out where the master is at the moment.
using Locate = std::function<Task<Endpoint>(CallContext)>;

/// Lives on the session's executor; leases too.
class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
 public:
  /// Without `locate` the server is at the login's endpoint. With it, a server that is not there or is no
  /// master is looked for again, up to the deadline: a failover is under way. Every second it is asked anew,
  /// for a master that was replaced may take writes for a while that nobody will ever see.
  ConnectionPool(boost::asio::any_io_executor executor, Login login, Locate locate = nullptr);

  /// A connection that is open, logged in and has nothing WATCHed.
  Task<Lease> acquire(CallContext context);
  /// CONNECTION_FAILED, retryable, when the sentinels name another master than the one this leads to.
  Task<void> isCurrent(const RedisConnection& connection, CallContext context);
  /// Closes what nobody uses, and asks anew where the master is.
  void renew();
  [[nodiscard]] const boost::asio::any_io_executor& executor() const { return executor_; }
  /// Closes all; whatever is under way ends with CANCELLED, and nothing can be acquired any more.
  void close();

 private:
  friend class Lease;
  /// Idle connections beyond this are closed: a burst leaves nothing behind on the server.
  static constexpr std::size_t kMaxIdle = 8;

  [[nodiscard]] Task<Lease> open(Endpoint endpoint, CallContext context);
  Task<void> followMaster(CallContext context);
  /// Idle connections to any other server are let go.
  void noteLocation(const Endpoint& endpoint);
  [[nodiscard]] Task<Lease> openMaster(CallContext context);
  [[nodiscard]] Task<Lease> openNamedMaster(CallContext context);
  [[nodiscard]] std::unique_ptr<RedisConnection> takeIdle();
  void takeBack(std::unique_ptr<RedisConnection> connection);

  boost::asio::any_io_executor executor_;
  Login login_;
  Locate locate_;
  Endpoint located_;  ///< where the master was, and when that was said
  std::chrono::steady_clock::time_point locatedAt_{};
  std::vector<std::unique_ptr<RedisConnection>> idle_;
  std::unordered_set<RedisConnection*> leased_;
  bool closed_ = false;
};

}  // namespace cachify::cache::redis
