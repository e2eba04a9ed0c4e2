#pragma once
// MessagePack as JSON-like text. What JSON has no words for is written as CBOR's diagnostic notation does
// (RFC 8949, section 8): h'00ff' for binary, NaN and Infinity; besides, ext(5, h'00ff') and
// timestamp("2024-02-29T12:00:00Z"). Keys of maps may be of any type; a text that is not UTF-8 is
// text(h'ff').

#include <expected>
#include <string>

#include "core/bytes.hpp"
#include "decode/bounded_bytes.hpp"
#include "decode/decode.hpp"

namespace cachify::decode {

struct MessagePackText {
  std::string text;
  /// The output's limit was reached; the rest was read all the same, and is MessagePack.
  bool cut = false;
  /// Nesting went beyond the limit; the text ends there, and nothing is known of the rest.
  bool deep = false;
  bool mapOrArray = false;
  bool allTextsUtf8 = true;
  /// A map with something in it, whose own keys are all plain texts.
  bool mapOfNames = false;
};

/// One value of any type, and nothing after it.
[[nodiscard]] std::expected<MessagePackText, Fault> formatMessagePack(BytesView value, const Limits& limits);

}  // namespace cachify::decode
