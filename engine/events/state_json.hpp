#pragma once
// The JSON of a key's state and of an action, for the codecs of mutations and of workflows. Implementation
// detail: include it from .cpp files.

#include <boost/json/object.hpp>
#include <charconv>
#include <string>
#include <string_view>
#include <type_traits>

#include "events/json_fields.hpp"
#include "events/mutation_events.hpp"

namespace cachify::events {

void putState(boost::json::object& object, const KeyState& state);
[[nodiscard]] KeyState readState(Fields& fields);
[[nodiscard]] domain::Action readAction(Fields& fields, std::string_view name);

[[nodiscard]] std::optional<domain::Action> parseActionWord(std::string_view word);

/// For payloads that are made by the million: words and whole numbers one after the other, without a format
/// to be parsed.
template <class... Parts>
void appendParts(std::string& out, const Parts&... parts) {
  const auto one = [&out](const auto& part) {
    if constexpr (std::is_integral_v<std::decay_t<decltype(part)>>) {
      char digits[24];
      out.append(digits, std::to_chars(digits, digits + sizeof digits, part).ptr);
    } else {
      out.append(std::string_view(part));
    }
  };
  (one(parts), ...);
}

/// The fields of `putState` as text: `"key":…,"type":…` without braces.
void appendState(std::string& out, const KeyState& state);
/// `"name":"…"`, with `"nameBase64"` behind it where `putBytes` would add it.
void appendBytes(std::string& out, std::string_view name, BytesView bytes);

}  // namespace cachify::events
