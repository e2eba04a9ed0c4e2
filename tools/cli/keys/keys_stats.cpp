// keys stats

#include <algorithm>

#include "keys/keys_commands.hpp"
#include "output/json_text.hpp"
#include "output/table.hpp"

namespace cachify::cli {
namespace {

using cache::ServerStats;
using cache::StatsSection;

struct StatsOptions {
  std::string connection;
  std::string family;
};

/// The server's bytes as a JSON text can carry them.
std::string plain(BytesView text) {
  return isUtf8(text) ? std::string(text) : escapeForDisplay(text);
}

json::object toJson(const StatsSection& section) {
  json::object object;
  if (!section.node.empty()) object["node"] = section.node;
  object["title"] = plain(section.title);
  json::object values;
  for (const auto& [name, value] : section.values) values[plain(name)] = plain(value);
  object["values"] = std::move(values);
  return object;
}

void printTable(const ServerStats& stats, Output& output) {
  const auto any = [&](std::string StatsSection::*part) {
    return std::ranges::any_of(stats.sections,
                               [part](const auto& section) { return !(section.*part).empty(); });
  };
  const bool hasNodes = any(&StatsSection::node);
  const bool hasTitles = any(&StatsSection::title);
  std::vector<Column> columns;
  if (hasNodes) columns.push_back({"NODE"});
  if (hasTitles) columns.push_back({"SECTION"});
  columns.push_back({"NAME"});
  columns.push_back({"VALUE"});
  Table table(std::move(columns));
  for (const auto& section : stats.sections) {
    for (const auto& [name, value] : section.values) {
      std::vector<Cell> row;
      if (hasNodes) row.emplace_back(escapeForDisplay(section.node));
      if (hasTitles) row.emplace_back(escapeForDisplay(section.title));
      row.emplace_back(escapeForDisplay(name));
      row.emplace_back(escapeForDisplay(value));
      table.add(std::move(row));
    }
  }
  table.print(output);
}

Outcome showStats(CommandContext& context, const StatsOptions& options) {
  const auto profile = context.profile(options.connection);
  if (!profile) return std::unexpected(profile.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto stats = (*engine)->wait((*engine)->keys().stats(*profile, options.family, context.stop()));
  if (!stats) return std::unexpected(stats.error());
  Output& output = context.output();
  if (!output.json()) {
    printTable(*stats, output);
    return ExitCode::done;
  }
  json::array sections;
  for (const auto& section : stats->sections) sections.push_back(toJson(section));
  output.document(json::object{{"family", stats->family}, {"sections", std::move(sections)}});
  return ExitCode::done;
}

}  // namespace

void addKeysStats(CommandGroup& keys) {
  auto stats =
      keys.add<StatsOptions>("stats", "What the server counts: memory, hits, clients, items", &showStats);
  addText(stats.app, "CONN", stats.options.connection, "Name or id of the connection");
  stats.app.addOption(
      "FAMILY", stats.options.family,
      "Memcached: general, items, slabs, settings, sizes, conns. Redis: general, all, or a section "
      "of INFO (memory, clients, replication, keyspace, commandstats …)");
}

}  // namespace cachify::cli
