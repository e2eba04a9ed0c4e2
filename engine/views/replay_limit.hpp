#pragma once

#include <limits>

#include "core/clock.hpp"
#include "log/frame.hpp"

namespace cachify::views {

/// As of when a replay stands: events after the position, and events recorded later than the time, are left
/// out.
struct ReplayLimit {
  log::Position position = std::numeric_limits<log::Position>::max();
  WallTime time = WallTime::max();
};

}  // namespace cachify::views
