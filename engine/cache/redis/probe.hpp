#pragma once

#include "cache/cache_session.hpp"
#include "cache/redis/backend.hpp"

namespace cachify::cache::redis {

[[nodiscard]] Task<ServerInfo> probe(SharedBackend backend, CallContext context);
[[nodiscard]] Task<std::chrono::microseconds> ping(SharedBackend backend, CallContext context);
/// See CacheSession::heartbeat.
[[nodiscard]] std::unique_ptr<Heartbeat> heartbeatOf(const SharedBackend& backend);

/// The value of `field` in an INFO text; empty when it is not there.
[[nodiscard]] std::string_view infoField(std::string_view info, std::string_view field);

}  // namespace cachify::cache::redis
