#pragma once
// workflow.*: templates, and what happened to a run.
//
// Streams: templates stand in `workflows`; each run has a stream of its own, `runs/<execution id>`, to which
// its runner appends on condition of the version, so that a superseded runner is fenced off;
// `workflow.claimed` stands in `claims/<session>`, from which runs of a dead session are found.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/uuid.hpp"
#include "domain/workflow.hpp"
#include "events/catalogue.hpp"
#include "events/mutation_events.hpp"

namespace cachify::events {

inline constexpr std::string_view kWorkflowsStream = "workflows";
[[nodiscard]] std::string runStream(ExecutionId execution);
[[nodiscard]] std::string claimsStream(SessionId session);

/// `form.parameters` without values of the cache; where some were cut out the whole lies in `parametersPack`.
struct TemplateCreated {
  static constexpr EventType kType = EventType::workflowTemplateCreated;
  domain::WorkflowTemplate form{};
  Uuid parametersPack{};
  bool operator==(const TemplateCreated&) const = default;
};
struct TemplateUpdated {
  static constexpr EventType kType = EventType::workflowTemplateUpdated;
  domain::WorkflowTemplate form{};
  Uuid parametersPack{};
  bool operator==(const TemplateUpdated&) const = default;
};
struct TemplateDeleted {
  static constexpr EventType kType = EventType::workflowTemplateDeleted;
  std::string templateId{};
  std::string name{};
  bool operator==(const TemplateDeleted&) const = default;
};

/// Its event id is the execution's id, and that of the plan if it makes one.
struct RunStarted {
  static constexpr EventType kType = EventType::workflowStarted;
  SessionId session{};  ///< who runs it
  ConnectionId connectionId{};
  domain::Environment environment = domain::Environment::dev;
  std::string templateId{};  ///< empty: none
  std::string name{};        ///< the template's, else the kind's
  std::string kind{};        ///< "rollback" for rolling back
  std::string parameters{};  ///< JSON object, defaults filled in; values of the cache are cut out of it
  Uuid parametersPack{};     ///< where they are whole, sealed; nil: nothing was cut out
  bool dryRun = false;
  ExecutionId plan{};    ///< the frozen plan it executes; nil: it plans itself
  ExecutionId undoes{};  ///< the run it rolls back; nil: none
  bool requiresApproval = true;
  bool confirmed = false;  ///< a person named the connection
  bool acceptedNoUndo = false;
  domain::RunSettings settings{};
  bool operator==(const RunStarted&) const = default;
};

/// A piece of the plan lies sealed in the vault: `count` items from number `first` on (from 0).
struct PlanExtended {
  static constexpr EventType kType = EventType::workflowPlanExtended;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  Uuid packId{};
  bool operator==(const PlanExtended&) const = default;
};

/// The plan is complete and frozen.
struct RunPlanned {
  static constexpr EventType kType = EventType::workflowPlanned;
  std::uint64_t total = 0;
  std::string digest{};  ///< hex SHA-256 over the pieces in order
  bool operator==(const RunPlanned&) const = default;
};

/// The frame's causation id is the id of the batch's `mutation.batch_requested`.
struct StepSucceeded {
  static constexpr EventType kType = EventType::workflowStepSucceeded;
  Bytes key{};
  std::string action{};
  std::uint32_t attempts = 1;
  std::uint64_t snapshot = 0;  ///< position of its snapshot.captured; 0: none was needed
  KeyState after{};            ///< `key` is that of the step; a rename's is the new name's
  bool operator==(const StepSucceeded&) const = default;
};
struct StepFailed {
  static constexpr EventType kType = EventType::workflowStepFailed;
  Bytes key{};
  std::string action{};
  std::uint32_t attempts = 1;
  std::uint64_t snapshot = 0;
  std::string errorCode{};
  std::string message{};
  bool unknown = false;  ///< sent, and no answer came
  bool operator==(const StepFailed&) const = default;
};
struct StepSkipped {
  static constexpr EventType kType = EventType::workflowStepSkipped;
  Bytes key{};
  std::string action{};
  std::string reason{};
  bool operator==(const StepSkipped&) const = default;
};

struct RunFinished {
  static constexpr EventType kType = EventType::workflowFinished;
  ConnectionId connectionId{};
  domain::RunStatus status = domain::RunStatus::success;
  domain::RunTotals totals{};
  std::chrono::microseconds duration{};  ///< of the last runner's part
  std::string message{};                 ///< why it was not a success
  bool operator==(const RunFinished&) const = default;
};
/// Somebody asked for it; `workflow.finished` follows when the batches under way have ended.
struct RunCancelled {
  static constexpr EventType kType = EventType::workflowCancelled;
  std::string reason{};
  bool operator==(const RunCancelled&) const = default;
};
struct RunInterrupted {
  static constexpr EventType kType = EventType::workflowInterrupted;
  SessionId session{};  ///< whose process ended
  bool operator==(const RunInterrupted&) const = default;
};
struct RunResumed {
  static constexpr EventType kType = EventType::workflowResumed;
  SessionId session{};  ///< who goes on with it
  bool operator==(const RunResumed&) const = default;
};
struct RunClaimed {
  static constexpr EventType kType = EventType::workflowClaimed;
  ExecutionId execution{};
  bool operator==(const RunClaimed&) const = default;
};

[[nodiscard]] std::string encode(const TemplateCreated& event);
[[nodiscard]] std::string encode(const TemplateUpdated& event);
[[nodiscard]] std::string encode(const TemplateDeleted& event);
[[nodiscard]] std::string encode(const RunStarted& event);
[[nodiscard]] std::string encode(const PlanExtended& event);
[[nodiscard]] std::string encode(const RunPlanned& event);
[[nodiscard]] std::string encode(const StepSucceeded& event);
[[nodiscard]] std::string encode(const StepFailed& event);
[[nodiscard]] std::string encode(const StepSkipped& event);
[[nodiscard]] std::string encode(const RunFinished& event);
[[nodiscard]] std::string encode(const RunCancelled& event);
[[nodiscard]] std::string encode(const RunInterrupted& event);
[[nodiscard]] std::string encode(const RunResumed& event);
[[nodiscard]] std::string encode(const RunClaimed& event);
[[nodiscard]] Result<void> decode(std::string_view payload, TemplateCreated& event);
[[nodiscard]] Result<void> decode(std::string_view payload, TemplateUpdated& event);
[[nodiscard]] Result<void> decode(std::string_view payload, TemplateDeleted& event);
[[nodiscard]] Result<void> decode(std::string_view payload, RunStarted& event);
[[nodiscard]] Result<void> decode(std::string_view payload, PlanExtended& event);
[[nodiscard]] Result<void> decode(std::string_view payload, RunPlanned& event);
[[nodiscard]] Result<void> decode(std::string_view payload, StepSucceeded& event);
[[nodiscard]] Result<void> decode(std::string_view payload, StepFailed& event);
[[nodiscard]] Result<void> decode(std::string_view payload, StepSkipped& event);
[[nodiscard]] Result<void> decode(std::string_view payload, RunFinished& event);
[[nodiscard]] Result<void> decode(std::string_view payload, RunCancelled& event);
[[nodiscard]] Result<void> decode(std::string_view payload, RunInterrupted& event);
[[nodiscard]] Result<void> decode(std::string_view payload, RunResumed& event);
[[nodiscard]] Result<void> decode(std::string_view payload, RunClaimed& event);

}  // namespace cachify::events
