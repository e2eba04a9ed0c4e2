#pragma once
// The families of `stats`.

#include "cache/memcached/memcached_connection.hpp"
#include "cache/server_stats.hpp"

namespace cachify::cache::memcached {

/// One "STAT <name> <value>".
struct StatLine {
  std::string name;
  std::string value;
};

/// "items:1:number" and "1:chunk_size" go into the section of their class, "30:addr" into that of its
/// connection.
[[nodiscard]] std::vector<StatsSection> sectionsOf(std::string_view family, std::vector<StatLine> lines);

/// general, items, slabs, settings, sizes, conns. VALIDATION_ERROR for any other; NOT_SUPPORTED for one that
/// this server does not have, or could not tell without standing still.
Task<ServerStats> fetchStats(MemcachedConnection& connection, std::string family, CallContext context);

}  // namespace cachify::cache::memcached
