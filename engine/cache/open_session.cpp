#include "cache/open_session.hpp"

#include "cache/memcached/memcached_session.hpp"
#include "cache/redis/redis_session.hpp"

namespace cachify::cache {

std::unique_ptr<CacheSession> openSession(boost::asio::any_io_executor executor,
                                          const domain::ConnectionProfile& profile, SecretText password,
                                          SecretText tlsKeyPassphrase) {
  if (profile.engine == domain::CacheEngine::memcached) {
    return makeMemcachedSession(std::move(executor), profile, std::move(password),
                                std::move(tlsKeyPassphrase));
  }
  return makeRedisSession(std::move(executor), profile, std::move(password), std::move(tlsKeyPassphrase));
}

}  // namespace cachify::cache
