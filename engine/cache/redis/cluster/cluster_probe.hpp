#pragma once

#include "cache/cache_session.hpp"
#include "cache/redis/cluster/cluster.hpp"

namespace cachify::cache::redis {

/// Of every master, side by side. The error of one is the answer, and names it.
[[nodiscard]] Task<ServerInfo> probeCluster(std::shared_ptr<Cluster> cluster, CallContext context);
[[nodiscard]] Task<std::chrono::microseconds> pingCluster(std::shared_ptr<Cluster> cluster,
                                                          CallContext context);

/// What a session over all these servers can do: what each of them can, and `missingRights` of any. Never
/// empty.
[[nodiscard]] ServerInfo together(std::vector<ServerInfo> nodes);

}  // namespace cachify::cache::redis
