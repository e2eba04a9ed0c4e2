// workflows preview, run

#include <fmt/format.h>

#include "workflows/run_options.hpp"
#include "workflows/run_output.hpp"
#include "workflows/workflows_commands.hpp"

namespace cachify::cli {
namespace {

struct RunOptions {
  std::string connection;
  OptionalText form;
  OptionalText kind;
  OptionalText plan;
  ParameterOptions parameters;
  SettingOptions settings;
  ConsentOptions consent;
};

Result<actions::RunRequest> requestOf(CommandContext& context, const RunOptions& options) {
  auto profile = context.profile(options.connection);
  if (!profile) return std::unexpected(profile.error());
  auto parameters = options.parameters.resolve();
  if (!parameters) return std::unexpected(parameters.error());
  auto settings = options.settings.resolve(*profile);
  if (!settings) return std::unexpected(settings.error());
  actions::RunRequest request{.profile = std::move(*profile),
                              .templateName = options.form.value_or(""),
                              .kind = options.kind.value_or(""),
                              .parameters = std::move(*parameters),
                              .settings = *settings,
                              .consent = options.consent.consent()};
  if (options.plan) {
    const auto plan = parseExecution(*options.plan);
    if (!plan) return std::unexpected(plan.error());
    if (options.form || options.kind || request.parameters != "{}") {
      return fail(Error{.code = ErrorCode::validationError,
                        .message = "a plan says all that is done: --plan goes without --template, --kind, "
                                   "--param and --params"}
                      .with("field", std::string("plan")));
    }
    request.plan = *plan;
  }
  return request;
}

Outcome preview(CommandContext& context, const RunOptions& options) {
  auto request = requestOf(context, options);
  if (!request) return std::unexpected(request.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return showReport(
      context, (*engine)->wait((*engine)->workflows().preview(std::move(*request), watchRun(context, true))));
}

Outcome run(CommandContext& context, const RunOptions& options) {
  auto request = requestOf(context, options);
  if (!request) return std::unexpected(request.error());
  const std::string what =
      options.plan ? "plan " + *options.plan : options.form.value_or(options.kind.value_or("nothing"));
  if (auto yes = askFirst(context, options.consent, request->profile, fmt::format("run {} in bulk", what));
      !yes)
    return std::unexpected(yes.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return showReport(
      context, (*engine)->wait((*engine)->workflows().run(std::move(*request), watchRun(context, false))));
}

void addChoice(Arguments& app, RunOptions& options) {
  addText(app, "CONN", options.connection, "Name or id of the connection");
  addText(app, "--template", options.form, "A template, by name or id").typeName("T");
  addText(app, "--kind", options.kind, "A kind of work; `workflows kinds` shows them").typeName("K");
  options.parameters.addTo(app);
  options.settings.addTo(app);
}

}  // namespace

void addWorkflowRuns(CommandGroup& workflows) {
  auto dry = workflows.add<RunOptions>(
      "preview", "A dry run: which keys, and what would be done; freezes the plan", &preview);
  addChoice(dry.app, dry.options);

  auto real = workflows.add<RunOptions>("run", "Do it; every step is in the log, and leads back", &run);
  addChoice(real.app, real.options);
  addText(real.app, "--plan", real.options.plan, "Just what this dry run froze").typeName("ID");
  real.options.consent.addTo(real.app);
}

}  // namespace cachify::cli
