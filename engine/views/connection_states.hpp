#pragma once
// Read model `connection_states`: of each connection whether it was reached when it was last used, and what
// the engine's last sample said.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "events/sample_events.hpp"

struct sqlite3;

namespace cachify::views {

struct ReadModelSpec;
[[nodiscard]] ReadModelSpec connectionStatesModel();

/// A profile and what is known of its connection.
struct ConnectionState {
  ConnectionId connectionId{};
  std::string name{};
  std::string engine{};
  std::string environment{};
  std::chrono::milliseconds slowThreshold{};
  bool wasUsed = false;
  bool isReachable = true;           ///< as far as is known
  std::optional<WallTime> since{};   ///< of `isReachable`
  std::optional<WallTime> seenAt{};  ///< when something was wanted of it, or it was lost
  std::optional<WallTime> lastOperationAt{};
  std::string errorCode{};  ///< why it cannot be reached
  std::string message{};
  std::optional<WallTime> sampledAt{};
  std::optional<events::HealthSample> sample{};
};

/// By name; of one connection, or of all, at most 2 000.
[[nodiscard]] Result<std::vector<ConnectionState>> connectionStates(
    sqlite3& db, const std::optional<ConnectionId>& connection);

}  // namespace cachify::views
