#include "domain/alert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/invalid_value.hpp"
#include "domain/words.hpp"

namespace cachify::domain {
namespace {

constexpr Words<Severity, 3> kSeverities{
    {{Severity::info, "info"}, {Severity::warning, "warning"}, {Severity::critical, "critical"}}};

constexpr Words<AlertSource, 7> kAlertSources{{{AlertSource::operationFailed, "operationFailed"},
                                               {AlertSource::operationBlocked, "operationBlocked"},
                                               {AlertSource::operationSlow, "operationSlow"},
                                               {AlertSource::workflowEnded, "workflowEnded"},
                                               {AlertSource::connectionLost, "connectionLost"},
                                               {AlertSource::pluginFaulted, "pluginFaulted"},
                                               {AlertSource::logDamaged, "logDamaged"}}};

constexpr Words<AlertMetric, 14> kAlertMetrics{{{AlertMetric::errorRate, "errorRate"},
                                                {AlertMetric::p95Ms, "p95Ms"},
                                                {AlertMetric::operationCount, "operationCount"},
                                                {AlertMetric::errorCount, "errorCount"},
                                                {AlertMetric::blockedCount, "blockedCount"},
                                                {AlertMetric::slowCount, "slowCount"},
                                                {AlertMetric::reconnectCount, "reconnectCount"},
                                                {AlertMetric::pingMs, "pingMs"},
                                                {AlertMetric::opsPerSecond, "opsPerSecond"},
                                                {AlertMetric::usedMemoryBytes, "usedMemoryBytes"},
                                                {AlertMetric::clients, "clients"},
                                                {AlertMetric::hitRate, "hitRate"},
                                                {AlertMetric::evictions, "evictions"},
                                                {AlertMetric::replicationLagMs, "replicationLagMs"}}};

constexpr Words<Comparator, 4> kComparators{{{Comparator::above, ">"},
                                             {Comparator::atLeast, ">="},
                                             {Comparator::below, "<"},
                                             {Comparator::atMost, "<="}}};

constexpr std::size_t kMaxRuleName = 80;
constexpr std::chrono::minutes kLongestLookBack{1440};
constexpr std::chrono::milliseconds kLongestDeliveryWait{3'600'000};

}  // namespace

std::string_view wireName(Severity severity) {
  return wordOf(kSeverities, severity);
}
Result<Severity> parseSeverity(std::string_view field, std::string_view text) {
  return parseWord(kSeverities, field, text);
}

std::string_view wireName(AlertSource source) {
  return wordOf(kAlertSources, source);
}
Result<AlertSource> parseAlertSource(std::string_view text) {
  return parseWord(kAlertSources, "source", text);
}
std::span<const AlertSource> alertSources() {
  static const auto kAll = [] {
    std::array<AlertSource, kAlertSources.size()> all{};
    std::ranges::transform(kAlertSources, all.begin(), [](const auto& word) { return word.first; });
    return all;
  }();
  return kAll;
}

bool isOfSamples(AlertMetric metric) {
  return metric >= AlertMetric::pingMs;
}
std::string_view wireName(AlertMetric metric) {
  return wordOf(kAlertMetrics, metric);
}
Result<AlertMetric> parseAlertMetric(std::string_view text) {
  return parseWord(kAlertMetrics, "metric", text);
}

std::string_view wireName(Comparator comparator) {
  return wordOf(kComparators, comparator);
}
Result<Comparator> parseComparator(std::string_view text) {
  return parseWord(kComparators, "comparator", text);
}

bool holds(double value, Comparator comparator, double threshold) {
  switch (comparator) {
    case Comparator::above:
      return value > threshold;
    case Comparator::atLeast:
      return value >= threshold;
    case Comparator::below:
      return value < threshold;
    case Comparator::atMost:
      return value <= threshold;
  }
  return false;
}

Result<void> validate(const AlertRule& rule) {
  const bool isBlank = rule.name.find_first_not_of(' ') == std::string::npos;
  if (isBlank || rule.name.size() > kMaxRuleName || escapeForDisplay(rule.name) != rule.name)
    return invalidValue("name", rule.name, "1 to 80 characters");
  if (!std::isfinite(rule.threshold) || rule.threshold < 0)
    return invalidValue("threshold", fmt::to_string(rule.threshold), "0 or more");
  const bool isShare = rule.metric == AlertMetric::errorRate || rule.metric == AlertMetric::hitRate;
  if (isShare && rule.threshold > 1)
    return invalidValue("threshold", fmt::to_string(rule.threshold),
                        fmt::format("0 to 1 for {}", wireName(rule.metric)));
  if (rule.lookBack < std::chrono::minutes(1) || rule.lookBack > kLongestLookBack)
    return invalidValue("lookBackMinutes", fmt::to_string(rule.lookBack.count()), "1 to 1440");
  return {};
}

Result<void> validate(const DeliveryRetry& retry) {
  if (retry.maxAttempts < 1 || retry.maxAttempts > 20)
    return invalidValue("maxAttempts", fmt::to_string(retry.maxAttempts), "1 to 20");
  if (retry.backoff < std::chrono::milliseconds(100) || retry.backoff > kLongestDeliveryWait)
    return invalidValue("backoffMs", fmt::to_string(retry.backoff.count()), "100 to 3600000");
  return {};
}

std::chrono::milliseconds waitAfter(const DeliveryRetry& retry, std::uint32_t attempt) {
  const std::uint32_t doublings = std::min(attempt > 0 ? attempt - 1 : 0, 20U);
  return std::min(retry.backoff * (std::int64_t{1} << doublings), kLongestDeliveryWait);
}

}  // namespace cachify::domain
