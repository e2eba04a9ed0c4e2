#include "actions/alerts/rule_readings.hpp"

#include <algorithm>

#include "views/rollups.hpp"
#include "views/server_samples.hpp"

namespace cachify::actions {
namespace {

using domain::AlertMetric;
using domain::AlertRule;

/// Nothing where there was nothing to measure, or where the metric is of samples.
std::optional<double> ofOperations(AlertMetric metric, const views::OperationCounts& counts) {
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
    default:
      return std::nullopt;
  }
}

/// Of several the highest; nothing where no sample told it.
template <class Of>
std::optional<double> highest(std::span<const views::SampleBucket> buckets, Of of) {
  std::optional<double> most;
  for (const auto& bucket : buckets) {
    if (const auto value = of(bucket)) most = std::max(most.value_or(0), static_cast<double>(*value));
  }
  return most;
}

std::optional<double> meanOperations(std::span<const views::SampleBucket> buckets) {
  double sum = 0;
  double samples = 0;
  for (const auto& bucket : buckets) {
    if (!bucket.opsPerSecondMean) continue;
    sum += static_cast<double>(*bucket.opsPerSecondMean) * static_cast<double>(bucket.samples);
    samples += static_cast<double>(bucket.samples);
  }
  return samples > 0 ? std::optional(sum / samples) : std::nullopt;
}

std::optional<double> hitRate(std::span<const views::SampleBucket> buckets) {
  views::SampleBucket sum;
  for (const auto& bucket : buckets) {
    sum.hits += bucket.hits;
    sum.misses += bucket.misses;
  }
  return sum.hitRate();
}

std::optional<double> ofSamples(AlertMetric metric, std::span<const views::SampleBucket> buckets) {
  using Bucket = views::SampleBucket;
  switch (metric) {
    case AlertMetric::pingMs:
      return highest(buckets, [](const Bucket& one) {
        return std::optional(static_cast<double>(one.latencyMax.count()) / 1000.0);
      });
    case AlertMetric::opsPerSecond:
      return meanOperations(buckets);
    case AlertMetric::usedMemoryBytes:
      return highest(buckets, [](const Bucket& one) { return one.usedMemoryMaxBytes; });
    case AlertMetric::clients:
      return highest(buckets, [](const Bucket& one) { return one.clientsMax; });
    case AlertMetric::hitRate:
      return hitRate(buckets);
    case AlertMetric::evictions: {
      double sum = 0;
      for (const auto& bucket : buckets) sum += static_cast<double>(bucket.evictions);
      return buckets.empty() ? std::nullopt : std::optional(sum);
    }
    case AlertMetric::replicationLagMs:
      return highest(buckets, [](const Bucket& one) { return one.replicationLagMaxMs; });
    default:
      return std::nullopt;
  }
}

bool isOfSamples(AlertMetric metric) {
  return metric >= AlertMetric::pingMs;
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
  views::Heatmap totals;
  if (!isOfSamples(rule.metric)) {
    auto read = views::operationTotals(
        db, {.from = from, .to = now, .interval = std::chrono::minutes(1), .connectionId = {}});
    if (!read) return std::unexpected(read.error());
    totals = *std::move(read);
  }
  std::vector<RuleReading> readings;
  for (const auto& profile : profiles) {
    if (!isInScope(rule, profile)) continue;
    std::optional<double> value;
    if (isOfSamples(rule.metric)) {
      const auto trend = views::sampleTrend(db, {.connectionId = profile.id, .from = from, .to = now});
      if (!trend) return std::unexpected(trend.error());
      value = ofSamples(rule.metric, trend->buckets);
    } else {
      value = ofOperations(rule.metric, countsOf(totals, profile));
    }
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
