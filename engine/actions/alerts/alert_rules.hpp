#pragma once
// Threshold rules, and the product's own sources of alerts: what is raised when.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "actions/alerts/alert_settings.hpp"
#include "actions/async.hpp"
#include "actions/control_state.hpp"
#include "actions/recorder.hpp"

namespace cachify::actions {

/// What one rule says of one connection by now.
struct RuleReading {
  domain::AlertRule rule{};
  ConnectionId connectionId{};
  std::string connectionName{};
  domain::Environment environment = domain::Environment::dev;
  double value = 0;
  bool isMet = false;
  bool isRaised = false;  ///< this evaluation raised it
};

/// Lives on the network thread. Every change leaves an operation event.
class AlertRules {
 public:
  AlertRules(const Context& context, AlertSettings& settings, ControlState& state, const Recorder& recorder)
      : context_(context), settings_(settings), state_(state), recorder_(recorder) {}

  /// VALIDATION_ERROR for a broken rule or a name in use.
  [[nodiscard]] Task<domain::AlertRule> create(domain::AlertRule rule);
  /// By id, or by name ignoring case. NOT_FOUND otherwise.
  [[nodiscard]] Task<domain::AlertRule> update(std::string idOrName,
                                               std::function<void(domain::AlertRule&)> change);
  [[nodiscard]] Task<domain::AlertRule> remove(std::string idOrName);
  [[nodiscard]] Task<void> switchSource(domain::AlertSource source, bool enabled);

  /// What all rules that are on say now. With `raise`, an alert for each that is met: at most one in each
  /// stretch as long as the rule's look-back, whoever evaluates it.
  [[nodiscard]] Task<std::vector<RuleReading>> evaluate(bool raise);

 private:
  Task<domain::AlertRule> save(domain::AlertRule rule, bool isNew, const AlertSettings::All& all);
  Task<std::vector<RuleReading>> readings(const AlertSettings::All& all);
  Task<void> raise(RuleReading& reading, Uuid changedBy);

  const Context& context_;
  AlertSettings& settings_;
  ControlState& state_;
  const Recorder& recorder_;
};

}  // namespace cachify::actions
