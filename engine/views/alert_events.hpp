#pragma once
// Read model `alert_events`: what the alert centre shows. Equal alerts (severity, source, title, connection)
// that come within five minutes of the last one are one row with a count, as long as nobody has read it and
// for an hour at most, so that what does not end is told again.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "log/frame.hpp"

struct sqlite3;

namespace cachify::views {

struct ReadModelSpec;
[[nodiscard]] ReadModelSpec alertEventsModel();

inline constexpr std::chrono::minutes kAlertGroupWindow{5};
inline constexpr std::chrono::hours kAlertGroupSpan{1};

struct AlertRow {
  log::Position position = 0;
  Uuid id{};
  WallTime createdAt{};
  WallTime lastAt{};        ///< when the newest of the group was raised
  std::uint64_t count = 1;  ///< alerts in the group
  std::string severity{};
  std::string title{};
  std::string message{};  ///< of the first
  std::string source{};
  ConnectionId connectionId{};  ///< nil: none
  std::string environment{};    ///< empty without a connection
  bool read = false;
  Uuid causeId{};  ///< event behind the first; nil: none
  Uuid correlationId{};
};

struct AlertFilter {
  bool unreadOnly = false;
  std::string severity{};  ///< empty: any, as for all texts here
  std::string source{};
  std::optional<ConnectionId> connectionId{};
  std::optional<log::Position> before{};  ///< cursor of the page before
  std::size_t limit = 100;
};

struct AlertPage {
  std::vector<AlertRow> rows{};  ///< newest first
  std::optional<log::Position> next{};
  std::uint64_t unread = 0;  ///< rows nobody has read, of all alerts
};

/// By the id of the first of its group.
[[nodiscard]] Result<std::optional<AlertRow>> findAlert(sqlite3& db, const Uuid& id);
/// At most 1 000 rows a page.
[[nodiscard]] Result<AlertPage> listAlerts(sqlite3& db, const AlertFilter& filter);

}  // namespace cachify::views
