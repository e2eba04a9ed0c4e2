#include "cache/memcached/connection_pool.hpp"

#include "cache/transport/way_in.hpp"

namespace cachify::cache::memcached {

Lease::Lease(std::shared_ptr<ConnectionPool> pool, std::unique_ptr<MemcachedConnection> connection)
    : pool_(std::move(pool)), connection_(std::move(connection)) {
  pool_->leased_.insert(connection_.get());
}

Lease::~Lease() {
  if (!connection_) return;
  pool_->leased_.erase(connection_.get());
  pool_->takeBack(std::move(connection_));
}

ConnectionPool::ConnectionPool(boost::asio::any_io_executor executor, Endpoint endpoint, Login login)
    : executor_(std::move(executor)), endpoint_(std::move(endpoint)), login_(std::move(login)) {}

Task<Lease> ConnectionPool::acquire(CallContext context) {
  const auto self = shared_from_this();
  if (closed_) co_return fail(ErrorCode::cancelled, "the session was closed");
  auto connection = takeIdle();
  const bool isFresh = connection == nullptr;
  if (isFresh) {
    const bool encrypted = endpoint_.way && endpoint_.way->encrypts();
    using Writing = MemcachedConnection::Writing;
    connection = std::make_unique<MemcachedConnection>(makeTransport(executor_, endpoint_),
                                                       encrypted ? Writing::inPieces : Writing::whole,
                                                       endpoint_.name());
  }
  Lease lease(self, std::move(connection));
  if (!isFresh) co_return lease;
  auto opened = co_await lease->open(login_, context);
  if (!opened) co_return fail(opened.error());
  co_return lease;
}

std::unique_ptr<MemcachedConnection> ConnectionPool::takeIdle() {
  while (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    if (connection->isUsable()) return connection;
  }
  return nullptr;
}

void ConnectionPool::takeBack(std::unique_ptr<MemcachedConnection> connection) {
  if (!closed_ && idle_.size() < kMaxIdle && connection->isUsable()) idle_.push_back(std::move(connection));
}

void ConnectionPool::close() {
  closed_ = true;
  idle_.clear();
  for (MemcachedConnection* connection : leased_) connection->close();
}

}  // namespace cachify::cache::memcached
