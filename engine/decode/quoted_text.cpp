#include "decode/quoted_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace cachify::decode {
namespace {

constexpr char kEscape = 0x1B;
constexpr char kDelete = 0x7F;

bool isControl(char c) {
  return static_cast<unsigned char>(c) < 0x20;
}

bool isPlain(char c) {
  return c == kEscape || (c >= '\t' && c <= '\r') || (!isControl(c) && c != kDelete);
}

std::string escaped(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
  }
}

}  // namespace

bool isPlainText(BytesView bytes) {
  return std::ranges::all_of(bytes, isPlain) && isUtf8(bytes);
}

void appendQuoted(BoundedBytes& out, BytesView text) {
  const auto special = [](char c) { return c == '"' || c == '\\' || isControl(c); };
  out.append('"');
  while (!text.empty() && !out.cut()) {
    const auto* const found = std::ranges::find_if(text, special);
    const auto length = static_cast<std::size_t>(found - text.begin());
    out.append(text.substr(0, length));
    text.remove_prefix(length);
    if (text.empty()) break;
    out.append(escaped(text.front()));
    text.remove_prefix(1);
  }
  out.append('"');
}

}  // namespace cachify::decode
