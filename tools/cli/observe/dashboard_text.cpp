#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "observe/dashboard_output.hpp"
#include "output/plain_words.hpp"
#include "output/table.hpp"
#include "views/time_columns.hpp"

namespace cachify::cli {

using views::ConnectionHealth;
using views::HeatCell;
using views::OperationCounts;

namespace {

/// What a terminal has room for beside a name.
constexpr std::size_t kMostColumns = 60;
constexpr std::size_t kMostTrendRows = 24;

Style styleOf(domain::Health health) {
  switch (health) {
    case domain::Health::healthy:
      return Style::good;
    case domain::Health::degraded:
      return Style::warning;
    case domain::Health::offline:
      return Style::bad;
    case domain::Health::unknown:
      break;
  }
  return Style::faint;
}

std::string timeWords(std::chrono::microseconds time, std::uint64_t operations) {
  return operations == 0 ? "-" : durationWords(time);
}

std::string percentWords(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "-"
                    : fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string serverWords(const ConnectionHealth& one, WallTime now) {
  if (one.health == domain::Health::offline)
    return one.state.message.empty() ? one.state.errorCode : one.state.message;
  if (!one.state.sample) return {};
  const auto& sample = *one.state.sample;
  std::string words = "ping " + durationWords(sample.latency);
  if (sample.opsPerSecond) words += fmt::format(", {} ops/s", countWords(*sample.opsPerSecond));
  if (sample.usedMemoryBytes) words += ", " + sizeWords(*sample.usedMemoryBytes);
  if (sample.clients) words += ", " + plural(*sample.clients, "client");
  if (sample.hits && sample.misses && *sample.hits + *sample.misses > 0)
    words += ", hits " + percentWords(*sample.hits, *sample.hits + *sample.misses);
  if (sample.evictions && *sample.evictions > 0) words += ", " + plural(*sample.evictions, "eviction");
  if (sample.replicationLagMs) words += fmt::format(", lag {} ms", *sample.replicationLagMs);
  if (!sample.clusterState.empty()) words += ", cluster " + sample.clusterState;
  // One comes every ten seconds while somebody keeps the connection open.
  constexpr std::chrono::seconds kFresh{20};
  const auto age = now - one.state.sampledAt.value_or(now);
  if (age > kFresh) words += fmt::format(", {} s ago", std::chrono::floor<std::chrono::seconds>(age).count());
  return words;
}

/// A bar of eight heights; blank for nothing.
std::string_view barOf(double share) {
  constexpr std::array<std::string_view, 9> kBars{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (share <= 0) return kBars[0];
  const auto height = static_cast<std::size_t>(share * 8.0 + 0.999);
  return kBars[std::min<std::size_t>(height, 8)];
}

std::string bars(const std::vector<double>& heights, double highest) {
  std::string line;
  for (const double height : heights) line += barOf(highest > 0 ? height / highest : 0);
  return line;
}

void printTrend(Output& output, const views::Trend& trend, const views::DashboardFilter& filter) {
  const views::TimeColumns columns({.from = filter.from, .to = filter.to}, trend.interval, kMostColumns);
  std::vector<double> operations(columns.count());
  std::vector<double> errors(columns.count());
  for (const auto& [start, counts] : trend.buckets) {
    operations[columns.of(start)] += static_cast<double>(counts.operations);
    errors[columns.of(start)] += static_cast<double>(counts.errors);
  }
  output.line("");
  output.line(fmt::format("Operations, every {} min", trend.interval.count()), Style::strong);
  if (trend.buckets.empty()) return output.line("none in this period", Style::faint);
  output.line("count   " + bars(operations, std::ranges::max(operations)));
  output.line("errors  " + bars(errors, std::ranges::max(operations)));
  Table table({{"FROM"},
               {"COUNT", Column::Align::right},
               {"ERRORS", Column::Align::right},
               {"P50", Column::Align::right},
               {"P95", Column::Align::right}});
  const std::size_t skip = trend.buckets.size() - std::min(trend.buckets.size(), kMostTrendRows);
  for (std::size_t i = skip; i < trend.buckets.size(); ++i) {
    const auto& [start, counts] = trend.buckets[i];
    table.add({toIso8601(start), countWords(counts.operations),
               Cell(countWords(counts.errors), counts.errors > 0 ? Style::bad : Style::plain),
               timeWords(counts.p50, counts.operations), timeWords(counts.p95, counts.operations)});
  }
  table.print(output);
  if (skip > 0) output.note(fmt::format("{} before these: --json has them all.", plural(skip, "interval")));
}

std::string nameIn(const NamesById& names, ConnectionId id) {
  const auto name = names.find(id);
  return name == names.end() ? id.toString() : escapeForDisplay(name->second);
}

void printHeatmap(Output& output, const views::Heatmap& map, const views::DashboardFilter& filter,
                  const NamesById& names) {
  const views::TimeColumns columns({.from = filter.from, .to = filter.to}, map.interval, kMostColumns);
  std::map<ConnectionId, std::vector<double>> errors;
  double most = 0;
  for (const HeatCell& cell : map.cells) {
    auto& row = errors.try_emplace(cell.connectionId, columns.count()).first->second;
    double& place = row[columns.of(cell.start)];
    place += static_cast<double>(cell.counts.errors);
    most = std::max(most, place);
  }
  if (most == 0) return;
  output.line("");
  output.line("Errors, connection by time", Style::strong);
  for (const auto& [id, row] : errors)
    output.line(fmt::format("{:<20}  {}", nameIn(names, id), bars(row, most)));
  if (map.truncated)
    output.note("Not all connections are shown: choose one with --connection, or a shorter period.");
}

void printEnvironments(Output& output, const views::Heatmap& totals, const NamesById& names) {
  Table table({{"CONNECTION"},
               {"ENV"},
               {"COUNT", Column::Align::right},
               {"ERRORS", Column::Align::right},
               {"BLOCKED", Column::Align::right},
               {"ERROR RATE", Column::Align::right}});
  std::size_t rows = 0;
  for (const HeatCell& cell : totals.cells) {
    if (cell.counts.errors + cell.counts.blocked == 0) continue;
    ++rows;
    table.add({nameIn(names, cell.connectionId), cell.environment, countWords(cell.counts.operations),
               countWords(cell.counts.errors), countWords(cell.counts.blocked),
               percentWords(cell.counts.errors, cell.counts.operations)});
  }
  if (rows == 0) return;
  output.line("");
  output.line("Errors, connection by environment", Style::strong);
  table.print(output);
}

}  // namespace

void printHealth(Output& output, const std::vector<ConnectionHealth>& health, WallTime now) {
  Table table({{"CONNECTION"},
               {"ENV"},
               {"HEALTH"},
               {"COUNT", Column::Align::right},
               {"ERRORS", Column::Align::right},
               {"P95", Column::Align::right},
               {"SLOW", Column::Align::right},
               {"SERVER"}});
  for (const ConnectionHealth& one : health) {
    const OperationCounts& counts = one.counts;
    table.add({escapeForDisplay(one.state.name), one.state.environment,
               Cell(std::string(domain::wireName(one.health)), styleOf(one.health)),
               countWords(counts.operations),
               Cell(countWords(counts.errors), counts.errors > 0 ? Style::bad : Style::plain),
               timeWords(counts.p95, counts.operations), countWords(counts.slow), serverWords(one, now)});
  }
  table.print(output);
}

void printDashboard(Output& output, const views::Dashboard& dashboard, const views::DashboardFilter& filter,
                    const NamesById& names) {
  printHealth(output, dashboard.health, filter.now);
  printTrend(output, dashboard.trend, filter);
  printHeatmap(output, dashboard.heatmap, filter, names);
  printEnvironments(output, dashboard.byEnvironment, names);
  if (dashboard.slow.empty()) return;
  output.line("");
  output.line("Slow operations", Style::strong);
  for (const auto& row : dashboard.slow) output.composed(lineOf(output, row, names));
}

}  // namespace cachify::cli
