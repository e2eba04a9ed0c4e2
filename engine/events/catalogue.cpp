#include "events/catalogue.hpp"

#include <algorithm>
#include <array>

namespace cachify::events {
namespace {

constexpr std::array kCatalogue{
    EventSpec{EventType::connectionCreated, "connection.created", 1},
    EventSpec{EventType::connectionUpdated, "connection.updated", 1},
    EventSpec{EventType::connectionRemoved, "connection.removed", 1},
    EventSpec{EventType::connectionTested, "connection.tested", 1},
    EventSpec{EventType::connectionOpened, "connection.opened", 1},
    EventSpec{EventType::connectionLost, "connection.lost", 1},
    EventSpec{EventType::connectionRestored, "connection.restored", 1},
    EventSpec{EventType::operationCompleted, "operation.completed", 1},
    EventSpec{EventType::operationFailed, "operation.failed", 1},
    EventSpec{EventType::operationBlocked, "operation.blocked", 1},
    EventSpec{EventType::snapshotCaptured, "snapshot.captured", 2},
    EventSpec{EventType::mutationRequested, "mutation.requested", 1},
    EventSpec{EventType::mutationApplied, "mutation.applied", 2},
    EventSpec{EventType::mutationFailed, "mutation.failed", 1},
    EventSpec{EventType::mutationUnknown, "mutation.unknown", 1},
    EventSpec{EventType::mutationBatchRequested, "mutation.batch_requested", 1},
    EventSpec{EventType::mutationBatchSettled, "mutation.batch_settled", 1},
    EventSpec{EventType::workflowTemplateCreated, "workflow.template_created", 1},
    EventSpec{EventType::workflowTemplateUpdated, "workflow.template_updated", 1},
    EventSpec{EventType::workflowTemplateDeleted, "workflow.template_deleted", 1},
    EventSpec{EventType::workflowStarted, "workflow.started", 1},
    EventSpec{EventType::workflowPlanExtended, "workflow.plan_extended", 1},
    EventSpec{EventType::workflowPlanned, "workflow.planned", 1},
    EventSpec{EventType::workflowStepSucceeded, "workflow.step_succeeded", 1},
    EventSpec{EventType::workflowStepFailed, "workflow.step_failed", 1},
    EventSpec{EventType::workflowStepSkipped, "workflow.step_skipped", 1},
    EventSpec{EventType::workflowFinished, "workflow.finished", 1},
    EventSpec{EventType::workflowCancelled, "workflow.cancelled", 1},
    EventSpec{EventType::workflowInterrupted, "workflow.interrupted", 1},
    EventSpec{EventType::workflowResumed, "workflow.resumed", 1},
    EventSpec{EventType::workflowClaimed, "workflow.claimed", 1},
    EventSpec{EventType::sampleHealth, "sample.health", 1},
    EventSpec{EventType::sampleSlowlog, "sample.slowlog", 1},
    EventSpec{EventType::sampleKeyspace, "sample.keyspace", 1},
    EventSpec{EventType::alertRaised, "alert.raised", 1},
    EventSpec{EventType::alertRead, "alert.read", 1},
    EventSpec{EventType::alertDelivered, "alert.delivered", 1},
    EventSpec{EventType::alertDeliveryFailed, "alert.delivery_failed", 1},
    EventSpec{EventType::alertParked, "alert.parked", 1},
    EventSpec{EventType::alertReplayed, "alert.replayed", 1},
    EventSpec{EventType::alertPublisherConfigured, "alert.publisher_configured", 1},
    EventSpec{EventType::alertRuleCreated, "alert.rule_created", 1},
    EventSpec{EventType::alertRuleUpdated, "alert.rule_updated", 1},
    EventSpec{EventType::alertRuleDeleted, "alert.rule_deleted", 1},
    EventSpec{EventType::alertSourceSwitched, "alert.source_switched", 1},
    EventSpec{EventType::pluginTrusted, "plugin.trusted", 1},
    EventSpec{EventType::pluginRevoked, "plugin.revoked", 1},
    EventSpec{EventType::pluginFaulted, "plugin.faulted", 1},
    EventSpec{EventType::pluginRecovered, "plugin.recovered", 1},
};

}  // namespace

std::span<const EventSpec> catalogue() {
  return kCatalogue;
}

const EventSpec* findSpec(std::uint16_t number) {
  const auto found = std::ranges::find(kCatalogue, static_cast<EventType>(number), &EventSpec::type);
  return found == kCatalogue.end() ? nullptr : &*found;
}

const EventSpec& specOf(EventType type) {
  return *std::ranges::find(kCatalogue, type, &EventSpec::type);
}

}  // namespace cachify::events
