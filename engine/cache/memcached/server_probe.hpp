#pragma once

#include "cache/cache_session.hpp"
#include "cache/memcached/memcached_connection.hpp"

namespace cachify::cache::memcached {

inline constexpr const char* kNoKeyEvents = "Memcached does not report changes of keys";

Task<std::chrono::microseconds> pingServer(MemcachedConnection& connection, CallContext context);
Task<ServerInfo> probeServer(MemcachedConnection& connection, CallContext context);

}  // namespace cachify::cache::memcached
