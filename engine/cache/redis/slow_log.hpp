#pragma once
// SLOWLOG GET, and what of a logged command may be kept.

#include <span>

#include "cache/redis/backend.hpp"
#include "cache/redis/reply.hpp"
#include "cache/slow_log.hpp"

namespace cachify::cache::redis {

struct CommandSummary {
  std::string command;
  Bytes keyOrPattern;
  std::uint32_t argumentCount = 0;
};

/// Of a command as the log of slow ones has it. A command that is not known gives its name alone.
[[nodiscard]] CommandSummary summaryOf(std::span<const Reply> words);

/// The entries of a reply, oldest first; what is no entry is left out. `runId` stands in each.
[[nodiscard]] SlowLog slowLogOf(const Reply& reply, const std::string& runId);

/// The newest 128. NOT_SUPPORTED or UNAUTHORIZED where it cannot be read.
[[nodiscard]] Task<SlowLog> slowLog(SharedBackend backend, CallContext context);

}  // namespace cachify::cache::redis
