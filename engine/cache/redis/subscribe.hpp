#pragma once

#include "cache/cache_session.hpp"
#include "cache/redis/listener.hpp"

namespace cachify::cache::redis {

/// See CacheSession::subscribe; for one server. `open`: ends the subscription with its session.
[[nodiscard]] Task<Subscription> subscribe(SharedBackend backend, std::shared_ptr<OpenQueues> open,
                                           SubscribeRequest request, CallContext context);

/// VALIDATION_ERROR when there is nothing to listen to.
[[nodiscard]] Result<Channels> channelsOf(const SubscribeRequest& request);

}  // namespace cachify::cache::redis
