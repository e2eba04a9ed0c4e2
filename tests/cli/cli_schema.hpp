#pragma once
// Output against the JSON Schemas in schemas/cli.

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cachify::test {

/// Throws std::runtime_error unless the text is one JSON document on one line.
[[nodiscard]] boost::json::value parseDocument(std::string_view text);
[[nodiscard]] std::vector<boost::json::value> parseLines(std::string_view text);

/// Empty if `document` fits schemas/cli/<name>.json; else what does not.
[[nodiscard]] std::string complaint(const boost::json::value& document, const std::string& name);

}  // namespace cachify::test
