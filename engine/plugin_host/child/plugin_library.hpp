#pragma once
// The plugin's library, loaded and found to be what its manifest says. The only place that knows Boost.DLL.

#include <cachify/plugin/plugin.h>

#include <memory>

#include "plugin_host/child/engine_socket.hpp"

namespace cachify::plugin_host {

class PluginLibrary {
 public:
  /// Loads what `descriptor` leads to, and closes it. Whatever does not fit is a fault, and ends the process.
  PluginLibrary(EngineSocket& engine, int descriptor, const LoadRequest& expected);
  ~PluginLibrary();

  [[nodiscard]] const cachify_plugin& plugin() const { return *plugin_; }

 private:
  struct Loaded;
  std::unique_ptr<Loaded> loaded_;
  const cachify_plugin* plugin_ = nullptr;
};

[[nodiscard]] inline BytesView viewOf(const cachify_text& text) {
  return text.data == nullptr ? BytesView() : BytesView(text.data, text.size);
}
[[nodiscard]] inline BytesView viewOf(const cachify_bytes& bytes) {
  return bytes.data == nullptr ? BytesView()
                               : BytesView(reinterpret_cast<const char*>(bytes.data), bytes.size);
}
[[nodiscard]] inline cachify_text textOf(BytesView view) {
  return {view.data(), view.size()};
}
[[nodiscard]] inline cachify_bytes bytesOf(BytesView view) {
  return {reinterpret_cast<const std::uint8_t*>(view.data()), view.size()};
}

}  // namespace cachify::plugin_host
