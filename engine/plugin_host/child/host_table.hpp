#pragma once
// What the host offers to every plugin.

#include <cachify/plugin/host.h>

#include <atomic>

#include "plugin_host/child/engine_socket.hpp"

namespace cachify::plugin_host {

class HostTable {
 public:
  explicit HostTable(EngineSocket& engine);
  HostTable(const HostTable&) = delete;
  HostTable& operator=(const HostTable&) = delete;

  [[nodiscard]] const cachify_host* table() const { return &table_; }
  /// A call of the plugin begins: it may leave lines again.
  void callBegins() { lines_ = 0; }

 private:
  static void log(const cachify_host* host, std::uint32_t level, cachify_text line);
  static const void* getExtension(const cachify_host* host, cachify_text id);

  EngineSocket& engine_;
  std::atomic<int> lines_ = 0;
  cachify_host table_;
};

}  // namespace cachify::plugin_host
