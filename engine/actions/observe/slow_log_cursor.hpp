#pragma once
// Which entries of a server's slow log are in the event log already. What was recorded is the only memory of
// it, so neither a reconnect nor another process records an entry twice.

#include <string>

#include "cache/slow_log.hpp"
#include "core/uuid.hpp"
#include "log/event_reader.hpp"

namespace cachify::actions {

/// One stream for each run of a server and each connection to it: ids of entries grow within a run.
[[nodiscard]] std::string slowLogStream(ConnectionId connection, const std::string& runId);

struct SlowLogCursor {
  std::uint64_t streamVersion = 0;
  std::optional<std::uint64_t> lastId{};  ///< nothing: none yet, or its payload was purged
  WallTime lastAt{};                      ///< of that entry; of a purged one when it was recorded

  [[nodiscard]] bool isNew(const cache::SlowLogEntry& entry) const;
};

/// INTERNAL_ERROR where the log is damaged.
[[nodiscard]] Result<SlowLogCursor> slowLogCursor(const log::EventReader& log, const std::string& stream);

}  // namespace cachify::actions
