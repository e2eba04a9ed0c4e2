#include "cache/redis/redis_session.hpp"

#include "cache/redis/apply.hpp"
#include "cache/redis/capture.hpp"
#include "cache/redis/cluster/cluster_session.hpp"
#include "cache/redis/describe.hpp"
#include "cache/redis/info.hpp"
#include "cache/redis/probe.hpp"
#include "cache/redis/read_value.hpp"
#include "cache/redis/scan.hpp"
#include "cache/redis/sentinel.hpp"
#include "cache/redis/slow_log.hpp"
#include "cache/redis/subscribe.hpp"
#include "cache/transport/way_in.hpp"

namespace cachify::cache {
namespace {

/// The calls are coroutines of their own that share the backend, so none of them depends on this object.
class RedisSession final : public CacheSession {
 public:
  RedisSession(ConnectionId id, redis::SharedBackend backend) : id_(id), backend_(std::move(backend)) {}
  ~RedisSession() override { close(); }

  Task<ServerInfo> probe(CallContext context) override { return redis::probe(backend_, std::move(context)); }
  Task<std::chrono::microseconds> ping(CallContext context) override {
    return redis::ping(backend_, std::move(context));
  }
  Task<ServerStats> stats(std::string family, CallContext context) override {
    return redis::stats(backend_, std::move(family), std::move(context));
  }
  Task<SlowLog> slowLog(CallContext context) override { return redis::slowLog(backend_, std::move(context)); }
  Task<ScanPage> scan(ScanRequest request, CallContext context) override {
    return redis::scan(backend_, std::move(request), std::move(context));
  }
  Task<std::vector<KeyDescription>> describe(std::vector<Bytes> keys, CallContext context) override {
    return redis::describe(backend_, std::move(keys), std::move(context));
  }
  Task<ReadValue> read(Bytes key, ReadRange range, CallContext context) override {
    return redis::readValue(backend_, std::move(key), std::move(range), std::move(context));
  }
  Task<std::vector<domain::Capture>> capture(std::vector<Bytes> keys, CaptureLimits limits,
                                             CallContext context) override {
    return redis::capture(backend_, std::move(keys), limits, std::move(context));
  }
  Task<HeldCapture> captureHeld(std::vector<Bytes> keys, CaptureLimits limits, CallContext context) override {
    return redis::captureHeld(backend_, std::move(keys), limits, std::move(context));
  }
  boost::asio::awaitable<std::vector<ApplyOutcome>> apply(domain::Permit permit,
                                                          std::vector<domain::Mutation> mutations,
                                                          std::unique_ptr<Hold> hold,
                                                          CallContext context) override {
    return redis::apply(backend_, id_, std::move(permit), std::move(mutations), std::move(hold),
                        std::move(context));
  }
  Task<Subscription> subscribe(SubscribeRequest request, CallContext context) override {
    return redis::subscribe(backend_, open_, std::move(request), std::move(context));
  }
  std::unique_ptr<Heartbeat> heartbeat() override { return redis::heartbeatOf(backend_); }
  void renew() override { backend_->renew(); }
  void close() final {
    open_->closeAll();
    backend_->pool->close();
  }

 private:
  ConnectionId id_;
  redis::SharedBackend backend_;
  std::shared_ptr<OpenQueues> open_ = std::make_shared<OpenQueues>();
};

}  // namespace

std::unique_ptr<CacheSession> makeRedisSession(boost::asio::any_io_executor executor,
                                               const domain::ConnectionProfile& profile, SecretText password,
                                               SecretText tlsKeyPassphrase) {
  redis::Login login{
      .endpoint = endpointOf(profile, std::move(tlsKeyPassphrase)),
      .username = profile.username,
      .password = std::move(password),
      .dbIndex = profile.dbIndex,
  };
  if (profile.topology == domain::Topology::cluster)
    return makeClusterSession(std::move(executor), profile.id, std::move(login));
  redis::Locate locate;
  if (profile.topology == domain::Topology::sentinel)
    locate = redis::masterBySentinel(executor, login, profile.sentinelMaster);
  auto backend = redis::makeBackend(std::move(executor), std::move(login), std::move(locate));
  return std::make_unique<RedisSession>(profile.id, std::move(backend));
}

}  // namespace cachify::cache
