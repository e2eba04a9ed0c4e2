#pragma once

#include <memory>

#include "cache/cache_session.hpp"
#include "cache/redis/redis_connection.hpp"

namespace cachify::cache {

/// A session with a Redis Cluster, all nodes of it. Calls on many keys are split per node and run side by
/// side. What takes more than one key atomically (RENAME) needs them in one slot. Executor and lifetime as of
/// `makeRedisSession`.
[[nodiscard]] std::unique_ptr<CacheSession> makeClusterSession(boost::asio::any_io_executor executor,
                                                               ConnectionId id, redis::Login login);

}  // namespace cachify::cache
