#include "fuzz/targets.hpp"

#include <algorithm>
#include <array>

namespace cachify::fuzz {

std::span<const Target> targets() {
  static const std::array kAll{kRespReplies,   kMemcachedReplies, kMemcachedCrawl,   kUrl,   kGlob,
                               kEventPayloads, kFrames,           kConnectionImport, kDecode};
  return kAll;
}

const Target* findTarget(std::string_view name) {
  const auto found = std::ranges::find(targets(), name, &Target::name);
  return found == targets().end() ? nullptr : &*found;
}

}  // namespace cachify::fuzz
