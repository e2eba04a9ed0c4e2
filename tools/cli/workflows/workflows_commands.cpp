#include "workflows/workflows_commands.hpp"

#include <boost/json/parse.hpp>

#include "output/json_text.hpp"
#include "output/table.hpp"

namespace cachify::cli {
namespace {

struct KindsOptions {};

Outcome listKinds(CommandContext& context, const KindsOptions&) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto kinds = (*engine)->wait((*engine)->workflows().kinds(context.stop()));
  if (!kinds) return std::unexpected(kinds.error());
  Output& output = context.output();
  if (output.json()) {
    json::array rows;
    for (const auto& kind : *kinds) {
      json::error_code ignored;
      rows.push_back(json::object{{"kind", kind.kind},
                                  {"title", kind.title},
                                  {"summary", kind.summary},
                                  {"pluginId", kind.pluginId},
                                  {"pluginVersion", kind.pluginVersion},
                                  {"supportsDryRun", kind.supportsDryRun},
                                  {"isDestructive", kind.isDestructive},
                                  {"parametersSchema", json::parse(kind.parametersSchema, ignored)}});
    }
    output.document(json::object{{"kinds", std::move(rows)}});
    return ExitCode::done;
  }
  Table table({{"KIND"}, {"PLUGIN"}, {"VERSION"}, {"WHAT IT DOES"}});
  for (const auto& kind : *kinds) table.add({kind.kind, kind.pluginId, kind.pluginVersion, kind.summary});
  table.print(output);
  return ExitCode::done;
}

}  // namespace

void addWorkflowsCommands(CommandGroup& root) {
  CommandGroup group =
      root.group("workflows",
                 "Bulk work: kinds, templates, preview, run, history, show, rerun, resume, rollback, cancel");
  group.add<KindsOptions>("kinds", "What can be done in bulk", &listKinds);
  addWorkflowTemplates(group);
  addWorkflowRuns(group);
  addWorkflowReruns(group);
  addWorkflowHistory(group);
}

}  // namespace cachify::cli
