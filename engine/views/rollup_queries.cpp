#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "views/latency_histogram.hpp"
#include "views/rollups.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

using std::chrono::minutes;

struct LevelSpec {
  std::string_view table;
  minutes bucket;
};
constexpr std::array kLevels{LevelSpec{"rollup_minute", minutes(1)}, LevelSpec{"rollup_hour", minutes(60)},
                             LevelSpec{"rollup_day", minutes(24 * 60)}};

/// A period cut into buckets of `interval`, to be read from one table.
struct Cut {
  LevelSpec level;
  minutes interval;
  std::int64_t first;  ///< in buckets of the level
  std::int64_t end;    ///< exclusive
};

std::int64_t floorDiv(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) ? 1 : 0);
}

minutes roundedUp(minutes interval, minutes unit) {
  return unit * ((interval.count() + unit.count() - 1) / unit.count());
}

Cut cutAt(const LevelSpec& level, const RollUpFilter& filter) {
  const minutes interval = roundedUp(filter.interval, level.bucket);
  const auto begin = std::chrono::floor<minutes>(filter.from).time_since_epoch();
  const auto end = std::chrono::ceil<minutes>(filter.to).time_since_epoch();
  const std::int64_t perInterval = interval / level.bucket;
  return {.level = level,
          .interval = interval,
          .first = floorDiv(begin.count(), interval.count()) * perInterval,
          .end = -floorDiv(-end.count(), interval.count()) * perInterval};
}

/// The coarsest table that still has the interval asked for; the next coarser one as long as there are too
/// many rows.
Result<Cut> cutOf(const RollUpFilter& filter) {
  if (filter.to <= filter.from) return fail(ErrorCode::validationError, "the period ends before it begins");
  if (filter.interval <= minutes(0)) return fail(ErrorCode::validationError, "the interval must be above 0");
  Cut best = cutAt(kLevels.front(), filter);
  for (const auto& level : kLevels) {
    const bool tooMany = best.end - best.first > static_cast<std::int64_t>(kMaxBuckets);
    const bool fits = filter.interval % level.bucket == minutes(0);
    if (tooMany || fits) best = cutAt(level, filter);
  }
  return best;
}

/// Sums rows of a roll-up table.
struct Sum {
  OperationCounts counts;
  LatencyHistogram latency;

  /// Six columns from `first` on.
  void add(const Statement& row, int first) {
    counts.operations += static_cast<std::uint64_t>(row.integer(first));
    counts.errors += static_cast<std::uint64_t>(row.integer(first + 1));
    counts.blocked += static_cast<std::uint64_t>(row.integer(first + 2));
    counts.slow += static_cast<std::uint64_t>(row.integer(first + 3));
    counts.reconnects += static_cast<std::uint64_t>(row.integer(first + 4));
    static_cast<void>(latency.mergeEncoded(row.view(first + 5)));
  }
  void merge(const Sum& other) {
    counts.operations += other.counts.operations;
    counts.errors += other.counts.errors;
    counts.blocked += other.counts.blocked;
    counts.slow += other.counts.slow;
    counts.reconnects += other.counts.reconnects;
    latency.merge(other.latency);
  }
  [[nodiscard]] OperationCounts finish() const {
    OperationCounts out = counts;
    constexpr unsigned kMedian = 50;
    constexpr unsigned kHigh = 95;
    out.p50 = latency.quantile(kMedian);
    out.p95 = latency.quantile(kHigh);
    return out;
  }
};

Bytes scopeOf(const std::optional<ConnectionId>& connection) {
  if (!connection) return {};
  const auto& id = connection->value().bytes();
  return Bytes(reinterpret_cast<const char*>(id.data()), id.size());
}

WallTime startOf(std::int64_t bucket, const Cut& cut) {
  const std::int64_t perInterval = cut.interval / cut.level.bucket;
  return WallTime(cut.interval * floorDiv(bucket, perInterval));
}

// One step per connection that has rows at all, whatever their number; then one range of its buckets.
constexpr std::string_view kEachScope = R"sql(
  WITH RECURSIVE scopes (scope) AS (
    SELECT (SELECT min(scope) FROM {table} WHERE scope > x'')
    UNION ALL
    SELECT (SELECT min(scope) FROM {table} t WHERE t.scope > scopes.scope) FROM scopes WHERE scope IS NOT NULL)
  SELECT r.scope, r.environment, r.bucket, r.operation_count, r.error_count, r.blocked_count, r.slow_count,
    r.reconnect_count, r.latency
  FROM scopes CROSS JOIN {table} r ON r.scope = scopes.scope AND r.bucket >= ? AND r.bucket < ?
  WHERE scopes.scope IS NOT NULL)sql";

