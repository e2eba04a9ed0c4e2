#include "actions/workflows/planned_keys.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

namespace cachify::actions {
namespace {

std::uint64_t fingerprintOf(BytesView key) {
  // Two keys of one fingerprint in a plan of ten million: once in 360 000 plans.
  return std::hash<std::string_view>()(key);
}

}  // namespace

void PlannedKeys::add(BytesView key) {
  fingerprints_.push_back(fingerprintOf(key));
}

void PlannedKeys::sort() {
  std::ranges::sort(fingerprints_);
  taken_.assign(fingerprints_.size(), false);
}

bool PlannedKeys::take(BytesView key) {
  const auto same = std::ranges::equal_range(fingerprints_, fingerprintOf(key));
  const auto first = static_cast<std::size_t>(same.begin() - fingerprints_.begin());
  for (std::size_t i = first; i < first + same.size(); ++i) {
    if (taken_[i]) continue;
    taken_[i] = true;
    return true;
  }
  return false;
}

}  // namespace cachify::actions
