#pragma once
// Runs and dry runs of workflows: the read models `workflow_executions` and `workflow_templates`.

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
[[nodiscard]] ReadModelSpec workflowExecutionsModel();

struct ExecutionRow {
  log::Position position = 0;
  ExecutionId id{};
  std::string templateId{};  ///< empty: none
  std::string name{};
  std::string kind{};
  ConnectionId connectionId{};
  std::string environment{};
  WallTime startedAt{};
  std::optional<WallTime> finishedAt{};
  std::string status{};
  bool dryRun = false;
  ExecutionId plan{};    ///< nil: it planned itself
  ExecutionId undoes{};  ///< nil: it rolls nothing back
  std::string parametersJson{};
  std::uint64_t total = 0;
  std::uint64_t succeeded = 0;
  std::uint64_t failed = 0;
  std::uint64_t skipped = 0;
  std::uint64_t retryCount = 0;
  std::chrono::microseconds duration{};
  std::string message{};
};

struct ExecutionFilter {
  std::optional<ConnectionId> connectionId{};
  std::string kind{};  ///< empty: any, as for all texts here
  std::string status{};
  std::optional<bool> dryRun{};
  std::optional<log::Position> before{};  ///< cursor of the page before
  std::size_t limit = 50;
};

struct ExecutionPage {
  std::vector<ExecutionRow> rows{};  ///< newest first
  std::optional<log::Position> next{};
};

/// At most 1 000 rows a page.
[[nodiscard]] Result<ExecutionPage> listExecutions(sqlite3& db, const ExecutionFilter& filter);

}  // namespace cachify::views
