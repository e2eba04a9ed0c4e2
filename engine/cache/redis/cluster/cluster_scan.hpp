#pragma once

#include "cache/cache_session.hpp"
#include "cache/redis/cluster/cluster.hpp"

namespace cachify::cache::redis {

/// All nodes side by side. A node that fails is waited for, up to the deadline: its replica may take over.
[[nodiscard]] Task<ScanPage> scanCluster(std::shared_ptr<Cluster> cluster, ScanRequest request,
                                         CallContext context);

}  // namespace cachify::cache::redis
