// observe timeline, observe slow

#include <fmt/format.h>

#include "observe/history_output.hpp"
#include "observe/observe_commands.hpp"
#include "observe/period_options.hpp"
#include "options/list_options.hpp"
#include "output/json_text.hpp"

namespace cachify::cli {

using views::HistoryFilter;
using views::HistoryPage;

namespace {

struct TimelineOptions {
  PeriodOptions period;
  OptionalText connection;
  OptionalText environment;
  OptionalText source;
  OptionalText status;
  OptionalText action;
  OptionalText text;
  std::string limit = "50";
  OptionalText cursor;
};

Result<HistoryFilter> filterOf(CommandContext& context, const TimelineOptions& options) {
  const auto period = options.period.period(SystemClock().now(), std::nullopt);
  if (!period) return std::unexpected(period.error());
  HistoryFilter filter{.from = period->from,
                       .to = options.period.to ? std::optional(period->to) : std::nullopt,
                       .environment = options.environment.value_or(""),
                       .source = options.source.value_or(""),
                       .status = options.status.value_or(""),
                       .action = options.action.value_or(""),
                       .text = options.text.value_or("")};
  const auto range = listRange(context, options.limit, options.cursor, options.connection);
  if (!range) return std::unexpected(range.error());
  range->putInto(filter);
  return filter;
}

Outcome writePage(CommandContext& context, const HistoryFilter& filter) {
  Output& output = context.output();
  const auto page =
      queryViews<HistoryPage>(context, [&](sqlite3& db) { return views::listHistory(db, filter); });
  if (!page) return std::unexpected(page.error());
  if (output.json()) {
    for (const auto& row : page->rows) output.document(toJson(row));
  } else {
    const auto names = namesOfConnections(context);
    if (!names) return std::unexpected(names.error());
    for (const auto& row : page->rows) output.composed(lineOf(output, row, *names));
    if (page->rows.empty()) output.note("Nothing in this period.");
  }
  if (page->next) output.note(fmt::format("There is more: --cursor {}.", *page->next));
  return ExitCode::done;
}

Outcome timeline(CommandContext& context, const TimelineOptions& options) {
  const auto filter = filterOf(context, options);
  if (!filter) return std::unexpected(filter.error());
  return writePage(context, *filter);
}

Outcome slowOperations(CommandContext& context, const TimelineOptions& options) {
  auto filter = filterOf(context, options);
  if (!filter) return std::unexpected(filter.error());
  filter->slowOnly = true;
  return writePage(context, *filter);
}

void addShared(Arguments& app, TimelineOptions& options) {
  options.period.addTo(app, "all");
  addText(app, "--connection", options.connection, "Of this connection").typeName("CONN");
  addText(app, "--env", options.environment, "Of connections of this environment")
      .typeName("E")
      .oneOf({"dev", "staging", "prod"});
  addText(app, "--text", options.text, "With these words in action, key, change or message").typeName("TEXT");
  app.addOption("--limit", options.limit, "So many a page, at most 1000 (default 50)").typeName("N");
  addText(app, "--cursor", options.cursor, "Where the page before ended").typeName("C");
}

}  // namespace

void addObserveTimeline(CommandGroup& observe) {
  auto all = observe.add<TimelineOptions>(
      "timeline", "What happened, newest first: operations, connections, servers; with --json one line each",
      &timeline);
  addShared(all.app, all.options);
  addText(all.app, "--source", all.options.source, "By whom")
      .typeName("S")
      .oneOf({"app", "cli", "workflow", "plugin", "engine"});
  addText(all.app, "--status", all.options.status, "What came of it")
      .typeName("S")
      .oneOf({"success", "error", "blocked"});
  addText(all.app, "--action", all.options.action,
          "Of this action: keys.get, connection.lost, server.slowlog …")
      .typeName("A");

  auto slow = observe.add<TimelineOptions>(
      "slow",
      "What took at least the connection's threshold, and entries of the servers' slow logs, newest first",
      &slowOperations);
  addShared(slow.app, slow.options);
}

}  // namespace cachify::cli
