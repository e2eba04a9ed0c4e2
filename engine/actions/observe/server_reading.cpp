#include "actions/observe/server_reading.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace cachify::actions {
namespace {

using Count = std::optional<std::uint64_t>;
using Values = std::map<std::string, std::string, std::less<>>;

/// Everything one node says, whatever the section.
std::map<std::string, Values> byNode(const cache::ServerStats& stats) {
  std::map<std::string, Values> nodes;
  for (const auto& section : stats.sections) {
    auto& values = nodes[section.node];
    for (const auto& [name, value] : section.values) values.try_emplace(name, value);
  }
  return nodes;
}

Count numberIn(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (error != std::errc() || end != text.data() + text.size() || number > kMost) return std::nullopt;
  return number;
}

std::string_view textOf(const Values& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string_view() : std::string_view(found->second);
}

/// Redis' name, else Memcached's.
Count countOf(const Values& values, std::string_view redis, std::string_view memcached) {
  const Count count = numberIn(textOf(values, redis));
  return count ? count : numberIn(textOf(values, memcached));
}

void add(Count& sum, Count part) {
  if (part) sum = sum.value_or(0) + *part;
}

void takeLonger(Count& longest, Count part) {
  if (part) longest = std::max(longest.value_or(0), *part);
}

/// "ip=10.0.0.2,port=6379,state=online,offset=42,lag=1"
Count lagOf(std::string_view replica) {
  constexpr std::string_view kName = "lag=";
  const auto at = replica.find(kName);
  if (at == std::string_view::npos) return std::nullopt;
  const auto rest = replica.substr(at + kName.size());
  return numberIn(rest.substr(0, rest.find(',')));
}

Count replicationLagOf(const Values& values, Count replicas) {
  constexpr std::uint64_t kMsPerSecond = 1000;
  Count seconds = numberIn(textOf(values, "master_last_io_seconds_ago"));
  for (std::uint64_t i = 0; i < std::min<std::uint64_t>(replicas.value_or(0), 1000); ++i)
    takeLonger(seconds, lagOf(textOf(values, "slave" + std::to_string(i))));
  if (!seconds || *seconds > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  return *seconds * kMsPerSecond;
}

/// Memcached counts its commands by kind.
Count commandsOf(const Values& values) {
  Count all;
  for (const auto name : {"cmd_get", "cmd_set", "cmd_touch", "cmd_flush", "delete_hits", "delete_misses",
                          "incr_hits", "incr_misses", "decr_hits", "decr_misses"})
    add(all, numberIn(textOf(values, name)));
  return all;
}

std::string roleOf(const Values& values) {
  const std::string_view role = textOf(values, "role");
  if (role == "master") return "master";
  if (role == "slave") return "replica";
  return values.contains("cmd_get") ? "memcached" : "";
}

void addNode(events::HealthSample& sample, const Values& values) {
  add(sample.opsPerSecond, numberIn(textOf(values, "instantaneous_ops_per_sec")));
  add(sample.usedMemoryBytes, countOf(values, "used_memory", "bytes"));
  add(sample.maxMemoryBytes, countOf(values, "maxmemory", "limit_maxbytes"));
  add(sample.clients, countOf(values, "connected_clients", "curr_connections"));
  const Count replicas = numberIn(textOf(values, "connected_slaves"));
  add(sample.replicas, replicas);
  takeLonger(sample.replicationLagMs, replicationLagOf(values, replicas));
  const std::string_view link = textOf(values, "master_link_status");
  if (link == "up" || link == "down") sample.replication = link;
}

/// Nothing where it counts less than before: it was reset, or started anew.
Count grownBy(Count before, Count now) {
  if (!before || !now || *now < *before) return std::nullopt;
  return *now - *before;
}

using Total = Count ServerTotals::*;

/// Over all nodes; nothing as soon as one of them cannot be told.
Count grownBy(const ServerReading& before, const ServerReading& now, Total total) {
  Count sum = 0;
  for (const auto& [node, totals] : now.totals) {
    const auto earlier = before.totals.find(node);
    if (earlier == before.totals.end()) return std::nullopt;
    const Count part = grownBy(earlier->second.*total, totals.*total);
    if (!part) return std::nullopt;
    add(sum, part);
  }
  return now.totals.empty() ? std::nullopt : sum;
}

}  // namespace

ServerReading readingOf(const cache::ServerStats& stats, SteadyTime at) {
  ServerReading reading;
  reading.at = at;
  const auto nodes = byNode(stats);
  for (const auto& [node, values] : nodes) {
    addNode(reading.sample, values);
    reading.totals[node] = {.commands = commandsOf(values),
                            .hits = countOf(values, "keyspace_hits", "get_hits"),
                            .misses = countOf(values, "keyspace_misses", "get_misses"),
                            .evictions = countOf(values, "evicted_keys", "evictions")};
  }
  reading.sample.nodes = static_cast<std::uint32_t>(std::max<std::size_t>(nodes.size(), 1));
  const bool isCluster = !nodes.empty() && !nodes.begin()->first.empty();
  if (isCluster) {
    reading.sample.role = "cluster";
  } else if (!nodes.empty()) {
    reading.sample.role = roleOf(nodes.begin()->second);
  }
  return reading;
}

std::string clusterStateOf(const cache::ServerStats& stats) {
  std::string worst;
  for (const auto& [node, values] : byNode(stats)) {
    const std::string_view state = textOf(values, "cluster_state");
    if (!state.empty() && (worst.empty() || worst == "ok")) worst = state;
  }
  return worst;
}

void countSince(const ServerReading& before, ServerReading& now) {
  now.sample.hits = grownBy(before, now, &ServerTotals::hits);
  now.sample.misses = grownBy(before, now, &ServerTotals::misses);
  now.sample.evictions = grownBy(before, now, &ServerTotals::evictions);
  const std::chrono::duration<double> seconds = now.at - before.at;
  const Count commands = grownBy(before, now, &ServerTotals::commands);
  if (!now.sample.opsPerSecond && commands && seconds.count() > 0)
    now.sample.opsPerSecond =
        static_cast<std::uint64_t>(std::llround(static_cast<double>(*commands) / seconds.count()));
}

}  // namespace cachify::actions
