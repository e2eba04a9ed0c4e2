#include "cli/cli_schema.hpp"

#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace cachify::test {

namespace json = boost::json;

json::value parseDocument(std::string_view text) {
  const bool oneLine = text.ends_with('\n') && text.find('\n') == text.size() - 1;
  json::error_code error;
  json::value value = json::parse(text, error);
  if (error || !oneLine) throw std::runtime_error("not one JSON document on one line: " + std::string(text));
  return value;
}

std::vector<json::value> parseLines(std::string_view text) {
  std::vector<json::value> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) throw std::runtime_error("the last line has no end");
    lines.push_back(parseDocument(text.substr(0, end + 1)));
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string complaint(const json::value& document, const std::string& name) {
  const std::string file = std::string(CACHIFY_SOURCE_DIR) + "/schemas/cli/" + name + ".json";
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  const json::value schemaText = json::parse(text.str());
  valijson::Schema schema;
  valijson::SchemaParser().populateSchema(valijson::adapters::BoostJsonAdapter(schemaText), schema);
  valijson::ValidationResults results;
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  if (validator.validate(schema, valijson::adapters::BoostJsonAdapter(document), &results)) return {};
  std::string all = name + " refuses it:";
  for (const auto& error : results) {
    for (const auto& place : error.context) all += " " + place;
    all += ": " + error.description + ";";
  }
  return all;
}

}  // namespace cachify::test
