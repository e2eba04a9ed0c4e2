#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace cachify::plugin_host {

/// VALIDATION_ERROR unless the text is a JSON Schema of an object whose defaults are of the types they belong
/// to.
[[nodiscard]] Result<void> checkSchema(std::string_view schemaJson);

/// An object that the schema should allow: its first example; else every default, and for what is required
/// without one its first example, its first allowed value, or something of its type.
[[nodiscard]] std::string sampleParameters(std::string_view schemaJson);

/// Objects that a schema may or may not allow, none of which may do any harm.
[[nodiscard]] std::vector<std::string> oddParameters(std::string_view schemaJson);

}  // namespace cachify::plugin_host
