#pragma once
// INFO, section by section.

#include "cache/redis/backend.hpp"
#include "cache/server_stats.hpp"

namespace cachify::cache::redis {

/// "# Server", then lines "name:value"; a section without lines stays.
[[nodiscard]] std::vector<StatsSection> sectionsOf(std::string_view info);

/// `general` is what INFO says by itself, `all` the server's word for more, the rest are its sections.
/// VALIDATION_ERROR for any other; NOT_SUPPORTED for a section that this server does not have; UNAUTHORIZED
/// without the right to INFO.
[[nodiscard]] Task<ServerStats> stats(SharedBackend backend, std::string family, CallContext context);

}  // namespace cachify::cache::redis
