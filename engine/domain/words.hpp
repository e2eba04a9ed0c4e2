#pragma once
// Enumerations and the words that stand for them in events, JSON and on the command line.

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace cachify::domain {

template <class E, std::size_t N>
using Words = std::array<std::pair<E, std::string_view>, N>;

template <class E, std::size_t N>
[[nodiscard]] constexpr std::string_view wordOf(const Words<E, N>& words, E value) {
  for (const auto& [candidate, word] : words) {
    if (candidate == value) return word;
  }
  return {};
}

/// VALIDATION_ERROR with details `field`, `value` and `allowed` for a word that is not one of `words`.
template <class E, std::size_t N>
[[nodiscard]] Result<E> parseWord(const Words<E, N>& words, std::string_view field, std::string_view text) {
  std::string allowed;
  for (const auto& [value, word] : words) {
    if (word == text) return value;
    allowed += allowed.empty() ? "" : ", ";
    allowed += word;
  }
  const std::string shown = escapeForDisplay(text.substr(0, 100));
  return fail(Error{.code = ErrorCode::validationError,
                    .message = fmt::format("{} must be one of {}, not '{}'", field, allowed, shown)}
                  .with("field", std::string(field))
                  .with("value", shown)
                  .with("allowed", allowed));
}

}  // namespace cachify::domain
