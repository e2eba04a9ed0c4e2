#pragma once
// The connections of one session. Every call leases one for as long as it runs; idle ones are reused.

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <unordered_set>
#include <vector>

#include "cache/memcached/memcached_connection.hpp"

namespace cachify::cache::memcached {

class ConnectionPool;

/// A connection that is ours until this goes. Then it returns to the pool if it is sound, else it is closed.
class Lease {
 public:
  Lease(std::shared_ptr<ConnectionPool> pool, std::unique_ptr<MemcachedConnection> connection);
  Lease(Lease&&) noexcept = default;
  Lease& operator=(Lease&&) = delete;
  ~Lease();

  MemcachedConnection& operator*() const { return *connection_; }
  MemcachedConnection* operator->() const { return connection_.get(); }

 private:
  std::shared_ptr<ConnectionPool> pool_;
  std::unique_ptr<MemcachedConnection> connection_;
};

/// Lives on the session's executor; leases too.
class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
 public:
  ConnectionPool(boost::asio::any_io_executor executor, Endpoint endpoint, Login login);

  /// A connection that is open, logged in and has no reply outstanding.
  Task<Lease> acquire(CallContext context);
  /// Always: there is just one server.
  Task<void> isCurrent(const MemcachedConnection&, CallContext) { co_return Result<void>(); }
  /// Closes what nobody uses.
  void renew() { idle_.clear(); }
  [[nodiscard]] std::string address() const { return endpoint_.name(); }
  /// Closes all; whatever is under way ends with CANCELLED, and nothing can be acquired any more.
  void close();

 private:
  friend class Lease;
  /// Idle connections beyond this are closed: a burst leaves nothing behind on the server.
  static constexpr std::size_t kMaxIdle = 8;

  [[nodiscard]] std::unique_ptr<MemcachedConnection> takeIdle();
  void takeBack(std::unique_ptr<MemcachedConnection> connection);

  boost::asio::any_io_executor executor_;
  Endpoint endpoint_;
  Login login_;
  std::vector<std::unique_ptr<MemcachedConnection>> idle_;
  std::unordered_set<MemcachedConnection*> leased_;
  bool closed_ = false;
};

}  // namespace cachify::cache::memcached
