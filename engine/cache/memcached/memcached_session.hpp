#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "cache/cache_session.hpp"
#include "core/secret_text.hpp"
#include "domain/profile.hpp"

namespace cachify::cache {

/// A session on a memcached of any version, by meta commands where it has them (1.6.10). Threads, time and
/// errors as the port says. Makes no connection before the first call. What Memcached cannot do, and at what
/// price it does the rest: README.
[[nodiscard]] std::unique_ptr<CacheSession> makeMemcachedSession(boost::asio::any_io_executor executor,
                                                                 const domain::ConnectionProfile& profile,
                                                                 SecretText password,
                                                                 SecretText tlsKeyPassphrase = {});

}  // namespace cachify::cache
