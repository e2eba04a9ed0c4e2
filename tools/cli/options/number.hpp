#pragma once
// Numbers from the command line. They are taken as text, so that one that is none, or out of range, is a
// VALIDATION_ERROR that names field, value and range like everywhere else.

#include <cstdint>
#include <string_view>

#include "core/result.hpp"

namespace cachify::cli {

[[nodiscard]] Result<std::int64_t> parseInteger(std::string_view field, std::string_view text);
[[nodiscard]] Result<std::int64_t> parseInteger(std::string_view field, std::string_view text,
                                                std::int64_t low, std::int64_t high);
/// Finite, with a dot for the fraction.
[[nodiscard]] Result<double> parseNumber(std::string_view field, std::string_view text);

}  // namespace cachify::cli
