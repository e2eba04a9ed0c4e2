#pragma once
// A log as a team of users leaves it in thirty days: operations on twenty connections, more by day than by
// night, some slow, some failed, some blocked, and the engine's samples between them.

#include <cstdint>

#include "core/clock.hpp"
#include "log/event_log.hpp"

namespace cachify::bench {

struct MonthLog {
  std::uint64_t events = 0;  ///< at least so many were asked for
  WallTime from{};
  WallTime to{};
};

/// Into an empty log; the same every time. Throws std::runtime_error when the log fails.
[[nodiscard]] MonthLog writeMonth(log::EventLog& log, std::uint64_t events);

}  // namespace cachify::bench
