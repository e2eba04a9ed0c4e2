#include "cache/redis/connection_pool.hpp"

namespace cachify::cache::redis {

Lease::Lease(std::shared_ptr<ConnectionPool> pool, std::unique_ptr<RedisConnection> connection)
    : pool_(std::move(pool)), connection_(std::move(connection)) {
  pool_->leased_.insert(connection_.get());
}

Lease::~Lease() {
  if (!connection_) return;
  pool_->leased_.erase(connection_.get());
  pool_->takeBack(std::move(connection_));
}

ConnectionPool::ConnectionPool(boost::asio::any_io_executor executor, Login login, Locate locate)
    : executor_(std::move(executor)), login_(std::move(login)), locate_(std::move(locate)) {}

Task<Lease> ConnectionPool::acquire(CallContext context) {
  const auto self = shared_from_this();
  if (closed_) co_return fail(ErrorCode::cancelled, "the connection was closed");
  auto idle = takeIdle();
  const bool fresh = idle == nullptr;
  if (fresh) {
    Result<Endpoint> endpoint = login_.endpoint;
    if (locate_) endpoint = co_await locate_(context);
    if (!endpoint) co_return fail(std::move(endpoint).error());
    if (closed_) co_return fail(ErrorCode::cancelled, "the connection was closed");
    idle = std::make_unique<RedisConnection>(executor_, login_, *std::move(endpoint));
  }
  Lease lease(self, std::move(idle));
  if (fresh) {
    auto opened = co_await lease->open(context);
    if (!opened) co_return fail(std::move(opened).error());
  } else if (std::exchange(lease->watching, false)) {
    Pipeline unwatch;
    unwatch.add("UNWATCH");
    auto done = co_await lease->exchange(unwatch, context);
    if (!done) co_return fail(std::move(done).error());
  }
  co_return lease;
}

std::unique_ptr<RedisConnection> ConnectionPool::takeIdle() {
  while (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    if (connection->isUsable()) return connection;
  }
  return nullptr;
}

void ConnectionPool::takeBack(std::unique_ptr<RedisConnection> connection) {
  if (!closed_ && idle_.size() < kMaxIdle && connection->isUsable()) idle_.push_back(std::move(connection));
}

void ConnectionPool::close() {
  closed_ = true;
  idle_.clear();
  for (RedisConnection* connection : leased_) connection->close();
}

}  // namespace cachify::cache::redis
