#pragma once
// alert.publisher_configured, rule_*, source_switched: what alerts there shall be and where they go. The
// stream `alerts` folds to today's settings.

#include <map>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "domain/alert.hpp"
#include "events/catalogue.hpp"

namespace cachify::events {

inline constexpr std::string_view kAlertSettingsStream = "alerts";

/// The whole of a publisher's settings; takes the place of those before.
struct PublisherConfigured {
  static constexpr EventType kType = EventType::alertPublisherConfigured;
  std::string publisher{};
  bool enabled = true;
  domain::Severity minSeverity = domain::Severity::info;
  std::string parameters = "{}";                    ///< JSON object, without secrets
  std::map<std::string, std::string> secretRefs{};  ///< parameter → its name in the secret store
  domain::DeliveryRetry retry{};
  bool operator==(const PublisherConfigured&) const = default;
};

struct AlertRuleCreated {
  static constexpr EventType kType = EventType::alertRuleCreated;
  domain::AlertRule rule{};
  bool operator==(const AlertRuleCreated&) const = default;
};
struct AlertRuleUpdated {
  static constexpr EventType kType = EventType::alertRuleUpdated;
  domain::AlertRule rule{};
  bool operator==(const AlertRuleUpdated&) const = default;
};
struct AlertRuleDeleted {
  static constexpr EventType kType = EventType::alertRuleDeleted;
  AlertRuleId id{};
  std::string name{};
  bool operator==(const AlertRuleDeleted&) const = default;
};

/// Whether one of the product's own sources raises alerts.
struct AlertSourceSwitched {
  static constexpr EventType kType = EventType::alertSourceSwitched;
  domain::AlertSource source = domain::AlertSource::operationFailed;
  bool enabled = true;
  bool operator==(const AlertSourceSwitched&) const = default;
};

[[nodiscard]] std::string encode(const PublisherConfigured& event);
[[nodiscard]] std::string encode(const AlertRuleCreated& event);
[[nodiscard]] std::string encode(const AlertRuleUpdated& event);
[[nodiscard]] std::string encode(const AlertRuleDeleted& event);
[[nodiscard]] std::string encode(const AlertSourceSwitched& event);
[[nodiscard]] Result<void> decode(std::string_view payload, PublisherConfigured& event);
[[nodiscard]] Result<void> decode(std::string_view payload, AlertRuleCreated& event);
[[nodiscard]] Result<void> decode(std::string_view payload, AlertRuleUpdated& event);
[[nodiscard]] Result<void> decode(std::string_view payload, AlertRuleDeleted& event);
[[nodiscard]] Result<void> decode(std::string_view payload, AlertSourceSwitched& event);

}  // namespace cachify::events
