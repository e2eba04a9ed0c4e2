#pragma once
// The JSON of a key's state and of an action, for the codecs of mutations and of workflows. Implementation
// detail: include it from .cpp files.

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "events/json_fields.hpp"
#include "events/mutation_events.hpp"

namespace cachify::events {

void putState(boost::json::object& object, const KeyState& state);
[[nodiscard]] KeyState readState(Fields& fields);
[[nodiscard]] domain::Action readAction(Fields& fields, std::string_view name);

/// The fields of `putState` as text, for payloads that are made by the million: `"key":…,"type":…` without
/// braces.
void appendState(std::string& out, const KeyState& state);
/// `"name":"…"`, with `"nameBase64"` behind it where `putBytes` would add it.
void appendBytes(std::string& out, std::string_view name, BytesView bytes);

}  // namespace cachify::events
