#pragma once

#include "cache/cache_session.hpp"
#include "cache/redis/cluster/cluster.hpp"

namespace cachify::cache::redis {

/// A connection to every master; the error of one is the answer, and names it.
[[nodiscard]] std::unique_ptr<Heartbeat> clusterHeartbeat(std::shared_ptr<Cluster> cluster);

}  // namespace cachify::cache::redis
