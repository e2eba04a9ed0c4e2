#include "options/number.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <string>

#include "core/invalid_value.hpp"

namespace cachify::cli {
namespace {

template <class T>
bool parseAll(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

Result<std::int64_t> parseInteger(std::string_view field, std::string_view text) {
  std::int64_t value = 0;
  if (!parseAll(text, value)) return invalidValue(field, text, "a whole number");
  return value;
}

Result<std::int64_t> parseInteger(std::string_view field, std::string_view text, std::int64_t low,
                                  std::int64_t high) {
  std::int64_t value = 0;
  if (!parseAll(text, value) || value < low || value > high) {
    return invalidValue(field, text, fmt::format("from {} to {}", low, high));
  }
  return value;
}

Result<double> parseNumber(std::string_view field, std::string_view text) {
  double value = 0;
  if (!parseAll(text, value) || !std::isfinite(value)) return invalidValue(field, text, "a number");
  return value;
}

}  // namespace cachify::cli
