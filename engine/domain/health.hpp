#pragma once
// How a connection is doing, as the dashboard says it. No clock, no I/O.

#include <chrono>
#include <cstdint>
#include <string_view>

namespace cachify::domain {

enum class Health : std::uint8_t {
  healthy,
  degraded,  ///< too many errors, or too slow, within the last minute
  offline,   ///< it cannot be reached
  unknown,   ///< it was never used
};
[[nodiscard]] std::string_view wireName(Health health);

/// Share of failed operations that makes a connection degraded.
inline constexpr double kDegradedErrorRate = 0.35;
/// What is looked at.
inline constexpr std::chrono::seconds kHealthWindow{60};

struct RecentOperations {
  std::uint64_t operations = 0;  ///< within the window; blocked ones never reached a server and do not count
  std::uint64_t errors = 0;
  std::chrono::microseconds p95{};

  [[nodiscard]] double errorRate() const {
    return operations == 0 ? 0.0 : static_cast<double>(errors) / static_cast<double>(operations);
  }
};

[[nodiscard]] Health healthOf(bool wasUsed, bool isReachable, const RecentOperations& recent,
                              std::chrono::milliseconds slowThreshold);

}  // namespace cachify::domain
