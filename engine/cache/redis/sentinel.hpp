#pragma once
// Where the master is at the moment, as the sentinels say.
// Protocol: the Redis documentation's "Guidelines for Redis clients with support for Redis Sentinel".

#include <string>

#include "cache/redis/connection_pool.hpp"

namespace cachify::cache::redis {

/// `login.endpoint` is any sentinel; the others are learnt from it and asked when it does not answer.
/// Sentinels that want a password get the login's own. The answer has the login's way in (TLS, tunnel) and
/// the master's address. NOT_FOUND when the sentinels know no master of that name.
[[nodiscard]] Locate masterBySentinel(boost::asio::any_io_executor executor, Login login,
                                      std::string masterName);

}  // namespace cachify::cache::redis
