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
  std::size_t distinct = 0;
  for (const std::uint64_t fingerprint : fingerprints_) {
    if (distinct > 0 && fingerprints_[distinct - 1] == fingerprint) {
      ++left_.back();
      continue;
    }
    fingerprints_[distinct++] = fingerprint;
    left_.push_back(1);
  }
  fingerprints_.resize(distinct);
}

bool PlannedKeys::take(BytesView key) {
  const std::uint64_t wanted = fingerprintOf(key);
  const auto found = std::ranges::lower_bound(fingerprints_, wanted);
  if (found == fingerprints_.end() || *found != wanted) return false;
  std::uint32_t& left = left_[static_cast<std::size_t>(found - fingerprints_.begin())];
  if (left == 0) return false;
  --left;
  return true;
}

}  // namespace cachify::actions
