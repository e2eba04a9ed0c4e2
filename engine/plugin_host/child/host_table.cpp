#include "plugin_host/child/host_table.hpp"

#include <algorithm>

#include "plugin_host/child/plugin_library.hpp"

namespace cachify::plugin_host {
namespace {

/// So many that they fit into the socket's buffer: a plugin that only logs cannot make the engine wait for
/// it.
constexpr int kMostLines = 100;

}  // namespace

HostTable::HostTable(EngineSocket& engine)
    : engine_(engine),
      table_{.struct_size = sizeof(cachify_host),
             .abi_major = CACHIFY_ABI_MAJOR,
             .abi_minor = CACHIFY_ABI_MINOR,
             .context = this,
             .log = &log,
             .get_extension = &getExtension} {}

void HostTable::log(const cachify_host* host, std::uint32_t level, cachify_text line) {
  auto& self = *static_cast<HostTable*>(host->context);
  if (self.lines_++ >= kMostLines) return;
  const auto known = static_cast<std::uint8_t>(std::min<std::uint32_t>(level, CACHIFY_LOG_ERROR));
  self.engine_.send(MessageType::logLine,
                    LogLine{.level = known, .text = Bytes(viewOf(line).substr(0, kMaxLogBytes))});
}

const void* HostTable::getExtension(const cachify_host*, cachify_text) {
  return nullptr;
}

}  // namespace cachify::plugin_host
