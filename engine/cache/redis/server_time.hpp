#pragma once

#include <optional>

#include "cache/redis/reply.hpp"
#include "core/clock.hpp"

namespace cachify::cache::redis {

/// The reply to TIME; nothing when the server would not say.
[[nodiscard]] std::optional<WallTime> serverTimeIn(const Reply& reply);

}  // namespace cachify::cache::redis
