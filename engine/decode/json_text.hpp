#pragma once
// JSON pretty-printed in the order of its members, duplicates kept, every number as it was written.
//
// A scanner of our own: a DOM holds numbers as doubles, and Boost.JSON's event parser also refuses lone
// surrogates and exponents beyond 32 bits, both of which the grammar of RFC 8259 allows and caches hold.

#include <expected>
#include <string>

#include "core/bytes.hpp"
#include "decode/bounded_bytes.hpp"
#include "decode/decode.hpp"

namespace cachify::decode {

struct JsonText {
  std::string text;
  /// The output's limit was reached; the rest was read all the same, and is JSON.
  bool cut = false;
  /// Nesting went beyond the limit; the text ends there, and nothing is known of the rest.
  bool deep = false;
};

/// One value of any type. Escapes of characters that are safe to show are shown as these characters.
[[nodiscard]] std::expected<JsonText, Fault> formatJson(BytesView text, const Limits& limits);

/// Begins with a bracket or brace, as far as white space lets see.
[[nodiscard]] bool beginsAsJson(BytesView text);

}  // namespace cachify::decode
