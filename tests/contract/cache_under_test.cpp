#include "contract/cache_under_test.hpp"

#include "cache/memory/memory_session.hpp"
#include "cache/open_session.hpp"
#include "support/server.hpp"

namespace cachify::test {
namespace {

using cache::CacheSession;

class MemoryUnderTest final : public CacheUnderTest {
 public:
  std::unique_ptr<CacheSession> session(boost::asio::any_io_executor executor,
                                        ConnectionId connection) override {
    return cache::makeMemorySession(std::move(executor), connection, cache_);
  }

 private:
  std::shared_ptr<cache::MemoryCache> cache_ = std::make_shared<cache::MemoryCache>();
};

/// A real server, reached as the product reaches it.
template <class Server>
class ServerUnderTest final : public CacheUnderTest {
 public:
  explicit ServerUnderTest(domain::CacheEngine engine) : engine_(engine) {}

  std::unique_ptr<CacheSession> session(boost::asio::any_io_executor executor,
                                        ConnectionId connection) override {
    domain::ConnectionProfile profile;
    profile.id = connection;
    profile.name = "under test";
    profile.engine = engine_;
    profile.host = kLoopback;
    profile.port = server_.port();
    auto session = cache::openSession(std::move(executor), profile, SecretText());
    if (!session) throw std::runtime_error(session.error().message);
    return std::move(*session);
  }

 private:
  domain::CacheEngine engine_;
  Server server_;
};

}  // namespace

std::unique_ptr<CacheUnderTest> makeMemoryCacheUnderTest() {
  return std::make_unique<MemoryUnderTest>();
}

std::unique_ptr<CacheUnderTest> makeRedisUnderTest() {
  return std::make_unique<ServerUnderTest<RedisServer>>(domain::CacheEngine::redis);
}

std::unique_ptr<CacheUnderTest> makeMemcachedUnderTest() {
  return std::make_unique<ServerUnderTest<MemcachedServer>>(domain::CacheEngine::memcached);
}

}  // namespace cachify::test
