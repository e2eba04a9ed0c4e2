// plugins list, trust, revoke

#include "plugins/plugins_commands.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "commands.hpp"
#include "output/json_text.hpp"
#include "output/table.hpp"
#include "plugins/plugin_output.hpp"

namespace cachify::cli {

using plugin_host::FoundPlugin;

namespace {

struct NoPluginOptions {};
struct NamedPlugin {
  std::string plugin;
};

void printPlugins(const std::vector<FoundPlugin>& plugins, Output& output) {
  Table table({{"PLUGIN"}, {"VERSION"}, {"KIND"}, {"PROVIDES"}, {"STATUS"}, {"ORIGIN"}});
  for (const auto& plugin : plugins) {
    const auto& manifest = plugin.manifest;
    table.add({nameOf(plugin), manifest ? manifest->version : std::string(),
               manifest ? std::string(wireName(manifest->kind)) : std::string(),
               manifest ? manifest->provides : std::string(),
               Cell(std::string(plugin.status()), styleOf(plugin)), std::string(wireName(plugin.origin))});
  }
  table.print(output);
  for (const auto& plugin : plugins) {
    if (plugin.refusal) output.warning(fmt::format("{}: {}", nameOf(plugin), plugin.refusal->message));
  }
}

Outcome listPlugins(CommandContext& context, const NoPluginOptions&) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto plugins = (*engine)->wait((*engine)->plugins().list());
  if (!plugins) return std::unexpected(plugins.error());
  Output& output = context.output();
  if (output.json()) {
    json::array all;
    for (const auto& plugin : *plugins) all.push_back(toJson(plugin));
    output.document(json::object{{"plugins", std::move(all)}});
  } else if (plugins->empty()) {
    output.note("No plugins: those that come with the program lie in `plugins` beside it.");
  } else {
    printPlugins(*plugins, output);
  }
  return ExitCode::done;
}

Outcome trustPlugin(CommandContext& context, const NamedPlugin& options) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto plugin = (*engine)->wait((*engine)->plugins().trust(options.plugin));
  if (!plugin) return std::unexpected(plugin.error());
  if (!plugin->usable())
    return fail(ErrorCode::conflict,
                fmt::format("{} was changed while it was being trusted; look at it again", nameOf(*plugin)));
  Output& output = context.output();
  if (output.json()) {
    output.document(toJson(*plugin));
    return ExitCode::done;
  }
  output.done(fmt::format("{} {} is trusted: just these bytes, digest {}", nameOf(*plugin),
                          plugin->manifest->version, toHex(plugin->digest)));
  if (plugin->origin == plugin_host::Origin::named) {
    output.note(fmt::format("It is not on the search path yet: put its folder into {} to use it.",
                            (context.dataDirectory() / "plugins").string()));
  }
  return ExitCode::done;
}

Outcome revokePlugin(CommandContext& context, const NamedPlugin& options) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto revoked = (*engine)->wait((*engine)->plugins().revoke(options.plugin));
  if (!revoked) return std::unexpected(revoked.error());
  Output& output = context.output();
  if (output.json()) {
    output.document(json::object{{"id", *revoked}, {"status", "revoked"}});
  } else {
    output.done(fmt::format("{} is not trusted any more, whatever its version", *revoked));
  }
  return ExitCode::done;
}

}  // namespace

void addPluginsCommands(CommandGroup& root) {
  CommandGroup group =
      root.group("plugins", "Workflow kinds and alert publishers: list, inspect, trust, revoke");
  group.add<NoPluginOptions>("list", "What there is on the search path, and what may be used", &listPlugins);
  addPluginsInspect(group);
  auto trust = group.add<NamedPlugin>("trust", "Let a plugin be used: just the bytes that are there now",
                                      &trustPlugin);
  addText(trust.app, "PLUGIN", trust.options.plugin,
          "Its id, what it provides, or the path of its folder or plugin.json");
  trust.app.footer(
      "A plugin is native code: it can do what you can do. `plugins inspect` shows what it asks for.");
  auto revoke =
      group.add<NamedPlugin>("revoke", "Let it be used no more, whatever its version", &revokePlugin);
  addText(revoke.app, "PLUGIN", revoke.options.plugin, "Its id");
}

}  // namespace cachify::cli
