#pragma once
// Keys and values are bytes: any byte, any length. std::string is the container because every library below
// us speaks it; nothing here assumes text.

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace cachify {
inline namespace core {

using Bytes = std::string;
using BytesView = std::string_view;

[[nodiscard]] bool isUtf8(BytesView bytes);

/// Safe for a terminal, a log line or a label: UTF-8 stays, what is not UTF-8, control characters (C0, DEL,
/// C1), the backslash and the Unicode direction marks become `\xNN`, so the text is unambiguous.
[[nodiscard]] std::string escapeForDisplay(BytesView bytes);

[[nodiscard]] std::string toHex(BytesView bytes);
[[nodiscard]] Result<Bytes> fromHex(std::string_view text);
/// RFC 4648 section 4, padded.
[[nodiscard]] std::string toBase64(BytesView bytes);
/// VALIDATION_ERROR when the text is not padded base64.
[[nodiscard]] Result<Bytes> fromBase64(std::string_view text);

/// ASCII only; for host names, profile names and protocol words.
[[nodiscard]] std::string toLowerAscii(std::string_view text);
[[nodiscard]] std::string_view trimAscii(std::string_view text);

}  // namespace core
}  // namespace cachify
