#pragma once
// What the dashboard shows, in one go: health, trend, where errors are, slow operations. It reads roll-ups,
// one row for each connection, and the operations of the last minute; so its cost follows the connections and
// not the age of the log.

#include <optional>
#include <string>
#include <vector>

#include "domain/health.hpp"
#include "views/connection_states.hpp"
#include "views/history_events.hpp"
#include "views/rollups.hpp"

namespace cachify::views {

struct DashboardFilter {
  WallTime from{};
  WallTime to{};                               ///< exclusive
  WallTime now{};                              ///< what health and its last minute refer to
  std::chrono::minutes interval{5};            ///< of the trend; see RollUpFilter
  std::optional<ConnectionId> connectionId{};  ///< nothing: all
  std::size_t slowOperations = 20;             ///< how many, at most 1 000
};

struct ConnectionHealth {
  ConnectionState state{};
  domain::Health health = domain::Health::unknown;
  domain::RecentOperations
      recent{};              ///< within domain::kHealthWindow before `now`; of more than 2 000 the newest
  OperationCounts counts{};  ///< over the period
};

struct Dashboard {
  std::vector<ConnectionHealth> health{};  ///< by name
  Trend trend{};
  Heatmap heatmap{};               ///< connection by time; coarser than the trend where there are many
  Heatmap byEnvironment{};         ///< one cell per connection and environment
  std::vector<HistoryRow> slow{};  ///< newest first
};

/// VALIDATION_ERROR when the period is empty or the interval not above 0.
[[nodiscard]] Result<Dashboard> dashboard(sqlite3& db, const DashboardFilter& filter);

/// The same for health alone.
[[nodiscard]] Result<std::vector<ConnectionHealth>> connectionHealth(
    sqlite3& db, WallTime now, const std::optional<ConnectionId>& connection);

}  // namespace cachify::views
