#pragma once
// What a threshold rule sees: its metric over its look-back, connection by connection, from the roll-ups.

#include <span>

#include "actions/alerts/alert_rules.hpp"

struct sqlite3;

namespace cachify::actions {

/// One for each connection in the rule's scope of which the metric can be told. Blocks.
[[nodiscard]] Result<std::vector<RuleReading>> readRule(sqlite3& db, const domain::AlertRule& rule,
                                                        std::span<const domain::ConnectionProfile> profiles,
                                                        WallTime now);

}  // namespace cachify::actions
