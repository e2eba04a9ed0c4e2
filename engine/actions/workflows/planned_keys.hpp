#pragma once
// Which keys a plan has already, and how often: a plan that is drawn up anew leaves out just those.
// Twelve bytes for each, for there may be ten million.

#include <cstdint>
#include <vector>

#include "core/bytes.hpp"

namespace cachify::actions {

/// Pure; not for several threads at once.
class PlannedKeys {
 public:
  void reserve(std::size_t keys) { fingerprints_.reserve(keys); }
  void add(BytesView key);
  /// Once all were added: makes them ready to be taken.
  void sort();
  /// True as often as the key was added.
  [[nodiscard]] bool take(BytesView key);

 private:
  std::vector<std::uint64_t> fingerprints_;
  std::vector<std::uint32_t> left_;  ///< how often each can still be taken
};

}  // namespace cachify::actions
