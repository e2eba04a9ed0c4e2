#pragma once
// Time comes in as an argument or through this port, so that rules and projections can be tested and
// replayed.

#include <chrono>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace cachify {
inline namespace core {

/// Wall time in UTC microseconds: what events record.
using WallTime = std::chrono::sys_time<std::chrono::microseconds>;

/// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual WallTime now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

/// ISO 8601 in UTC with milliseconds: 2026-01-31T12:00:00.000Z
[[nodiscard]] std::string toIso8601(WallTime time);
/// Accepts that form, with or without fraction. VALIDATION_ERROR otherwise.
[[nodiscard]] Result<WallTime> fromIso8601(std::string_view text);

}  // namespace core
}  // namespace cachify
