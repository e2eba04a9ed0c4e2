// workflows history, show

#include <fmt/format.h>

#include "options/list_options.hpp"
#include "options/number.hpp"
#include "output/plain_words.hpp"
#include "output/table.hpp"
#include "views/workflow_executions.hpp"
#include "workflows/run_options.hpp"
#include "workflows/run_output.hpp"
#include "workflows/workflows_commands.hpp"

namespace cachify::cli {

using views::ExecutionPage;
using views::ExecutionRow;

namespace {

struct HistoryOptions {
  OptionalText connection;
  OptionalText kind;
  OptionalText status;
  bool dryRuns = false;
  std::string limit = "50";
  OptionalText cursor;
};
struct WorkflowShowOptions {
  std::string id;
  std::string limit = "20";
  OptionalText cursor;
};

json::object toJson(const ExecutionRow& row) {
  json::object object{{"id", row.id.toString()},
                      {"kind", row.kind},
                      {"name", row.name},
                      {"connectionId", row.connectionId.toString()},
                      {"environment", row.environment},
                      {"status", row.status},
                      {"dryRun", row.dryRun},
                      {"startedAt", toIso8601(row.startedAt)},
                      {"total", row.total},
                      {"succeeded", row.succeeded},
                      {"failed", row.failed},
                      {"skipped", row.skipped},
                      {"retryCount", row.retryCount},
                      {"durationMs", std::chrono::duration<double, std::milli>(row.duration).count()}};
  if (!row.templateId.empty()) object["templateId"] = row.templateId;
  if (row.finishedAt) object["finishedAt"] = toIso8601(*row.finishedAt);
  if (!row.plan.value().isNil()) object["planId"] = row.plan.toString();
  if (!row.undoes.value().isNil()) object["undoes"] = row.undoes.toString();
  if (!row.message.empty()) object["message"] = row.message;
  return object;
}

Result<views::ExecutionFilter> filterOf(CommandContext& context, const HistoryOptions& options) {
  views::ExecutionFilter filter{.kind = options.kind.value_or(""), .status = options.status.value_or("")};
  if (options.dryRuns) filter.dryRun = true;
  const auto range = listRange(context, options.limit, options.cursor, options.connection);
  if (!range) return std::unexpected(range.error());
  range->putInto(filter);
  return filter;
}

void printPage(const ExecutionPage& page, Output& output) {
  Table table({{"STARTED"},
               {"STATUS"},
               {"WHAT"},
               {"STEPS", Column::Align::right},
               {"FAILED", Column::Align::right},
               {"SKIPPED", Column::Align::right},
               {"ID"}});
  for (const auto& row : page.rows) {
    const bool isBad = row.status != "success" && row.status != "running";
    table.add({toIso8601(row.startedAt), Cell(row.status, isBad ? Style::bad : Style::plain),
               (row.dryRun ? "dry run of " : "") + escapeForDisplay(row.name), countWords(row.total),
               countWords(row.failed), countWords(row.skipped), row.id.toString()});
  }
  table.print(output);
  if (page.next) output.note(fmt::format("There is more: --cursor {}.", *page.next));
}

Outcome history(CommandContext& context, const HistoryOptions& options) {
  const auto filter = filterOf(context, options);
  if (!filter) return std::unexpected(filter.error());
  const auto page =
      queryViews<ExecutionPage>(context, [&](sqlite3& db) { return views::listExecutions(db, *filter); });
  if (!page) return std::unexpected(page.error());
  if (!context.output().json()) {
    printPage(*page, context.output());
    return ExitCode::done;
  }
  json::array rows;
  for (const auto& row : page->rows) rows.push_back(toJson(row));
  context.output().document(
      json::object{{"executions", std::move(rows)},
                   {"nextCursor", page->next ? json::value(fmt::to_string(*page->next)) : json::value()}});
  return ExitCode::done;
}

Outcome show(CommandContext& context, const WorkflowShowOptions& options) {
  const auto id = parseExecution(options.id);
  if (!id) return std::unexpected(id.error());
  const auto limit = parseInteger("limit", options.limit, 1, 10'000);
  if (!limit) return std::unexpected(limit.error());
  StepsPage page{.limit = static_cast<std::size_t>(*limit)};
  if (options.cursor) {
    const auto from = parseInteger("cursor", *options.cursor, 0, std::numeric_limits<std::int64_t>::max());
    if (!from) return std::unexpected(from.error());
    page.from = static_cast<std::uint64_t>(*from);
  }
  const auto shown = showRun(context, *id, page);
  // Looking at a run that failed did not fail.
  return shown ? Outcome(ExitCode::done) : shown;
}

}  // namespace

void addWorkflowHistory(CommandGroup& workflows) {
  auto past = workflows.add<HistoryOptions>("history", "Runs and dry runs, newest first", &history);
  addText(past.app, "--connection", past.options.connection, "On this connection").typeName("CONN");
  addText(past.app, "--kind", past.options.kind, "Of this kind").typeName("K");
  addText(past.app, "--status", past.options.status,
          "running, success, error, aborted, cancelled or interrupted")
      .typeName("S");
  past.app.addFlag("--dry-runs", past.options.dryRuns, "Dry runs alone");
  past.app.addOption("--limit", past.options.limit, "So many a page, at most 1000 (default 50)")
      .typeName("N");
  addText(past.app, "--cursor", past.options.cursor, "Where the page before ended").typeName("C");

  auto one =
      workflows.add<WorkflowShowOptions>("show", "One run with its steps, or a dry run with its plan", &show);
  addText(one.app, "ID", one.options.id, "The execution");
  one.app.addOption("--limit", one.options.limit, "Steps a page, at most 10000 (default 20)").typeName("N");
  addText(one.app, "--cursor", one.options.cursor, "Where the page before ended").typeName("C");
}

}  // namespace cachify::cli
