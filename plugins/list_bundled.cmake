# cmake -D OUTPUT=….cpp -D DIRECTORY=… -D "PLUGINS=a;b" -P list_bundled.cmake
# Writes what plugin_host/bundled_plugins.hpp declares. The digest is that of plugin_host/manifest.hpp, packageDigest.
foreach(plugin ${PLUGINS})
  file(SHA256 ${DIRECTORY}/${plugin}/plugin.json manifest)
  file(SHA256 ${DIRECTORY}/${plugin}/${plugin}.so library)
  string(SHA256 digest "cachify-plugin-1\n${manifest}\n${library}\n")
  string(APPEND entries "      \"${digest}\",  // ${plugin}\n")
endforeach()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
// Made by plugins/list_bundled.cmake.
#include "plugin_host/bundled_plugins.hpp"

#include <algorithm>

#include "core/bytes.hpp"

namespace cachify::plugin_host {

std::vector<Digest> bundledPlugins() {
  std::vector<Digest> digests;
  for (const char* hex : {
@entries@       }) {
    const auto bytes = fromHex(hex);
    if (bytes && bytes->size() == kDigestBytes) std::ranges::copy(*bytes, digests.emplace_back().begin());
  }
  return digests;
}

}  // namespace cachify::plugin_host
]])
