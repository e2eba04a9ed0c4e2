#include "actions/alerts/rule_readings.hpp"

#include "views/rollups.hpp"
#include "views/server_samples.hpp"

namespace cachify::actions {
namespace {

using domain::AlertMetric;
using domain::AlertRule;

template <class T>
std::optional<double> number(const std::optional<T>& value) {
  return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

/// Over the look-back, as far as the metric wants to know it.
struct Measured {
  views::OperationCounts operations{};
  views::SampleBucket samples{};
};

/// Nothing where there was nothing to measure.
std::optional<double> metricOf(AlertMetric metric, const Measured& measured) {
  const auto& [counts, samples] = measured;
  const auto ran = static_cast<double>(counts.operations - counts.blocked);
  const bool isSampled = samples.samples > 0;
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
    case AlertMetric::pingMs:
      return isSampled ? std::optional(static_cast<double>(samples.latencyMax.count()) / 1000.0)
                       : std::nullopt;
    case AlertMetric::opsPerSecond:
      return samples.opsPerSecondMean;
    case AlertMetric::usedMemoryBytes:
      return number(samples.usedMemoryMaxBytes);
    case AlertMetric::clients:
      return number(samples.clientsMax);
    case AlertMetric::hitRate:
      return samples.hitRate();
    case AlertMetric::evictions:
      return isSampled ? std::optional(static_cast<double>(samples.evictions)) : std::nullopt;
    case AlertMetric::replicationLagMs:
      return number(samples.replicationLagMaxMs);
  }
  return std::nullopt;
}

bool isInScope(const AlertRule& rule, const domain::ConnectionProfile& profile) {
  return (rule.connectionId.isNil() || rule.connectionId == profile.id) &&
         (!rule.environment || *rule.environment == profile.environment);
}

views::OperationCounts countsOf(const views::Heatmap& totals, const domain::ConnectionProfile& profile) {
  for (const auto& cell : totals.cells) {
    if (cell.connectionId == profile.id && cell.environment == domain::wireName(profile.environment))
      return cell.counts;
  }
  return {};
}

}  // namespace

Result<std::vector<RuleReading>> readRule(sqlite3& db, const AlertRule& rule,
                                          std::span<const domain::ConnectionProfile> profiles, WallTime now) {
  const WallTime from = now - rule.lookBack;
  const bool isOfSamples = domain::isOfSamples(rule.metric);
  views::Heatmap totals;
  if (!isOfSamples) {
    auto read = views::operationTotals(
        db, {.from = from, .to = now, .interval = std::chrono::minutes(1), .connectionId = {}});
    if (!read) return std::unexpected(read.error());
    totals = *std::move(read);
  }
  std::vector<RuleReading> readings;
  for (const auto& profile : profiles) {
    if (!isInScope(rule, profile)) continue;
    Measured measured{.operations = countsOf(totals, profile)};
    if (isOfSamples) {
      auto read = views::sampleTotals(db, {.connectionId = profile.id, .from = from, .to = now});
      if (!read) return std::unexpected(read.error());
      measured.samples = *std::move(read);
    }
    const auto value = metricOf(rule.metric, measured);
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
