#pragma once
// JSON as the command line writes it: one line a document, camelCase keys, safe for a terminal.

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"

namespace cachify::cli {

namespace json = boost::json;

/// `name` holds the text where the bytes are UTF-8, else their escaped form. Where they are not plain text
/// (invalid UTF-8, or control characters but tab and line ends) `<name>Base64` holds the bytes themselves,
/// too.
void putBytes(json::object& object, std::string_view name, BytesView bytes);

/// Numbers in their shortest form. Control characters and direction marks inside texts are written as \uNNNN.
[[nodiscard]] std::string toJsonText(const json::value& value);

/// {code, message, retryable, details}
[[nodiscard]] json::object toJson(const Error& error);

[[nodiscard]] json::value toJsonMs(const std::optional<std::chrono::milliseconds>& time);
/// `ttlMs`, null for no expiry; where the server does not tell it there is none, but `ttlKnown`: false.
void putTtl(json::object& object, const std::optional<std::chrono::milliseconds>& ttl, bool isKnown);
/// Milliseconds with microseconds as a fraction.
[[nodiscard]] double toMs(std::chrono::microseconds time);

}  // namespace cachify::cli
