#include "actions/workflows/parameters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "core/bytes.hpp"

namespace cachify::actions {

namespace json = boost::json;

namespace {

Result<json::object> objectIn(std::string_view text, std::string_view what) {
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (!error && value.is_object()) return value.get_object();
  return fail(
      Error{.code = ErrorCode::validationError,
            .message = fmt::format("{} must be one JSON object{}", what, error ? ": " + error.message() : "")}
          .with("field", std::string(what)));
}

/// Null where the schema has none.
const json::object* propertiesOf(const json::object& schema) {
  const auto* properties = schema.if_contains("properties");
  return properties == nullptr ? nullptr : properties->if_object();
}

/// Forms and command lines give text: where the schema wants a number, a truth value, a list or an object,
/// the text is read as one. What cannot be read stays, for the schema to complain of.
void readText(const json::object& schema, json::object& object) {
  const auto* properties = propertiesOf(schema);
  if (properties == nullptr) return;
  for (auto& [name, value] : object) {
    const auto* property = properties->if_contains(name);
    if (property == nullptr || !property->is_object() || !value.is_string()) continue;
    const auto* type = property->get_object().if_contains("type");
    if (type == nullptr || !type->is_string() || type->get_string() == "string") continue;
    json::error_code error;
    json::value read = json::parse(value.get_string(), error);
    if (!error) value = std::move(read);
  }
}

void fillDefaults(const json::object& schema, json::object& object) {
  const auto* properties = propertiesOf(schema);
  if (properties == nullptr) return;
  for (const auto& [name, property] : *properties) {
    if (object.contains(name) || !property.is_object()) continue;
    if (const auto* value = property.get_object().if_contains("default")) object[name] = *value;
  }
}

/// "/entries/0/ttlSeconds" as people write it: "entries.0.ttlSeconds".
std::string fieldOf(const valijson::ValidationResults::Error& error) {
  std::string field;
  for (const auto& part : error.context) {
    if (part == "<root>") continue;
    std::string_view name = part;
    if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
    if (!field.empty()) field += '.';
    field += name;
  }
  return field.empty() ? "parameters" : field;
}

/// The validator would not name the ones there are: most of these are slips of the pen.
Result<void> judgeNames(const json::value& schema, const json::object& object) {
  if (!schema.is_object()) return {};
  const auto* others = schema.get_object().if_contains("additionalProperties");
  const auto* properties = propertiesOf(schema.get_object());
  if (others == nullptr || *others != false || properties == nullptr) return {};
  for (const auto& [name, value] : object) {
    if (properties->contains(name)) continue;
    std::vector<std::string> known;
    for (const auto& [property, rules] : *properties) known.push_back(escapeForDisplay(property));
    const std::string field = escapeForDisplay(name);
    return fail(Error{
        .code = ErrorCode::validationError,
        .message = fmt::format("there is no parameter {}; there are: {}", field, fmt::join(known, ", "))}
                    .with("field", field));
  }
  return {};
}

/// The validator would name the object that lacks it.
Result<void> judgeRequired(const json::value& schema, const json::object& object) {
  const auto* names = schema.is_object() ? schema.get_object().if_contains("required") : nullptr;
  if (names == nullptr || !names->is_array()) return {};
  for (const json::value& name : names->get_array()) {
    if (!name.is_string() || object.contains(name.get_string())) continue;
    const std::string field = escapeForDisplay(name.get_string());
    return fail(
        Error{.code = ErrorCode::validationError, .message = fmt::format("parameter {} is missing", field)}
            .with("field", field));
  }
  return {};
}

/// The validator does not name the pattern that a text must match, nor what it stands for.
std::string inWords(const std::string& complaint, const json::value& schema, const std::string& field) {
  if (!complaint.starts_with("Failed to match regex")) return complaint;
  const auto* properties = schema.is_object() ? propertiesOf(schema.get_object()) : nullptr;
  const auto* property = properties == nullptr ? nullptr : properties->if_contains(field);
  const auto* pattern =
      property == nullptr || !property->is_object() ? nullptr : property->get_object().if_contains("pattern");
  if (pattern == nullptr || !pattern->is_string()) return complaint;
  std::string words = fmt::format("must match {}", std::string_view(pattern->get_string()));
  const auto* meaning = property->get_object().if_contains("description");
  if (meaning != nullptr && meaning->is_string())
    words += fmt::format(" ({})", std::string_view(meaning->get_string()));
  return words;
}

Result<void> judge(const json::value& schema, const json::object& object) {
  if (auto ok = judgeNames(schema, object); !ok) return ok;
  if (auto ok = judgeRequired(schema, object); !ok) return ok;
  valijson::Schema rules;
  try {
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::BoostJsonAdapter(schema), rules);
  } catch (const std::exception& error) {
    return fail(ErrorCode::internalError,
                fmt::format("the workflow kind's parameter schema cannot be used: {}", error.what()));
  }
  valijson::Validator validator;
  valijson::ValidationResults results;
  const json::value whole = object;
  if (validator.validate(rules, valijson::adapters::BoostJsonAdapter(whole), &results)) return {};
  // The last complaint is the innermost: what a person can mend.
  valijson::ValidationResults::Error complaint;
  valijson::ValidationResults::Error next;
  if (results.popError(next)) complaint = next;
  const std::string field = fieldOf(complaint);
  return fail(Error{.code = ErrorCode::validationError,
                    .message = fmt::format("parameter {}: {}", escapeForDisplay(field),
                                           escapeForDisplay(inWords(complaint.description, schema, field)))}
                  .with("field", escapeForDisplay(field)));
}

std::string sizeInWords(const json::value& value) {
  const std::size_t bytes = value.is_string() ? value.get_string().size() : json::serialize(value).size();
  return fmt::format("({} B, not shown)", bytes);
}

bool isMarked(const json::object& schema) {
  const auto* mark = schema.if_contains("x-cachify-value");
  return mark != nullptr && mark->is_bool() && mark->get_bool();
}

void redact(const json::object& schema, json::value& value, bool& isWhole) {
  if (isMarked(schema)) {
    value = sizeInWords(value);
    isWhole = false;
    return;
  }
  if (value.is_object()) {
    const auto* properties = propertiesOf(schema);
    if (properties == nullptr) return;
    for (const auto& [name, property] : *properties) {
      if (auto* inner = value.get_object().if_contains(name); inner != nullptr && property.is_object())
        redact(property.get_object(), *inner, isWhole);
    }
  }
  const auto* items = schema.if_contains("items");
  if (!value.is_array() || items == nullptr || !items->is_object()) return;
  for (auto& inner : value.get_array()) redact(items->get_object(), inner, isWhole);
}

}  // namespace

