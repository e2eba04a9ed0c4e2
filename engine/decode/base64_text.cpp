#include "decode/base64_text.hpp"

#include <algorithm>
#include <string>

namespace cachify::decode {
namespace {

constexpr std::size_t kShortest = 16;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool isLower(char c) {
  return c >= 'a' && c <= 'z';
}
bool isUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool isHexDigit(char c) {
  return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isOfAlphabet(char c) {
  return isDigit(c) || isLower(c) || isUpper(c) || c == '+' || c == '/';
}

BytesView withoutPadding(BytesView value) {
  for (int count = 0; count < 2 && value.ends_with('='); ++count) value.remove_suffix(1);
  return value;
}

Fault firstFault(BytesView value) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '\r' || c == '\n') continue;
    const bool padding = c == '=' && characters % 4 >= 2;
    if (!isOfAlphabet(c) && !padding) return {at, "no character of base64"};
    ++characters;
  }
  if (characters % 4 != 0) return {value.size(), "base64 has groups of four characters"};
  return {value.size(), "the padding is wrong"};
}

}  // namespace

bool looksLikeBase64(BytesView value) {
  if (value.size() < kShortest || value.size() % 4 != 0) return false;
  const BytesView digits = withoutPadding(value);
  return std::ranges::all_of(digits, isOfAlphabet) && !std::ranges::all_of(digits, isHexDigit) &&
         std::ranges::any_of(digits, isLower) && std::ranges::any_of(digits, isUpper);
}

std::expected<Unpacked, Fault> unpackBase64(BytesView value, std::uint64_t maxOutputBytes) {
  // Four characters more than the limit needs show that there is more.
  const std::uint64_t maxCharacters = (maxOutputBytes / 3 + 2) * 4;
  std::string characters;
  characters.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(value.size(), maxCharacters)));
  for (const char c : value) {
    if (characters.size() == maxCharacters) break;
    if (c != '\r' && c != '\n') characters += c;
  }
  auto bytes = fromBase64(characters);
  if (!bytes) return std::unexpected(firstFault(value));
  if (bytes->size() <= maxOutputBytes) return Unpacked{.bytes = *std::move(bytes)};
  bytes->resize(static_cast<std::size_t>(maxOutputBytes));
  return Unpacked{
      .bytes = *std::move(bytes), .ending = Unpacked::Ending::limit, .reason = limitReached(maxOutputBytes)};
}

}  // namespace cachify::decode
