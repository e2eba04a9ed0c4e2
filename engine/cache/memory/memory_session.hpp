#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "cache/cache_session.hpp"
#include "cache/memory/memory_cache.hpp"

namespace cachify::cache {

/// A session on a cache in memory. Threads: as the port says; sessions on one MemoryCache may live on
/// different executors. Every call is done at once, so a deadline or a stop counts only if it was there
/// before the call.
[[nodiscard]] std::unique_ptr<CacheSession> makeMemorySession(boost::asio::any_io_executor executor,
                                                              ConnectionId connection,
                                                              std::shared_ptr<MemoryCache> cache);

}  // namespace cachify::cache
