#pragma once
// Which key events a mutation makes, under the names that Redis gives them.

#include <string_view>
#include <vector>

#include "cache/subscription.hpp"
#include "domain/value.hpp"

namespace cachify::cache {

/// Of a mutation that was applied. `existed` and `exists`: its (first) key before and after.
[[nodiscard]] std::vector<KeyEvent> keyEventsOf(const domain::Mutation& mutation, bool existed, bool exists);
/// Of filling the cache with a value of this type.
[[nodiscard]] std::string_view fillEventOf(domain::ValueType type);

}  // namespace cachify::cache
