// workflows rerun, resume, rollback, cancel

#include <fmt/format.h>

#include "workflows/run_options.hpp"
#include "workflows/run_output.hpp"
#include "workflows/workflows_commands.hpp"

namespace cachify::cli {
namespace {

struct RerunOptions {
  std::string id;
  OptionalText connection;
  bool dryRun = false;
  ParameterOptions parameters;
  SettingOptions settings;
  ConsentOptions consent;
};
struct ResumeOptions {
  std::string id;
  ConsentOptions consent;
};
struct RollbackOptions {
  std::string id;
  bool force = false;
  SettingOptions settings;
  ConsentOptions consent;
};
struct CancelOptions {
  std::string id;
};

/// A run that is named on the command line, and the connection it was for.
struct NamedRun {
  studio::Engine* engine;
  ExecutionId id;
  domain::ConnectionProfile profile;
};

Result<NamedRun> findRun(CommandContext& context, const std::string& text) {
  const auto id = parseExecution(text);
  if (!id) return std::unexpected(id.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto run = (*engine)->wait((*engine)->workflows().show(*id));
  if (!run) return std::unexpected(run.error());
  auto known = (*engine)->control().profile(run->started.connectionId);
  if (!known) return std::unexpected(known.error());
  return NamedRun{*engine, *id, std::move(known->profile)};
}

Outcome rerun(CommandContext& context, const RerunOptions& options) {
  auto named = findRun(context, options.id);
  if (!named) return std::unexpected(named.error());
  if (options.connection) {
    auto other = context.profile(*options.connection);
    if (!other) return std::unexpected(other.error());
    named->profile = std::move(*other);
  }
  auto parameters = options.parameters.resolve();
  if (!parameters) return std::unexpected(parameters.error());
  const auto settings = options.settings.resolve(named->profile);
  if (!settings) return std::unexpected(settings.error());
  if (!options.dryRun) {
    if (auto yes = askFirst(context, options.consent, named->profile, "run it again"); !yes)
      return std::unexpected(yes.error());
  }
  actions::RunRequest request{.profile = named->profile,
                              .parameters = std::move(*parameters),
                              .settings = *settings,
                              .consent = options.consent.consent()};
  studio::Engine& engine = *named->engine;
  return showReport(context,
                    engine.wait(engine.workflows().rerun(named->id, options.dryRun, std::move(request),
                                                         watchRun(context, options.dryRun))));
}

Outcome resume(CommandContext& context, const ResumeOptions& options) {
  const auto named = findRun(context, options.id);
  if (!named) return std::unexpected(named.error());
  if (auto yes = askFirst(context, options.consent, named->profile, "go on with this run"); !yes)
    return std::unexpected(yes.error());
  studio::Engine& engine = *named->engine;
  return showReport(context, engine.wait(engine.workflows().resume(named->id, options.consent.consent(),
                                                                   watchRun(context, false))));
}

Outcome rollBack(CommandContext& context, const RollbackOptions& options) {
  const auto named = findRun(context, options.id);
  if (!named) return std::unexpected(named.error());
  const auto settings = options.settings.resolve(named->profile);
  if (!settings) return std::unexpected(settings.error());
  if (auto yes = askFirst(context, options.consent, named->profile, "roll this run back"); !yes)
    return std::unexpected(yes.error());
  studio::Engine& engine = *named->engine;
  const auto report = engine.wait(engine.workflows().rollBack(
      named->id, options.force, *settings, options.consent.consent(), watchRun(context, false)));
  return showReport(context, report, options.force ? std::nullopt : std::optional(named->id));
}

Outcome cancel(CommandContext& context, const CancelOptions& options) {
  const auto id = parseExecution(options.id);
  if (!id) return std::unexpected(id.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto asked = (*engine)->wait((*engine)->workflows().cancel(*id));
  if (!asked) return std::unexpected(asked.error());
  if (context.output().json()) {
    context.output().document(json::object{{"id", id->toString()}, {"cancelRequested", true}});
  } else {
    context.output().done("it will end when the batches under way have");
  }
  return ExitCode::done;
}

}  // namespace

void addWorkflowReruns(CommandGroup& workflows) {
  auto again =
      workflows.add<RerunOptions>("rerun", "Run it again, with the parameters it had and your edits", &rerun);
  addText(again.app, "ID", again.options.id, "The execution");
  addText(again.app, "--connection", again.options.connection, "On another connection").typeName("CONN");
  again.app.addFlag("--dry-run", again.options.dryRun, "As a dry run");
  again.options.parameters.addTo(again.app);
  again.options.settings.addTo(again.app);
  again.options.consent.addTo(again.app);

  auto on = workflows.add<ResumeOptions>(
      "resume", "Go on with a run that was interrupted, cancelled or aborted", &resume);
  addText(on.app, "ID", on.options.id, "The execution");
  on.options.consent.addTo(on.app);

  auto back =
      workflows.add<RollbackOptions>("rollback", "Bring every key of a run back to its snapshot", &rollBack);
  addText(back.app, "ID", back.options.id, "The execution");
  back.app.addFlag("--force", back.options.force, "Overwrite keys that were changed since, too");
  back.options.settings.addTo(back.app);
  back.options.consent.addTo(back.app);

  auto end = workflows.add<CancelOptions>("cancel", "Ask a run to end, wherever it goes on", &cancel);
  addText(end.app, "ID", end.options.id, "The execution");
}

}  // namespace cachify::cli
