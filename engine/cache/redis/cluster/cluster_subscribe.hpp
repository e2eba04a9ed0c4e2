#pragma once

#include "cache/cache_session.hpp"
#include "cache/notice_queue.hpp"
#include "cache/redis/cluster/cluster.hpp"

namespace cachify::cache::redis {

/// See CacheSession::subscribe. Key events are told by each master alone: all are listened to, and the map of
/// slots is looked at every few seconds, for masters come and go. Channels are told by every node: one is
/// enough.
[[nodiscard]] Task<Subscription> subscribeToCluster(std::shared_ptr<Cluster> cluster,
                                                    std::shared_ptr<OpenQueues> open,
                                                    SubscribeRequest request, CallContext context);

}  // namespace cachify::cache::redis
