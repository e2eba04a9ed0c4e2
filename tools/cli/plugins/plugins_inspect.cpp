// plugins inspect

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <fstream>
#include <sstream>

#include "output/json_text.hpp"
#include "output/plain_words.hpp"
#include "plugins/plugin_output.hpp"
#include "plugins/plugins_commands.hpp"

namespace cachify::cli {

using plugin_host::ConformanceReport;
using plugin_host::FoundPlugin;
using CheckOutcome = plugin_host::ConformanceCheck::Outcome;

namespace {

struct InspectOptions {
  std::string plugin;
  bool check = false;
  bool untrusted = false;
  OptionalText parameters;
};

json::object conformanceJson(const ConformanceReport& report) {
  json::array checks;
  for (const auto& check : report.checks) {
    json::object line{
        {"name", check.name}, {"outcome", wireName(check.outcome)}, {"durationMs", toMs(check.duration)}};
    if (!check.message.empty()) line["message"] = check.message;
    checks.push_back(std::move(line));
  }
  return {{"passed", report.passed()}, {"checks", std::move(checks)}};
}

void printManifest(const FoundPlugin& plugin, Output& output) {
  const auto show = [&](std::string_view label, std::string_view text, Style style = Style::plain) {
    if (text.empty()) return;
    output.composed(fmt::format("{} {}", output.styled(fmt::format("{:<12}", label), Style::faint),
                                output.styled(text, style)));
  };
  if (const auto& manifest = plugin.manifest) {
    show("id", manifest->id);
    show("name", manifest->name);
    show("version", manifest->version);
    show("description", manifest->description);
    show("vendor", manifest->vendor);
    show("license", manifest->license);
    show("provides", fmt::format("{} {}", wireName(manifest->kind), manifest->provides));
    show("asks for", capabilityWords(*manifest));
    show("ABI", fmt::format("{}.{}", manifest->abi.major, manifest->abi.minor));
  }
  show("folder", escapeForDisplay(plugin.folder.string()));
  show("origin", wireName(plugin.origin));
  if (!plugin.refusal) show("digest", toHex(plugin.digest));
  show("status", plugin.status(), styleOf(plugin));
  if (plugin.refusal) show("why", plugin.refusal->message, Style::bad);
  if (plugin.faultsInRow > 0) show("faults", fmt::format("{} in a row", plugin.faultsInRow), Style::warning);
}

void printConformance(const ConformanceReport& report, Output& output) {
  for (const auto& check : report.checks) {
    const bool failed = check.outcome == CheckOutcome::failed;
    const std::string_view mark = failed ? "✗" : check.outcome == CheckOutcome::skipped ? "–" : "✓";
    const Style style = failed                                   ? Style::bad
                        : check.outcome == CheckOutcome::skipped ? Style::faint
                                                                 : Style::good;
    std::string line =
        fmt::format("{} {}", output.styled(mark, style), output.styled(check.name, Style::plain));
    if (!check.message.empty()) line += output.styled(fmt::format(" ({})", check.message), Style::faint);
    output.composed(line);
  }
}

/// The file's JSON, or nothing where none was named.
Result<std::string> readParameters(const OptionalText& file) {
  if (!file) return std::string();
  std::ostringstream text;
  std::ifstream stream(*file, std::ios::binary);
  if (!stream) return fail(ErrorCode::notFound, fmt::format("cannot read {}", escapeForDisplay(*file)));
  text << stream.rdbuf();
  return std::move(text).str();
}

Result<ConformanceReport> runCheck(CommandContext& context, const InspectOptions& options) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  auto parameters = readParameters(options.parameters);
  if (!parameters) return std::unexpected(parameters.error());
  context.output().progress("checking …");
  plugin_host::ConformanceOptions conformance{.parametersJson = std::move(*parameters)};
  auto report = (*engine)->wait(
      (*engine)->plugins().check(options.plugin, options.untrusted, std::move(conformance), context.stop()));
  context.output().progress({});
  return report;
}

Outcome inspectPlugin(CommandContext& context, const InspectOptions& options) {
  if (!options.check && (options.untrusted || options.parameters))
    return fail(ErrorCode::validationError, "--untrusted and --parameters belong to --check");
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto plugin = (*engine)->wait((*engine)->plugins().inspect(options.plugin));
  if (!plugin) return std::unexpected(plugin.error());
  std::optional<ConformanceReport> report;
  if (options.check) {
    auto checked = runCheck(context, options);
    if (!checked) return std::unexpected(checked.error());
    report = std::move(*checked);
  }
  Output& output = context.output();
  if (output.json()) {
    json::object object = toJson(*plugin);
    if (report) object["check"] = conformanceJson(*report);
    output.document(object);
  } else {
    printManifest(*plugin, output);
    if (report) printConformance(*report, output);
  }
  return !report || report->passed() ? ExitCode::done : ExitCode::verificationFailed;
}

}  // namespace

void addPluginsInspect(CommandGroup& plugins) {
  auto inspect = plugins.add<InspectOptions>(
      "inspect", "What a plugin says of itself; nothing of it is loaded", &inspectPlugin);
  addText(inspect.app, "PLUGIN", inspect.options.plugin,
          "Its id, what it provides, or the path of its folder or plugin.json");
  inspect.app.addFlag("--check", inspect.options.check,
                      "Hold it to the contract of the plugin ABI: this runs it, over keys that are made up");
  inspect.app.addFlag("--untrusted", inspect.options.untrusted,
                      "With --check: run its code although it is not trusted");
  addText(inspect.app, "--parameters", inspect.options.parameters,
          "With --check: a file with the JSON parameters or configuration to use; a publisher delivers only "
          "with it")
      .typeName("FILE");
}

}  // namespace cachify::cli
