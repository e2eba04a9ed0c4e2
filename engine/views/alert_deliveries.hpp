#pragma once
// Read model `alert_deliveries`: where each group of alerts stands with each publisher; and what is due.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/alert.hpp"
#include "log/frame.hpp"
#include "views/alert_events.hpp"

namespace cachify::views {

[[nodiscard]] ReadModelSpec alertDeliveriesModel();

struct DeliveryRow {
  std::string publisher{};
  Uuid alertId{};
  std::string status{};  ///< retrying, delivered, parked, replayed
  std::uint32_t attempts = 0;
  std::string message{};  ///< why the last attempt failed; empty: it did not
  WallTime lastAt{};
  std::optional<WallTime> nextAt{};
};
/// Of one alert, by publisher.
[[nodiscard]] Result<std::vector<DeliveryRow>> deliveriesOf(sqlite3& db, const Uuid& alertId);

struct DueAlert {
  AlertRow alert{};
  std::string connectionName{};  ///< empty: none, or it was removed
  std::uint32_t attempts = 0;    ///< so far
};

struct DueFilter {
  std::string publisher{};
  log::Position after = 0;  ///< groups that were raised, or raised again, behind it
  domain::Severity minSeverity = domain::Severity::info;
  WallTime now{};
  std::size_t limit = 100;
};
/// What a publisher is to be given now, the least tried first, then the oldest. Empty while the receiver
/// wants quiet.
[[nodiscard]] Result<std::vector<DueAlert>> dueAlerts(sqlite3& db, const DueFilter& filter);

struct DeliverySummary {
  std::uint64_t delivered = 0;
  std::uint64_t retrying = 0;  ///< waits for its next attempt, or for its turn after a replay
  std::uint64_t parked = 0;
  std::optional<WallTime> lastDeliveredAt{};
  std::optional<WallTime> nextAt{};  ///< of the next attempt
  std::string lastProblem{};         ///< of what is retried or parked, the latest
};
[[nodiscard]] Result<DeliverySummary> deliverySummary(sqlite3& db, const std::string& publisher);

/// Ids of parked alerts, the oldest first.
[[nodiscard]] Result<std::vector<Uuid>> parkedAlerts(sqlite3& db, const std::string& publisher,
                                                     std::size_t limit);

}  // namespace cachify::views