constexpr std::string_view kOneScope = R"sql(
  SELECT r.scope, r.environment, r.bucket, r.operation_count, r.error_count, r.blocked_count, r.slow_count,
    r.reconnect_count, r.latency
  FROM {table} r WHERE r.bucket >= ? AND r.bucket < ? AND r.scope = ?)sql";

std::string withTable(std::string_view sql, std::string_view table) {
  constexpr std::string_view kPlace = "{table}";
  std::string out(sql);
  for (auto at = out.find(kPlace); at != std::string::npos; at = out.find(kPlace)) {
    out.replace(at, kPlace.size(), table);
  }
  return out;
}

using CellKey = std::tuple<Uuid, std::string, WallTime>;
using Cells = std::map<CellKey, Sum>;

Heatmap heatmapFrom(const Cells& cells, minutes interval) {
  Heatmap out{.interval = interval, .cells = {}, .truncated = cells.size() > kMaxBuckets};
  for (const auto& [key, sum] : cells) {
    if (out.cells.size() == kMaxBuckets) break;
    const auto& [connection, environment, start] = key;
    out.cells.push_back({ConnectionId(connection), environment, start, sum.finish()});
  }
  return out;
}

Cells totalsOf(const Cells& cells, WallTime from) {
  Cells totals;
  for (const auto& [key, sum] : cells) {
    const auto& [connection, environment, start] = key;
    totals[{connection, environment, from}].merge(sum);
  }
  return totals;
}

/// `placeOf` says which cell a bucket's row belongs to.
template <class PlaceOf>
Result<Cells> readCells(sqlite3& db, const Cut& cut, const std::optional<ConnectionId>& connection,
                        PlaceOf placeOf) {
  Statement select(db, withTable(connection ? kOneScope : kEachScope, cut.level.table));
  if (connection) {
    select.open(cut.first, cut.end, Blob{scopeOf(connection)});
  } else {
    select.open(cut.first, cut.end);
  }
  Cells cells;
  while (true) {
    const auto row = select.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return cells;
    cells[{select.uuid(0), select.text(1), placeOf(select.integer(2))}].add(select, 3);
  }
}

}  // namespace

Result<Trend> operationTrend(sqlite3& db, const RollUpFilter& filter) {
  const auto cut = cutOf(filter);
  if (!cut) return std::unexpected(cut.error());
  Statement select(
      db,
      withTable(
          "SELECT bucket, operation_count, error_count, blocked_count, slow_count, reconnect_count, latency "
          "FROM {table} WHERE scope = ? AND bucket >= ? AND bucket < ?",
          cut->level.table));
  select.open(Blob{scopeOf(filter.connectionId)}, cut->first, cut->end);
  std::map<WallTime, Sum> sums;
  while (true) {
    const auto row = select.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) break;
    sums[startOf(select.integer(0), *cut)].add(select, 1);
  }
  Trend out{.interval = cut->interval, .buckets = {}};
  for (const auto& [start, sum] : sums) out.buckets.push_back({start, sum.finish()});
  return out;
}

Result<HeatmapWithTotals> operationHeatmapWithTotals(sqlite3& db, const RollUpFilter& filter) {
  const auto cut = cutOf(filter);
  if (!cut) return std::unexpected(cut.error());
  const auto cells =
      readCells(db, *cut, filter.connectionId, [&](std::int64_t bucket) { return startOf(bucket, *cut); });
  if (!cells) return std::unexpected(cells.error());
  return HeatmapWithTotals{.heatmap = heatmapFrom(*cells, cut->interval),
                           .totals = heatmapFrom(totalsOf(*cells, filter.from), cut->interval)};
}

Result<Heatmap> operationHeatmap(sqlite3& db, const RollUpFilter& filter) {
  auto both = operationHeatmapWithTotals(db, filter);
  if (!both) return std::unexpected(both.error());
  return std::move(both->heatmap);
}

Result<Heatmap> operationTotals(sqlite3& db, const RollUpFilter& filter) {
  const auto cut = cutOf(filter);
  if (!cut) return std::unexpected(cut.error());
  const auto cells = readCells(db, *cut, filter.connectionId, [&](std::int64_t) { return filter.from; });
  if (!cells) return std::unexpected(cells.error());
  return heatmapFrom(*cells, cut->interval);
}

}  // namespace cachify::views
