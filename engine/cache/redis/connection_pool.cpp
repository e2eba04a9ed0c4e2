#include "cache/redis/connection_pool.hpp"

#include "cache/pause.hpp"

namespace cachify::cache::redis {
namespace {

/// Between two looks for the master.
constexpr std::chrono::milliseconds kLookAgain{200};

/// How long the sentinels' word is good for.
constexpr std::chrono::seconds kTrustLocation{1};

Error wasClosed() {
  return {.code = ErrorCode::cancelled, .message = "the connection was closed"};
}

Error notMaster() {
  return {.code = ErrorCode::connectionFailed,
          .message = "the server that the sentinels name as master is none (yet)",
          .retryable = true};
}

Error replaced(const Endpoint& master) {
  return {.code = ErrorCode::connectionFailed,
          .message = "the sentinels name another master now: " + escapeForDisplay(master.name()),
          .retryable = true};
}

/// A user without the right to ask takes the sentinels' word.
bool mayBeMaster(const Reply& role) {
  return role.isError() || (!role.elements.empty() && role.elements.front().text == "master");
}

}  // namespace

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
  if (closed_) co_return fail(wasClosed());
  if (locate_ && !idle_.empty()) {
    auto followed = co_await followMaster(context);
    if (!followed) co_return fail(std::move(followed).error());
  }
  auto idle = takeIdle();
  if (!idle && locate_) co_return co_await openMaster(std::move(context));
  if (!idle) co_return co_await open(login_.endpoint, std::move(context));
  Lease lease(self, std::move(idle));
  if (std::exchange(lease->watching, false)) {
    Pipeline unwatch;
    unwatch.add("UNWATCH");
    auto done = co_await lease->exchange(unwatch, context);
    if (!done) co_return fail(std::move(done).error());
  }
  co_return lease;
}

Task<Lease> ConnectionPool::open(Endpoint endpoint, CallContext context) {
  if (closed_) co_return fail(wasClosed());
  Lease lease(shared_from_this(), std::make_unique<RedisConnection>(executor_, login_, std::move(endpoint)));
  auto opened = co_await lease->open(std::move(context));
  if (!opened) co_return fail(std::move(opened).error());
  co_return lease;
}

Task<void> ConnectionPool::followMaster(CallContext context) {
  if (std::chrono::steady_clock::now() - locatedAt_ < kTrustLocation) co_return Result<void>();
  // A sentinel that keeps silent must not eat up the time of the call.
  const CallContext share = shareOf(context, true);
  auto endpoint = co_await locate_(share);
  if (!endpoint && endpoint.error().code == ErrorCode::cancelled) co_return fail(std::move(endpoint).error());
  if (!endpoint) co_return Result<void>();  // no sentinel answers: the connections may be sound all the same
  noteLocation(*endpoint);
  co_return Result<void>();
}

Task<void> ConnectionPool::isCurrent(const RedisConnection& connection, CallContext context) {
  if (!locate_) co_return Result<void>();
  auto followed = co_await followMaster(std::move(context));
  if (!followed || located_.name() == connection.address()) co_return followed;
  co_return fail(replaced(located_));
}

Task<Lease> ConnectionPool::openMaster(CallContext context) {
  std::optional<Error> before;
  for (;;) {
    Result<Lease> lease = co_await openNamedMaster(context);
    if (lease || lease.error().code == ErrorCode::cancelled) co_return lease;
    // That time ran out says less than what was wrong until then.
    if (lease.error().code == ErrorCode::timeout && before) co_return fail(*std::move(before));
    if (lease.error().code != ErrorCode::connectionFailed) co_return lease;
    before = std::move(lease).error();
    auto paused = co_await pauseWithin(kLookAgain, context);
    if (paused) continue;
    co_return fail(paused.error().code == ErrorCode::cancelled ? paused.error() : *before);
  }
}

Task<Lease> ConnectionPool::openNamedMaster(CallContext context) {
  auto endpoint = co_await locate_(context);
  if (!endpoint) co_return fail(std::move(endpoint).error());
  noteLocation(*endpoint);
  auto lease = co_await open(*std::move(endpoint), context);
  if (!lease) co_return lease;
  Pipeline question;
  question.add("ROLE");
  auto role = co_await (*lease)->exchange(question, context);
  if (!role) co_return fail(std::move(role).error());
  if (mayBeMaster(role->front())) co_return lease;
  (*lease)->close();
  co_return fail(notMaster());
}

void ConnectionPool::noteLocation(const Endpoint& endpoint) {
  if (endpoint.host != located_.host || endpoint.port != located_.port) idle_.clear();
  located_ = endpoint;
  locatedAt_ = std::chrono::steady_clock::now();
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

void ConnectionPool::renew() {
  idle_.clear();
  locatedAt_ = {};
}

void ConnectionPool::close() {
  closed_ = true;
  idle_.clear();
  for (RedisConnection* connection : leased_) connection->close();
}

}  // namespace cachify::cache::redis
