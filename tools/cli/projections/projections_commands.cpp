// projections status, rebuild

#include <fmt/format.h>

#include "commands.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"
#include "output/table.hpp"

namespace cachify::cli {
namespace {

struct NoOptions {};

json::object toJson(const views::ProjectionStatus& status) {
  json::array rows;
  for (const auto& view : status.views) {
    rows.push_back(json::object{{"name", view.name}, {"rows", view.rows}, {"version", view.version}});
  }
  return {{"position", status.position},
          {"logPosition", status.logPosition},
          {"lag", status.lag()},
          {"views", std::move(rows)}};
}

Outcome showStatus(CommandContext& context, const NoOptions&) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto status = (*engine)->views().status();
  if (!status) return std::unexpected(status.error());
  Output& output = context.output();
  if (output.json()) {
    output.document(toJson(*status));
    return ExitCode::done;
  }
  output.line(fmt::format("at position {} of {}, {} behind", status->position, status->logPosition,
                          plural(status->lag(), "event")));
  Table table({{"READ MODEL"}, {"ROWS", Column::Align::right}, {"VERSION", Column::Align::right}});
  for (const auto& view : status->views)
    table.add({view.name, countWords(view.rows), fmt::to_string(view.version)});
  table.print(output);
  return ExitCode::done;
}

Outcome rebuild(CommandContext& context, const NoOptions&) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  context.output().progress("rebuilding the read models …");
  const auto report = (*engine)->views().rebuild();
  if (!report) return std::unexpected(report.error());
  if (context.output().json()) {
    context.output().document(json::object{
        {"events", report->events}, {"durationMs", report->duration.count()}, {"digest", report->digest}});
  } else {
    context.output().done(fmt::format("rebuilt from {} in {}, digest {}", plural(report->events, "event"),
                                      durationWords(report->duration), report->digest));
  }
  return ExitCode::done;
}

}  // namespace

void addProjectionsCommands(CommandGroup& root) {
  CommandGroup group =
      root.group("projections", "The read models that are computed from the log: status, rebuild");
  group.add<NoOptions>("status", "How far they are, and how big", &showStatus);
  group.add<NoOptions>("rebuild", "Compute them anew; they keep answering meanwhile", &rebuild);
}

}  // namespace cachify::cli
