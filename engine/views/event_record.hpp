#pragma once
// One event as the read models are given it: what stood in its frame, and its payload decoded once for all of
// them.

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "events/alert_delivery_events.hpp"
#include "events/alert_events.hpp"
#include "events/alert_setting_events.hpp"
#include "events/connection_events.hpp"
#include "events/mutation_events.hpp"
#include "events/operation_events.hpp"
#include "events/plugin_events.hpp"
#include "events/sample_events.hpp"
#include "events/workflow_events.hpp"
#include "log/frame.hpp"

namespace cachify::views {

/// Every event that some read model wants. To have one more decoded, name it here.
using AnyEvent = std::variant<
    events::ConnectionCreated, events::ConnectionUpdated, events::ConnectionRemoved, events::ConnectionTested,
    events::ConnectionOpened, events::ConnectionLost, events::ConnectionRestored, events::OperationCompleted,
    events::OperationFailed, events::OperationBlocked, events::SnapshotCaptured, events::MutationRequested,
    events::MutationApplied, events::MutationFailed, events::MutationUnknown, events::AlertRaised,
    events::MutationBatchRequested, events::MutationBatchSettled, events::TemplateCreated,
    events::TemplateUpdated, events::TemplateDeleted, events::RunStarted, events::PlanExtended,
    events::RunPlanned, events::StepSucceeded, events::StepFailed, events::StepSkipped, events::RunFinished,
    events::RunCancelled, events::RunInterrupted, events::RunResumed, events::RunClaimed,
    events::PluginTrusted, events::PluginRevoked, events::PluginFaulted, events::HealthSample,
    events::SlowLogSample, events::KeyspaceSample, events::AlertRead, events::AlertDelivered,
    events::AlertDeliveryFailed, events::AlertParked, events::AlertReplayed, events::PublisherConfigured,
    events::AlertRuleCreated, events::AlertRuleUpdated, events::AlertRuleDeleted,
    events::AlertSourceSwitched>;

struct EventRecord {
  log::Position position = 0;
  Uuid id;
  std::uint16_t type = 0;
  WallTime recordedAt{};
  Uuid correlationId;
  Uuid causationId;
  log::Actor actor;
  AnyEvent event;
  /// An operation that took at least its connection's `slowOpThreshold`, as the profile was at that position.
  bool slow = false;
};

/// What can be shown of event `index` of a frame. Nothing when the payload was purged.
/// INTERNAL_ERROR or VALIDATION_ERROR when this program cannot read it: an unknown type, a newer schema
/// version, or a payload that does not decode.
[[nodiscard]] Result<std::optional<EventRecord>> recordOf(const log::Frame& frame, std::size_t index);

/// The operation inside, whatever came of it; null for other events.
[[nodiscard]] const events::Operation* operationIn(const AnyEvent& event);

/// A whole run of a workflow, whose time is that of its many steps.
[[nodiscard]] bool isOfRun(std::string_view action);
/// An act on a profile, which no server takes part in.
[[nodiscard]] bool isOfProfile(std::string_view action);

/// Calls the lambda that takes the event's type; for std::visit.
template <class... Lambdas>
struct Overloaded : Lambdas... {
  using Lambdas::operator()...;
};

}  // namespace cachify::views
