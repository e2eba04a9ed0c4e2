#pragma once
// The event catalogue: every type there is, its number in frames, its wire name and schema version.
// Numbers and names are never reused. A JSON Schema of each payload lies in schemas/events/<wire name>.json.

#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.hpp"

namespace cachify::events {

enum class EventType : std::uint16_t {
  connectionCreated = 100,
  connectionUpdated = 101,
  connectionRemoved = 102,
  connectionTested = 103,
  connectionOpened = 104,
  connectionLost = 105,
  connectionRestored = 106,
  operationCompleted = 200,
  operationFailed = 201,
  operationBlocked = 202,
  snapshotCaptured = 300,
  mutationRequested = 400,
  mutationApplied = 401,
  mutationFailed = 402,
  mutationUnknown = 403,
  mutationBatchRequested = 410,
  mutationBatchSettled = 411,
  workflowTemplateCreated = 500,
  workflowTemplateUpdated = 501,
  workflowTemplateDeleted = 502,
  workflowStarted = 510,
  workflowPlanExtended = 511,
  workflowPlanned = 512,
  workflowStepSucceeded = 513,
  workflowStepFailed = 514,
  workflowStepSkipped = 515,
  workflowFinished = 516,
  workflowCancelled = 517,
  workflowInterrupted = 518,
  workflowResumed = 519,
  workflowClaimed = 520,
  sampleHealth = 600,
  sampleSlowlog = 601,
  sampleKeyspace = 602,
  alertRaised = 700,
  alertRead = 701,
  alertDelivered = 710,
  alertDeliveryFailed = 711,
  alertParked = 712,
  alertReplayed = 713,
  alertPublisherConfigured = 720,
  alertRuleCreated = 730,
  alertRuleUpdated = 731,
  alertRuleDeleted = 732,
  alertSourceSwitched = 733,
  pluginTrusted = 840,
  pluginRevoked = 841,
  pluginFaulted = 842,
  pluginRecovered = 843,
};

struct EventSpec {
  EventType type;
  std::string_view name;  ///< family.past_tense
  std::uint16_t schemaVersion;
};

[[nodiscard]] std::span<const EventSpec> catalogue();
/// Nothing for a number this version does not know (a newer one may have written it).
[[nodiscard]] const EventSpec* findSpec(std::uint16_t number);
[[nodiscard]] const EventSpec& specOf(EventType type);

}  // namespace cachify::events
