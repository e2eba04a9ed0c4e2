#include "cache/cache_session.hpp"

namespace cachify::cache {

std::string_view wireName(Capability capability) {
  constexpr std::array<std::string_view, kCapabilityCount> kNames{
      "ttl",
      "patternScan",
      "monitorStream",
      "slowLog",
      "bulkDeletePreview",
      "snapshotRestore",
      "keyspaceEvents",
      "typedValues",
      "cas",
  };
  return kNames[static_cast<std::size_t>(capability)];
}

}  // namespace cachify::cache
