#pragma once
// What a server's statistics say of its health. Pure: from the server's own words to numbers.

#include <map>
#include <optional>
#include <string>

#include "cache/server_stats.hpp"
#include "core/call_context.hpp"
#include "events/sample_events.hpp"

namespace cachify::actions {

/// What one server counts since its start.
struct ServerTotals {
  std::optional<std::uint64_t> commands{};
  std::optional<std::uint64_t> hits{};
  std::optional<std::uint64_t> misses{};
  std::optional<std::uint64_t> evictions{};

  bool operator==(const ServerTotals&) const = default;
};

struct ServerReading {
  events::HealthSample sample{};  ///< without connection, latency, and what needs the reading before
  std::map<std::string, ServerTotals> totals{};  ///< by node; of one server alone under ""
  SteadyTime at{};
};

/// Of `general` statistics, of Redis or Memcached. What is not there, or no number, is not known.
[[nodiscard]] ServerReading readingOf(const cache::ServerStats& stats, SteadyTime at);
/// The word of CLUSTER INFO, of all nodes the worst; empty: not told.
[[nodiscard]] std::string clusterStateOf(const cache::ServerStats& stats);
/// Fills in what happened since `before`: nothing where nodes are not the same, or one of them started anew
/// meanwhile.
void countSince(const ServerReading& before, ServerReading& now);

}  // namespace cachify::actions
