#include "core/bytes.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <utf8.h>

#include <algorithm>
#include <iterator>

namespace cachify::inline core {
namespace {

/// Marks that reorder or hide text on screen: they can make one key look like another.
bool isInvisibleMark(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
         c == 0xFEFF || c == 0x061C;
}

bool isHarmless(char32_t c) {
  return c >= 0x20 && c != '\\' && !(c >= 0x7F && c <= 0x9F) && !isInvisibleMark(c);
}

/// ASCII that every screen shows as itself: nearly all there is.
bool isPlainAscii(char c) {
  return c >= 0x20 && c < 0x7F && c != '\\';
}

void appendEscaped(std::string& out, BytesView bytes) {
  for (const char c : bytes) {
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
  }
}

}  // namespace

bool isUtf8(BytesView bytes) {
  return utf8::is_valid(bytes.begin(), bytes.end());
}

std::string escapeForDisplay(BytesView bytes) {
  std::string out;
  out.reserve(bytes.size());
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at != end) {
    const char* const plainEnd = std::find_if_not(at, end, isPlainAscii);
    out.append(at, plainEnd);
    at = plainEnd;
    if (at == end) break;
    const char* next = at;
    char32_t c = 0;
    try {
      c = utf8::next(next, end);
    } catch (const utf8::exception&) {
      appendEscaped(out, BytesView(at, 1));
      ++at;
      continue;
    }
    const BytesView sequence(at, static_cast<std::size_t>(next - at));
    if (isHarmless(c)) {
      out += sequence;
    } else {
      appendEscaped(out, sequence);
    }
    at = next;
  }
  return out;
}

std::string toHex(BytesView bytes) {
  // libsodium's takes the same time for all bytes; what is shown is no secret, and there is a lot of it.
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out(bytes.size() * 2, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    out[2 * i] = kDigits[byte >> 4];
    out[2 * i + 1] = kDigits[byte & 0x0F];
  }
  return out;
}

Result<Bytes> fromHex(std::string_view text) {
  Bytes out(text.size() / 2, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  const int status = sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                                    text.size(), nullptr, &length, &end);
  if (status != 0 || end != text.data() + text.size() || length != out.size()) {
    return fail(ErrorCode::validationError, "not hexadecimal text");
  }
  return out;
}

std::string toBase64(BytesView bytes) {
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();
  return out;
}

Result<Bytes> fromBase64(std::string_view text) {
  Bytes out(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  const int status = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                                       text.size(), nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL);
  if (status != 0 || end != text.data() + text.size()) {
    return fail(ErrorCode::validationError, "not padded base64 text");
  }
  out.resize(length);
  return out;
}

std::string toLowerAscii(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

std::string_view trimAscii(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace cachify::inline core
