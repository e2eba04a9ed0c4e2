#pragma once
// The one form in which damage of stored bytes is told.

#include <string_view>

#include "core/result.hpp"
#include "log/frame.hpp"

namespace cachify::log {

/// INTERNAL_ERROR with details `damaged` = true, `kind`, and `position` where one is known (not 0).
[[nodiscard]] Error damage(std::string_view kind, Position position, std::string_view what);

}  // namespace cachify::log
