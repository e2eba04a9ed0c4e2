#include "plugin_host/conformance/sample_parameters.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <limits>

#include "events/json_fields.hpp"

namespace cachify::plugin_host {

namespace json = boost::json;

namespace {

std::string_view textIn(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

const json::object& objectIn(const json::object& object, std::string_view name) {
  static const json::object kEmpty;
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_object() ? value->get_object() : kEmpty;
}

const json::value* firstOf(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_array() || value->get_array().empty()) return nullptr;
  return &value->get_array().front();
}

bool isOfType(const json::value& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_bool();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  return true;
}

json::value somethingOf(const json::object& property) {
  for (const std::string_view source : {"examples", "enum"}) {
    if (const auto* first = firstOf(property, source)) return *first;
  }
  const std::string_view type = textIn(property, "type");
  if (type == "integer" || type == "number") {
    const auto* least = property.if_contains("minimum");
    return least != nullptr ? *least : json::value(1);
  }
  if (type == "boolean") return false;
  if (type == "array") return json::array{};
  if (type == "object") return json::object{};
  return "sample";
}

bool isRequired(const json::object& schema, std::string_view name) {
  const auto* required = schema.if_contains("required");
  if (required == nullptr || !required->is_array()) return false;
  for (const auto& item : required->get_array()) {
    if (item.is_string() && std::string_view(item.get_string()) == name) return true;
  }
  return false;
}

json::object sampleOf(const json::object& schema) {
  const auto* example = firstOf(schema, "examples");
  if (example != nullptr && example->is_object()) return example->get_object();
  json::object sample;
  for (const auto& [name, property] : objectIn(schema, "properties")) {
    if (!property.is_object()) continue;
    const auto* given = property.get_object().if_contains("default");
    if (given != nullptr) {
      sample[name] = *given;
    } else if (isRequired(schema, name)) {
      sample[name] = somethingOf(property.get_object());
    }
  }
  return sample;
}

std::unexpected<Error> badSchema(std::string message) {
  return fail(ErrorCode::validationError, std::move(message));
}

}  // namespace

Result<void> checkSchema(std::string_view schemaJson) {
  const auto schema = events::parseObject(schemaJson);
  if (!schema) return badSchema("the schema is no JSON object");
  if (textIn(*schema, "type") != "object") return badSchema("the schema's type is not \"object\"");
  const auto* properties = schema->if_contains("properties");
  if (properties == nullptr || !properties->is_object())
    return badSchema("the schema has no object `properties`");
  for (const auto& [name, property] : properties->get_object()) {
    if (!property.is_object())
      return badSchema(fmt::format("the property {} is not described by an object", std::string_view(name)));
    const auto* given = property.get_object().if_contains("default");
    if (given != nullptr && !isOfType(*given, textIn(property.get_object(), "type")))
      return badSchema(fmt::format("the default of {} is not of its type", std::string_view(name)));
  }
  return {};
}

std::string sampleParameters(std::string_view schemaJson) {
  const auto schema = events::parseObject(schemaJson);
  return json::serialize(schema ? sampleOf(*schema) : json::object());
}

std::vector<std::string> oddParameters(std::string_view schemaJson) {
  std::vector<std::string> all{"{}"};
  const auto schema = events::parseObject(schemaJson);
  if (!schema) return all;
  const json::object sample = sampleOf(*schema);
  const json::string longText(100'000, 'x');
  const std::vector<json::value> odd{nullptr,
                                     true,
                                     -1,
                                     0,
                                     std::numeric_limits<std::int64_t>::max(),
                                     std::numeric_limits<std::uint64_t>::max(),
                                     0.5,
                                     "",
                                     "\x01\x7f",
                                     longText,
                                     json::array{},
                                     json::array{json::array{json::object{}}},
                                     json::object{{"a", nullptr}}};
  for (const auto& property : objectIn(*schema, "properties")) {
    for (const auto& value : odd) {
      json::object changed = sample;
      changed[property.key()] = value;
      all.push_back(json::serialize(changed));
    }
  }
  json::object more = sample;
  more["unknownToAnybody"] = json::object{{"deep", json::array{json::array{json::array{}}}}};
  all.push_back(json::serialize(more));
  return all;
}

}  // namespace cachify::plugin_host
