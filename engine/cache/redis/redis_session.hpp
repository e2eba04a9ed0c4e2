#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "cache/cache_session.hpp"
#include "core/secret_text.hpp"
#include "domain/profile.hpp"

namespace cachify::cache {

/// A session with one standalone Redis server, by any way in. `executor` must run one handler at
/// a time. Calls under way may outlive the session object: they end with CANCELLED.
[[nodiscard]] std::unique_ptr<CacheSession> makeRedisSession(boost::asio::any_io_executor executor,
                                                             const domain::ConnectionProfile& profile,
                                                             SecretText password,
                                                             SecretText tlsKeyPassphrase = {});

}  // namespace cachify::cache
