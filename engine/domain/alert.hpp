#pragma once
// What alerts are made of: severities, the product's own sources, and threshold rules with the metrics they
// look at. Pure.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "domain/profile.hpp"

namespace cachify::domain {

enum class Severity : std::uint8_t { info, warning, critical };
[[nodiscard]] std::string_view wireName(Severity severity);
[[nodiscard]] Result<Severity> parseSeverity(std::string_view field, std::string_view text);

/// What raises alerts by itself. Each can be switched off.
enum class AlertSource : std::uint8_t {
  operationFailed,
  operationBlocked,
  operationSlow,
  workflowEnded,  ///< not in success
  connectionLost,
  pluginFaulted,
  logDamaged,
};
[[nodiscard]] std::string_view wireName(AlertSource source);
[[nodiscard]] Result<AlertSource> parseAlertSource(std::string_view text);
[[nodiscard]] std::span<const AlertSource> alertSources();

/// What a rule looks at, over its look-back and for one connection.
enum class AlertMetric : std::uint8_t {
  errorRate,       ///< failed operations of all that were not blocked, 0 to 1
  p95Ms,           ///< of the operations' durations
  operationCount,  ///< the blocked ones too
  errorCount,
  blockedCount,
  slowCount,
  reconnectCount,
  // What the engine's samples told of the server:
  pingMs,           ///< the longest
  opsPerSecond,     ///< on average
  usedMemoryBytes,  ///< the most, like the next
  clients,
  hitRate,  ///< reads that found something of all, 0 to 1
  evictions,
  replicationLagMs,  ///< the longest
};
/// Of the server's samples, not of operations.
[[nodiscard]] bool isOfSamples(AlertMetric metric);
[[nodiscard]] std::string_view wireName(AlertMetric metric);
[[nodiscard]] Result<AlertMetric> parseAlertMetric(std::string_view text);

enum class Comparator : std::uint8_t { above, atLeast, below, atMost };
/// ">", ">=", "<", "<="
[[nodiscard]] std::string_view wireName(Comparator comparator);
[[nodiscard]] Result<Comparator> parseComparator(std::string_view text);
[[nodiscard]] bool holds(double value, Comparator comparator, double threshold);

struct AlertRule {
  AlertRuleId id{};
  std::string name{};  ///< 1 to 80 characters, unique ignoring case
  AlertMetric metric = AlertMetric::errorRate;
  Comparator comparator = Comparator::above;
  double threshold = 0;
  std::chrono::minutes lookBack{5};  ///< 1 to 1 440
  Severity severity = Severity::warning;
  ConnectionId connectionId{};               ///< nil: every connection, each by itself
  std::optional<Environment> environment{};  ///< nothing: any
  bool enabled = true;

  bool operator==(const AlertRule&) const = default;
};

/// VALIDATION_ERROR that names field, value and what is allowed.
[[nodiscard]] Result<void> validate(const AlertRule& rule);

/// How a publisher's failed deliveries are repeated.
struct DeliveryRetry {
  std::uint32_t maxAttempts = 6;             ///< 1 to 20; then the alert is parked
  std::chrono::milliseconds backoff{5'000};  ///< 100 to 3 600 000; doubles with each attempt
  bool operator==(const DeliveryRetry&) const = default;
};
[[nodiscard]] Result<void> validate(const DeliveryRetry& retry);
/// Before the attempt after number `attempt` (from 1); at most an hour.
[[nodiscard]] std::chrono::milliseconds waitAfter(const DeliveryRetry& retry, std::uint32_t attempt);

}  // namespace cachify::domain
