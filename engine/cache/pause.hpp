#pragma once

#include <chrono>

#include "cache/task.hpp"
#include "core/call_context.hpp"

namespace cachify::cache {

/// Before another look at something that is changing. TIMEOUT when the deadline has come, CANCELLED when the
/// stop has; a stop during the pause is noticed at its end.
[[nodiscard]] Task<void> pauseWithin(std::chrono::milliseconds pause, CallContext context);

/// For asking one of several servers: one that is silent must not use up the time for the others, so it gets
/// half of what is left, at most a second.
[[nodiscard]] CallContext shareOf(const CallContext& context, bool othersFollow);

}  // namespace cachify::cache
