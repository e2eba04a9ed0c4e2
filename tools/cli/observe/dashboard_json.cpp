#include <algorithm>
#include <boost/json/array.hpp>

#include "observe/dashboard_output.hpp"
#include "output/json_text.hpp"

namespace cachify::cli {

using views::ConnectionHealth;
using views::OperationCounts;

namespace {

double shareOf(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// Blocked attempts never reached a server.
double errorRateOf(const OperationCounts& counts) {
  return shareOf(counts.errors, counts.operations - std::min(counts.blocked, counts.operations));
}

void putCount(json::object& object, std::string_view name, const std::optional<std::uint64_t>& count) {
  if (count) object[name] = *count;
}

json::object serverJson(const events::HealthSample& sample, WallTime at) {
  json::object object{
      {"sampledAt", toIso8601(at)}, {"latencyMs", toMs(sample.latency)}, {"nodes", sample.nodes}};
  putCount(object, "opsPerSecond", sample.opsPerSecond);
  putCount(object, "usedMemoryBytes", sample.usedMemoryBytes);
  putCount(object, "maxMemoryBytes", sample.maxMemoryBytes);
  putCount(object, "clients", sample.clients);
  putCount(object, "evictions", sample.evictions);
  putCount(object, "replicas", sample.replicas);
  putCount(object, "replicationLagMs", sample.replicationLagMs);
  if (sample.hits && sample.misses && *sample.hits + *sample.misses > 0)
    object["hitRate"] = shareOf(*sample.hits, *sample.hits + *sample.misses);
  if (!sample.role.empty()) object["role"] = sample.role;
  if (!sample.replication.empty()) object["replication"] = sample.replication;
  if (!sample.clusterState.empty()) object["clusterState"] = sample.clusterState;
  return object;
}

json::array cellsJson(const views::Heatmap& map, bool byTime) {
  json::array cells;
  for (const auto& cell : map.cells) {
    json::object object{{"connectionId", cell.connectionId.toString()}, {"environment", cell.environment},
                        {"operationCount", cell.counts.operations},     {"errorCount", cell.counts.errors},
                        {"blockedCount", cell.counts.blocked},          {"p95Ms", toMs(cell.counts.p95)}};
    if (byTime) object["bucket"] = toIso8601(cell.start);
    cells.push_back(std::move(object));
  }
  return cells;
}

json::array trendJson(const views::Trend& trend) {
  json::array buckets;
  for (const auto& [start, counts] : trend.buckets)
    buckets.push_back(json::object{{"bucket", toIso8601(start)},
                                   {"operationCount", counts.operations},
                                   {"errorCount", counts.errors},
                                   {"blockedCount", counts.blocked},
                                   {"slowOpCount", counts.slow},
                                   {"reconnectCount", counts.reconnects},
                                   {"p50Ms", toMs(counts.p50)},
                                   {"p95Ms", toMs(counts.p95)}});
  return buckets;
}

}  // namespace

json::object toJson(const ConnectionHealth& one) {
  const auto& state = one.state;
  json::object object{{"connectionId", state.connectionId.toString()},
                      {"name", state.name},
                      {"engine", state.engine},
                      {"environment", state.environment},
                      {"status", domain::wireName(one.health)},
                      {"latencyP95Ms", toMs(one.counts.p95)},
                      {"errorRate", errorRateOf(one.counts)},
                      {"opsPerSecond", static_cast<double>(one.recent.operations) /
                                           static_cast<double>(domain::kHealthWindow.count())},
                      {"operationCount", one.counts.operations},
                      {"errorCount", one.counts.errors},
                      {"blockedCount", one.counts.blocked},
                      {"slowOpCount", one.counts.slow},
                      {"reconnectCount", one.counts.reconnects},
                      {"slowThresholdMs", state.slowThreshold.count()},
                      {"lastMinute", json::object{{"operationCount", one.recent.operations},
                                                  {"errorCount", one.recent.errors},
                                                  {"errorRate", one.recent.errorRate()},
                                                  {"latencyP95Ms", toMs(one.recent.p95)}}}};
  if (state.since) object["since"] = toIso8601(*state.since);
  if (!state.errorCode.empty()) object["errorCode"] = state.errorCode;
  if (!state.message.empty()) object["message"] = state.message;
  if (state.sample && state.sampledAt) object["server"] = serverJson(*state.sample, *state.sampledAt);
  return object;
}

json::object toJson(const views::Dashboard& dashboard, WallTime generatedAt) {
  json::array health;
  for (const auto& one : dashboard.health) health.push_back(toJson(one));
  json::array slow;
  for (const auto& row : dashboard.slow) slow.push_back(toJson(row));
  return {{"generatedAt", toIso8601(generatedAt)},
          {"health", std::move(health)},
          {"trendIntervalMinutes", dashboard.trend.interval.count()},
          {"trends", trendJson(dashboard.trend)},
          {"heatmapIntervalMinutes", dashboard.heatmap.interval.count()},
          {"heatmapTruncated", dashboard.heatmap.truncated},
          {"heatmap", cellsJson(dashboard.heatmap, true)},
          {"byEnvironment", cellsJson(dashboard.byEnvironment, false)},
          {"slowOperations", std::move(slow)}};
}

}  // namespace cachify::cli
