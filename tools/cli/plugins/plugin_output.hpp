#pragma once
// A plugin as people and scripts are shown it.

#include <boost/json/object.hpp>
#include <string>

#include "output/output.hpp"
#include "studio/engine.hpp"

namespace cachify::cli {

/// schemas/cli/plugins.inspect.json, without the check.
[[nodiscard]] boost::json::object toJson(const plugin_host::FoundPlugin& plugin);
/// Its id, or where it lies if it has none.
[[nodiscard]] std::string nameOf(const plugin_host::FoundPlugin& plugin);
[[nodiscard]] Style styleOf(const plugin_host::FoundPlugin& plugin);
/// "network, files", or "none"
[[nodiscard]] std::string capabilityWords(const plugin_host::PluginManifest& manifest);

}  // namespace cachify::cli
