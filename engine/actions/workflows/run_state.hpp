#pragma once
// A run, read back from its stream in the log.

#include <functional>
#include <optional>
#include <vector>

#include "core/result.hpp"
#include "events/workflow_events.hpp"
#include "log/event_reader.hpp"

namespace cachify::actions {

struct PlanExtent {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  Uuid packId{};
};

struct RunState {
  ExecutionId id{};
  events::RunStarted started{};
  log::Actor actor{};
  WallTime startedAt{};
  std::vector<SessionId> sessions{};  ///< who ran it, one after the other; the last has it, or had it last
  domain::RunStatus status = domain::RunStatus::running;
  domain::RunTotals totals{};
  std::vector<PlanExtent> extents{};            ///< in order
  std::optional<events::RunPlanned> planned{};  ///< the plan is complete
  std::optional<WallTime> plannedAt{};
  std::optional<WallTime> finishedAt{};
  std::chrono::microseconds duration{};
  std::string message{};
  bool cancelRequested = false;
  std::uint64_t streamVersion = 0;
};

/// NOT_FOUND if there is no such run. Reads the whole stream, but decodes no step: some tens of milliseconds
/// for a million of them.
[[nodiscard]] Result<RunState> readRun(const log::EventReader& log, ExecutionId id);

struct StepRow {
  std::uint64_t streamVersion = 0;  ///< cursor of the page: the next one begins behind the last row's
  domain::StepStatus status = domain::StepStatus::succeeded;
  Bytes key{};
  std::string action{};
  std::uint32_t attempts = 1;
  std::string message{};
  std::string errorCode{};
  log::Position snapshot = 0;
  events::KeyState after{};
  bool unknown = false;
};

/// Steps, the last one first.
struct StepsBack {
  std::vector<StepRow> rows{};
  std::uint64_t before = 0;  ///< where the next piece goes on; 1: there is none

  [[nodiscard]] bool isLast() const { return before <= 1; }
};
/// A piece of some thousands, before stream version `before` (0: the end). Erased ones are left out.
[[nodiscard]] Result<StepsBack> readStepsBack(const log::EventReader& log, ExecutionId id,
                                              std::uint64_t before);

/// Steps in the order they were recorded, from stream version `from` on (0: the first), at most `limit`.
/// Erased ones are left out.
[[nodiscard]] Result<std::vector<StepRow>> readSteps(const log::EventReader& log, ExecutionId id,
                                                     std::uint64_t from, std::size_t limit);

}  // namespace cachify::actions
