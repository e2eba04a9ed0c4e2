#pragma once
// What every store accepts as a name, so that no store takes a name that another would refuse or change.

#include <string_view>

#include "core/result.hpp"

namespace cachify::secrets {

inline constexpr std::size_t kMaxNameBytes = 1024;

/// VALIDATION_ERROR unless `name` is 1 to 1024 bytes of UTF-8 without control characters: what D-Bus can
/// carry.
Result<void> checkName(std::string_view name);

}  // namespace cachify::secrets
