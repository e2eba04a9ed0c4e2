#include "domain/health.hpp"

namespace cachify::domain {

std::string_view wireName(Health health) {
  switch (health) {
    case Health::healthy:
      return "healthy";
    case Health::degraded:
      return "degraded";
    case Health::offline:
      return "offline";
    case Health::unknown:
      break;
  }
  return "unknown";
}

Health healthOf(bool wasUsed, bool isReachable, const RecentOperations& recent,
                std::chrono::milliseconds slowThreshold) {
  if (!wasUsed) return Health::unknown;
  if (!isReachable) return Health::offline;
  const bool isSlow = recent.operations > 0 && recent.p95 >= slowThreshold;
  return isSlow || recent.errorRate() >= kDegradedErrorRate ? Health::degraded : Health::healthy;
}

}  // namespace cachify::domain
