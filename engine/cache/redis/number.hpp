#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cachify::cache::redis {

/// All of the text must be a decimal number.
[[nodiscard]] inline std::optional<std::uint64_t> parseNumber(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace cachify::cache::redis