Result<std::string> completeParameters(std::string_view schema, std::string_view parameters) {
  auto rules = objectIn(schema, "the parameter schema");
  if (!rules) return fail(ErrorCode::internalError, rules.error().message);
  auto object = objectIn(parameters, "parameters");
  if (!object) return std::unexpected(object.error());
  readText(*rules, *object);
  fillDefaults(*rules, *object);
  if (auto ok = judge(*rules, *object); !ok) return std::unexpected(ok.error());
  return json::serialize(*object);
}

Result<void> checkPartialParameters(std::string_view schema, std::string_view parameters) {
  auto rules = objectIn(schema, "the parameter schema");
  if (!rules) return fail(ErrorCode::internalError, rules.error().message);
  auto object = objectIn(parameters, "parameters");
  if (!object) return std::unexpected(object.error());
  readText(*rules, *object);
  for (const auto* complete : {"required", "anyOf", "oneOf", "allOf", "minProperties"})
    rules->erase(complete);
  return judge(*rules, *object);
}

Result<std::string> overlayParameters(std::string_view base, std::string_view edits) {
  auto object = objectIn(base, "parameters");
  if (!object) return std::unexpected(object.error());
  const auto changes = objectIn(edits, "parameters");
  if (!changes) return std::unexpected(changes.error());
  for (const auto& [name, value] : *changes) {
    if (value.is_null()) {
      object->erase(name);
    } else {
      (*object)[name] = value;
    }
  }
  return json::serialize(*object);
}

Result<RedactedParameters> redactParameters(std::string_view schema, std::string_view parameters) {
  const auto rules = objectIn(schema, "the parameter schema");
  if (!rules) return fail(ErrorCode::internalError, rules.error().message);
  const auto object = objectIn(parameters, "parameters");
  if (!object) return std::unexpected(object.error());
  json::value value = *object;
  RedactedParameters redacted;
  redact(*rules, value, redacted.isWhole);
  redacted.text = json::serialize(value);
  return redacted;
}

}  // namespace cachify::actions
