#include "plugins/plugin_output.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "output/json_text.hpp"

namespace cachify::cli {

using plugin_host::FoundPlugin;
using plugin_host::PluginManifest;

namespace {

void putManifest(json::object& object, const PluginManifest& manifest) {
  object["id"] = manifest.id;
  object["name"] = manifest.name;
  object["version"] = manifest.version;
  object["description"] = manifest.description;
  object["vendor"] = manifest.vendor;
  object["license"] = manifest.license;
  object["abi"] = fmt::format("{}.{}", manifest.abi.major, manifest.abi.minor);
  object["kind"] = wireName(manifest.kind);
  object["provides"] = manifest.provides;
  json::array capabilities;
  for (const auto capability : manifest.capabilities) capabilities.emplace_back(wireName(capability));
  object["capabilities"] = std::move(capabilities);
}

}  // namespace

json::object toJson(const FoundPlugin& plugin) {
  json::object object;
  if (plugin.manifest) putManifest(object, *plugin.manifest);
  object["status"] = plugin.status();
  object["origin"] = wireName(plugin.origin);
  putBytes(object, "folder", plugin.folder.string());
  if (plugin.refusal) {
    object["refusal"] = toJson(*plugin.refusal);
  } else {
    object["digest"] = toHex(plugin.digest);
    object["faultsInRow"] = plugin.faultsInRow;
  }
  return object;
}

std::string nameOf(const FoundPlugin& plugin) {
  return plugin.manifest ? plugin.manifest->id : escapeForDisplay(plugin.folder.filename().string());
}

Style styleOf(const FoundPlugin& plugin) {
  if (plugin.usable()) return Style::good;
  return plugin.refusal ? Style::bad : Style::warning;
}

std::string capabilityWords(const PluginManifest& manifest) {
  std::string words;
  for (const auto capability : manifest.capabilities) {
    if (!words.empty()) words += ", ";
    words += wireName(capability);
  }
  return words.empty() ? "none" : words;
}

}  // namespace cachify::cli
