#include "views/dashboard.hpp"

#include <algorithm>
#include <map>

#include "events/catalogue.hpp"
#include "views/event_record.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

using std::chrono::microseconds;
using std::chrono::minutes;

constexpr std::size_t kMostRecent = 2'000;

constexpr std::string_view kRecent = R"sql(
  SELECT type, recorded_at, duration_us, action FROM history_events
  WHERE connection_id = ? ORDER BY position DESC LIMIT ?)sql";

/// Exactly, by nearest rank: there are few of them.
microseconds nearestRank(std::vector<microseconds>& times, unsigned percent) {
  if (times.empty()) return {};
  const std::size_t rank = (times.size() * percent + 99) / 100;
  const auto at = times.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::ranges::nth_element(times, at);
  return *at;
}

Result<domain::RecentOperations> recentOperations(Statement& select, ConnectionId connection, WallTime now) {
  constexpr auto kCompleted = static_cast<std::int64_t>(events::EventType::operationCompleted);
  constexpr auto kFailed = static_cast<std::int64_t>(events::EventType::operationFailed);
  constexpr unsigned kHigh = 95;
  domain::RecentOperations recent;
  std::vector<microseconds> times;
  select.open(connection, kMostRecent);
  while (true) {
    const auto row = select.next();
    if (!row) return std::unexpected(row.error());
    if (!*row || select.time(1) <= now - domain::kHealthWindow) break;
    const std::int64_t type = select.integer(0);
    const std::string action = select.text(3);
    if ((type != kCompleted && type != kFailed) || isOfProfile(action)) continue;
    ++recent.operations;
    recent.errors += type == kFailed ? 1U : 0U;
    if (!isOfRun(action)) times.push_back(microseconds(select.integer(2)));
  }
  select.close();
  recent.p95 = nearestRank(times, kHigh);
  return recent;
}

/// So long that all connections together have no more cells than a heatmap may: the next whole number of
/// hours, days.
minutes heatInterval(const DashboardFilter& filter, std::size_t connections) {
  constexpr minutes kDay{24 * 60};
  constexpr minutes kHour{60};
  const auto most = static_cast<std::int64_t>(
      std::max<std::size_t>(kMaxBuckets / 2 / std::max<std::size_t>(connections, 1), 1));
  const minutes period = std::chrono::ceil<minutes>(filter.to - filter.from);
  const minutes needed((period.count() + most - 1) / most);
  const auto wholeOf = [&](minutes unit) {
    return unit * ((needed.count() + unit.count() - 1) / unit.count());
  };
  if (needed <= filter.interval) return filter.interval;
  if (needed > kHour) return wholeOf(kDay);
  return needed > minutes(10) ? wholeOf(kHour) : needed;
}

/// A connection that changed its environment within the period has a cell for each: counts add up, and of the
/// times the longer ones are told.
void addTotals(std::vector<ConnectionHealth>& health, const Heatmap& totals) {
  std::map<ConnectionId, OperationCounts*> byId;
  for (auto& one : health) byId[one.state.connectionId] = &one.counts;
  for (const HeatCell& cell : totals.cells) {
    const auto found = byId.find(cell.connectionId);
    if (found == byId.end()) continue;
    OperationCounts& sum = *found->second;
    sum.operations += cell.counts.operations;
    sum.errors += cell.counts.errors;
    sum.blocked += cell.counts.blocked;
    sum.slow += cell.counts.slow;
    sum.reconnects += cell.counts.reconnects;
    sum.p50 = std::max(sum.p50, cell.counts.p50);
    sum.p95 = std::max(sum.p95, cell.counts.p95);
  }
}

}  // namespace

Result<std::vector<ConnectionHealth>> connectionHealth(sqlite3& db, WallTime now,
                                                       const std::optional<ConnectionId>& connection) {
  auto states = connectionStates(db, connection);
  if (!states) return std::unexpected(states.error());
  Statement select(db, kRecent);
  std::vector<ConnectionHealth> all;
  all.reserve(states->size());
  for (auto& state : *states) {
    ConnectionHealth one{.state = std::move(state)};
    if (one.state.lastOperationAt && *one.state.lastOperationAt > now - domain::kHealthWindow) {
      const auto recent = recentOperations(select, one.state.connectionId, now);
      if (!recent) return std::unexpected(recent.error());
      one.recent = *recent;
    }
    one.health =
        domain::healthOf(one.state.wasUsed, one.state.isReachable, one.recent, one.state.slowThreshold);
    all.push_back(std::move(one));
  }
  return all;
}

Result<Dashboard> dashboard(sqlite3& db, const DashboardFilter& filter) {
  Dashboard out;
  RollUpFilter rollUps{
      .from = filter.from, .to = filter.to, .interval = filter.interval, .connectionId = filter.connectionId};
  auto trend = operationTrend(db, rollUps);
  if (!trend) return std::unexpected(trend.error());
  out.trend = *std::move(trend);
  auto health = connectionHealth(db, filter.now, filter.connectionId);
  if (!health) return std::unexpected(health.error());
  out.health = *std::move(health);
  rollUps.interval = heatInterval(filter, out.health.size());
  auto cells = operationHeatmapWithTotals(db, rollUps);
  if (!cells) return std::unexpected(cells.error());
  out.heatmap = std::move(cells->heatmap);
  out.byEnvironment = std::move(cells->totals);
  addTotals(out.health, out.byEnvironment);
  auto slow = listHistory(db, {.from = filter.from,
                               .to = filter.to,
                               .connectionId = filter.connectionId,
                               .slowOnly = true,
                               .limit = filter.slowOperations});
  if (!slow) return std::unexpected(slow.error());
  out.slow = std::move(slow->rows);
  return out;
}

}  // namespace cachify::views
