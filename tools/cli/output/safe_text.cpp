#include "output/safe_text.hpp"

#include <algorithm>

#include "core/bytes.hpp"

namespace cachify::cli {
namespace {

std::string escapeBetween(std::string_view text, std::string_view kept) {
  // Nearly all of it, and lists are long.
  if (std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; })) return std::string(text);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t harmless = std::min(text.find_first_of(kept), text.size());
    out += escapeForDisplay(text.substr(0, harmless));
    if (harmless < text.size()) out += text[harmless];
    text.remove_prefix(std::min(harmless + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string safeText(std::string_view text) {
  return escapeBetween(text, "\n\\");
}

std::string safeBlock(std::string_view text) {
  return escapeBetween(text, "\n\t\\");
}

std::size_t textWidth(std::string_view text) {
  const auto startsCharacter = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::ranges::count_if(text, startsCharacter));
}

}  // namespace cachify::cli
