#include "cache/open_session.hpp"

#include "cache/memcached/memcached_session.hpp"
#include "cache/redis/redis_session.hpp"

namespace cachify::cache {
namespace {

Result<void> checkWayIn(const domain::ConnectionProfile& profile) {
  if (profile.tls.enabled) {
    return fail(ErrorCode::notSupported,
                "this build cannot speak TLS yet; connect without it, or through a tunnel");
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<CacheSession>> openSession(boost::asio::any_io_executor executor,
                                                  const domain::ConnectionProfile& profile,
                                                  SecretText password) {
  if (auto known = checkWayIn(profile); !known) return std::unexpected(known.error());
  if (profile.engine == domain::CacheEngine::memcached) {
    return makeMemcachedSession(std::move(executor), profile, std::move(password));
  }
  return makeRedisSession(std::move(executor), profile, std::move(password));
}

}  // namespace cachify::cache
