#include "application.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "commands.hpp"
#include "interruption.hpp"
#include "studio/log_tools.hpp"

namespace cachify::cli {
namespace {

struct GlobalOptions {
  std::string dataDirectory;
  bool json = false;
  bool quiet = false;
  bool noColor = false;

  [[nodiscard]] OutputOptions output() const {
    const char* variable = std::getenv("NO_COLOR");  // no-color.org: any text but the empty one
    const bool unwanted = noColor || (variable != nullptr && *variable != '\0');
    return {.json = json, .quiet = quiet, .color = !unwanted};
  }
};

void addGlobalOptions(CLI::App& app, GlobalOptions& options) {
  app.add_option(
         "--data-dir", options.dataDirectory,
         "Where profiles, log and read models lie (default: $CACHIFY_DATA_DIR, else cachify-studio below "
         "$XDG_DATA_HOME or ~/.local/share)")
      ->type_name("DIR");
  app.add_flag("--json", options.json, "One JSON document on stdout, or JSON lines for streams");
  app.add_flag("--quiet,-q", options.quiet, "Results and errors only");
  app.add_flag("--no-color", options.noColor, "No colours (also: NO_COLOR in the environment)");
  app.set_version_flag("--version", CACHIFY_VERSION);
}

/// As CLI11 does it, without the `{false}` that it puts behind the negative of a switch.
class HelpFormatter : public CLI::Formatter {
  std::string make_option_name(const CLI::Option* option, bool isPositional) const override {
    constexpr std::string_view kNegated = "{false}";
    std::string name = Formatter::make_option_name(option, isPositional);
    for (auto at = name.find(kNegated); at != std::string::npos; at = name.find(kNegated))
      name.erase(at, kNegated.size());
    return name;
  }
};

void describe(CLI::App& app) {
  app.formatter(std::make_shared<HelpFormatter>());
  app.description(
      "Cachify Studio: look into Redis and Memcached and change them with a record of everything and a way "
      "back.");
  app.footer(
      "Exit codes: 0 done, 1 failed, 2 usage, 3 blocked by policy, 4 not found, 5 connection or timeout, 6 "
      "conflict,\n"
      "7 verification failed, 130 interrupted.\n"
      "Arguments that begin with a dash come after `--`.");
  // Global options may stand before and after the command.
  app.fallthrough();
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
}

/// What the line asked for may be unknown when it was not understood: so it is looked for by hand.
bool asksForJson(std::span<char*> arguments) {
  for (const std::string_view argument : arguments.subspan(std::min<std::size_t>(1, arguments.size()))) {
    if (argument == "--") return false;
    if (argument == "--json") return true;
  }
  return false;
}

/// CLI11 names a rule of its own where a person wants to know which word it did not understand.
std::string whatIsWrong(const CLI::App& app, const CLI::ParseError& error) {
  const auto unknown = app.remaining(true);
  if (!unknown.empty()) return fmt::format("not understood: '{}'", escapeForDisplay(unknown.front()));
  const std::string_view words = error.what();
  return words == "A subcommand is required" ? "no command given" : std::string(words);
}

/// The command as far as it was understood.
std::string commandIn(const CLI::App& app) {
  std::string words = "cachify";
  const CLI::App* command = &app;
  for (auto next = app.get_subcommands(); !next.empty(); next = command->get_subcommands()) {
    command = next.front();
    words += ' ';
    words += command->get_name();
  }
  return words;
}

int explainUsage(const CLI::App& app, const CLI::ParseError& error, std::span<char*> arguments) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success))
    return app.exit(error, std::cout, std::cerr);
  Output output(GlobalOptions{.dataDirectory = {}, .json = asksForJson(arguments)}.output());
  const std::string message =
      fmt::format("{}; `{} --help` shows what there is", whatIsWrong(app, error), commandIn(app));
  output.error({.code = ErrorCode::validationError, .message = message, .details = {{"usage", true}}});
  return static_cast<int>(ExitCode::usage);
}

Outcome runSafely(const Run& run, CommandContext& context) {
  try {
    return run(context);
  } catch (const std::exception& error) {
    return fail(ErrorCode::internalError, std::string("unexpected: ") + error.what());
  }
}

int runCommand(const Run& run, const GlobalOptions& options, const Interruption& interruption) {
  Output output(options.output());
  const std::filesystem::path directory = options.dataDirectory.empty()
                                              ? studio::defaultDataDirectory()
                                              : std::filesystem::path(options.dataDirectory);
  Outcome outcome;
  {
    CommandContext context(directory, output, interruption.token());
    outcome = runSafely(run, context);
    // Before the engine closes, which may take a moment.
    if (!outcome && !output.broken()) output.error(outcome.error());
    output.flush();
    context.deliverOwnAlerts();
  }
  if (output.broken() && outcome) return static_cast<int>(ExitCode::failed);
  return static_cast<int>(outcome ? *outcome : exitCodeOf(outcome.error()));
}

}  // namespace

int runApplication(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // writing to a closed pipe or socket is an error like any other
  log::deferStopSignals();
  // Diagnostics of the engine: standard output is for results alone.
  spdlog::set_default_logger(spdlog::stderr_color_mt("cachify"));
  const Interruption interruption;

  CLI::App app;
  GlobalOptions options;
  Run chosen;
  describe(app);
  addGlobalOptions(app, options);
  CommandGroup root(app, chosen);
  addAllCommands(root);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return explainUsage(app, error, std::span(argv, static_cast<std::size_t>(argc)));
  }
  return runCommand(chosen, options, interruption);
}

}  // namespace cachify::cli
