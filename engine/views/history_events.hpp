#pragma once
// Read model `history_events`: the unified timeline. One row for every operation that was commanded, for
// every change of a connection profile, for every connection that was opened, lost or restored while somebody
// kept it open, and for a mutation whose process ended before anybody learnt what came of it.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "log/frame.hpp"

struct sqlite3;

namespace cachify::views {

struct ReadModelSpec;
[[nodiscard]] ReadModelSpec historyEventsModel();

struct HistoryRow {
  log::Position position = 0;
  Uuid id{};
  std::string_view type{};  ///< wire name in the event catalogue
  WallTime recordedAt{};
  std::string source{};         ///< app, cli, workflow, plugin, engine
  std::string actor{};          ///< user@host
  ConnectionId connectionId{};  ///< nil: not about one connection
  std::string environment{};    ///< empty without a connection
  std::string action{};
  Bytes keyOrPattern{};                                 ///< empty: none
  std::optional<std::chrono::microseconds> duration{};  ///< of a restored connection: how long it was away
  std::string status{};                                 ///< success, error, blocked
  bool slow = false;  ///< took at least the connection's threshold of that time
  std::optional<std::uint32_t> attempts{};
  std::string change{};  ///< redacted; empty: nothing changed
  std::string errorCode{};
  std::string message{};
  std::optional<bool> retryable{};
  Uuid correlationId{};
  Uuid causationId{};
  std::string detailsJson{};  ///< a JSON object, or empty
};

struct HistoryFilter {
  std::optional<WallTime> from{};  ///< inclusive
  std::optional<WallTime> to{};    ///< exclusive
  std::optional<ConnectionId> connectionId{};
  std::string environment{};  ///< empty: any, as for all texts here
  std::string source{};
  std::string status{};
  std::string action{};
  /// Words that must all occur in action, key, change, error code or message; the last letters of a word may
  /// be left out. Blanks separate words; `user:10` finds `user:1001`.
  std::string text{};
  bool slowOnly = false;
  std::optional<log::Position> before{};  ///< cursor of the page before
  std::size_t limit = 200;
};

struct HistoryPage {
  std::vector<HistoryRow> rows{};  ///< newest first, by position
  std::optional<log::Position> next{};
};

/// VALIDATION_ERROR for a text without a letter or digit. At most 1 000 rows a page.
[[nodiscard]] Result<HistoryPage> listHistory(sqlite3& db, const HistoryFilter& filter);
/// NOT_FOUND if no row came from this event.
[[nodiscard]] Result<HistoryRow> historyById(sqlite3& db, Uuid eventId);

}  // namespace cachify::views
