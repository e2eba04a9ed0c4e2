#include "actions/alerts/rule_readings.hpp"

#include "views/rollups.hpp"

namespace cachify::actions {
namespace {

using domain::AlertMetric;

/// Nothing where there was nothing to measure.
std::optional<double> metricOf(AlertMetric metric, const views::OperationCounts& counts) {
  const auto ran = static_cast<double>(counts.operations - counts.blocked);
  switch (metric) {
    case AlertMetric::errorRate:
      return ran > 0 ? std::optional(static_cast<double>(counts.errors) / ran) : std::nullopt;
    case AlertMetric::p95Ms:
      return ran > 0 ? std::optional(static_cast<double>(counts.p95.count()) / 1000.0) : std::nullopt;
    case AlertMetric::operationCount:
      return static_cast<double>(counts.operations);
    case AlertMetric::errorCount:
      return static_cast<double>(counts.errors);
    case AlertMetric::blockedCount:
      return static_cast<double>(counts.blocked);
    case AlertMetric::slowCount:
      return static_cast<double>(counts.slow);
    case AlertMetric::reconnectCount:
      return static_cast<double>(counts.reconnects);
  }
  return std::nullopt;
}

bool isInScope(const domain::AlertRule& rule, const domain::ConnectionProfile& profile) {
  return (rule.connectionId.isNil() || rule.connectionId == profile.id) &&
         (!rule.environment || *rule.environment == profile.environment);
}

}  // namespace

Result<std::vector<RuleReading>> readRule(sqlite3& db, const domain::AlertRule& rule,
                                          std::span<const domain::ConnectionProfile> profiles, WallTime now) {
  const auto totals = views::operationTotals(
      db, {.from = now - rule.lookBack, .to = now, .interval = std::chrono::minutes(1), .connectionId = {}});
  if (!totals) return std::unexpected(totals.error());
  std::vector<RuleReading> readings;
  for (const auto& profile : profiles) {
    if (!isInScope(rule, profile)) continue;
    views::OperationCounts counts;
    for (const auto& cell : totals->cells) {
      if (cell.connectionId == profile.id && cell.environment == domain::wireName(profile.environment))
        counts = cell.counts;
    }
    const auto value = metricOf(rule.metric, counts);
    if (!value) continue;
    readings.push_back({.rule = rule,
                        .connectionId = profile.id,
                        .connectionName = profile.name,
                        .environment = profile.environment,
                        .value = *value,
                        .isMet = domain::holds(*value, rule.comparator, rule.threshold)});
  }
  return readings;
}

}  // namespace cachify::actions
