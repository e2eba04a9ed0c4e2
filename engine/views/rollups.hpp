#pragma once
// Read model `rollups`: operations, and steps of workflow runs that went to a server, counted per minute,
// hour and day, per connection and over all, so that the dashboard's cost depends on the period it shows and
// not on the length of the log.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"

struct sqlite3;

namespace cachify::views {

struct ReadModelSpec;
[[nodiscard]] ReadModelSpec rollUpsModel();

/// Rows that one query reads per series at most; a longer period is answered in coarser buckets.
inline constexpr std::size_t kMaxBuckets = 2'000;

struct OperationCounts {
  std::uint64_t operations = 0;  ///< all, the blocked ones and steps of runs too
  std::uint64_t errors = 0;
  std::uint64_t blocked = 0;
  std::uint64_t slow = 0;
  std::uint64_t reconnects = 0;  ///< of connections that somebody kept open
  /// Of operations that were not blocked, without steps; off by at most 1.6 %. 0 if there were none.
  std::chrono::microseconds p50{};
  std::chrono::microseconds p95{};
};

struct RollUpFilter {
  WallTime from{};
  WallTime to{};  ///< exclusive
  /// Rounded up to whole minutes, and to what keeps the answer within kMaxBuckets.
  std::chrono::minutes interval{5};
  std::optional<ConnectionId> connectionId{};  ///< nothing: all connections together
};

struct TrendBucket {
  WallTime start{};
  OperationCounts counts{};
};

/// Buckets without operations and reconnects are left out.
struct Trend {
  std::chrono::minutes interval{};  ///< as it was after rounding
  std::vector<TrendBucket> buckets{};
};

struct HeatCell {
  ConnectionId connectionId{};
  std::string environment{};
  WallTime start{};
  OperationCounts counts{};
};

/// At most kMaxBuckets cells; where there would be more, `truncated` says so.
struct Heatmap {
  std::chrono::minutes interval{};
  std::vector<HeatCell> cells{};  ///< by connection, environment, time
  bool truncated = false;
};

/// Bucket bounds are multiples of the interval since 1970, so the first and last bucket may reach beyond the
/// period. VALIDATION_ERROR when the period is empty or the interval is not above 0.
[[nodiscard]] Result<Trend> operationTrend(sqlite3& db, const RollUpFilter& filter);
/// Every connection that was used in the period, or the one asked for, per bucket.
[[nodiscard]] Result<Heatmap> operationHeatmap(sqlite3& db, const RollUpFilter& filter);
/// The same summed up over the period: one cell per connection and environment, `start` is the period's.
[[nodiscard]] Result<Heatmap> operationTotals(sqlite3& db, const RollUpFilter& filter);

struct HeatmapWithTotals {
  Heatmap heatmap{};
  Heatmap totals{};
};
/// Both for the price of one.
[[nodiscard]] Result<HeatmapWithTotals> operationHeatmapWithTotals(sqlite3& db, const RollUpFilter& filter);

}  // namespace cachify::views
