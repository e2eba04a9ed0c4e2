#include "plugin_host/child/plugin_library.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/dll/shared_library.hpp>

namespace cachify::plugin_host {
namespace {

constexpr const char* kEntry = "cachify_plugin_entry";

void check(EngineSocket& engine, const cachify_plugin* plugin, const LoadRequest& expected) {
  if (plugin == nullptr) engine.endWith(Fault::brokenContract, "it says that it cannot be used here");
  // The version stands where it stood in every version of the table.
  if (plugin->struct_size < offsetof(cachify_plugin, id) || plugin->abi_major != CACHIFY_ABI_MAJOR)
    engine.endWith(Fault::wrongAbi,
                   fmt::format("its table has version {}.{}", plugin->abi_major, plugin->abi_minor));
  if (plugin->struct_size < sizeof(cachify_plugin)) engine.endWith(Fault::wrongAbi, "its table is too short");
  if (plugin->start == nullptr || plugin->stop == nullptr || plugin->get_extension == nullptr)
    engine.endWith(Fault::brokenContract, "a function of its table is missing");
  if (viewOf(plugin->id) != expected.pluginId || viewOf(plugin->version) != expected.version)
    engine.endWith(Fault::brokenContract, "its id or version is not that of its manifest");
}

}  // namespace

struct PluginLibrary::Loaded {
  boost::dll::shared_library library;
};

PluginLibrary::PluginLibrary(EngineSocket& engine, int descriptor, const LoadRequest& expected)
    : loaded_(std::make_unique<Loaded>()) {
  try {
    loaded_->library.load(fmt::format("/proc/self/fd/{}", descriptor),
                          boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
  } catch (const std::exception& error) {
    engine.endWith(Fault::notLoadable, error.what());
  }
  close(descriptor);
  if (!loaded_->library.has(kEntry)) engine.endWith(Fault::missingSymbol, {});
  const auto entry = loaded_->library.get<const cachify_plugin*()>(kEntry);
  plugin_ = guarded(engine, entry);
  check(engine, plugin_, expected);
}

PluginLibrary::~PluginLibrary() = default;

}  // namespace cachify::plugin_host
