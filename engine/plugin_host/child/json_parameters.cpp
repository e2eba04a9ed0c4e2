#include "plugin_host/child/json_parameters.hpp"

#include <boost/json/parse.hpp>

#include "plugin_host/child/plugin_library.hpp"

namespace cachify::plugin_host {

namespace json = boost::json;

JsonParameters::JsonParameters(const Bytes& text)
    : json_(text),
      table_{.struct_size = sizeof(cachify_parameters),
             .reserved = 0,
             .context = this,
             .json = &json,
             .type = &type,
             .size = &size,
             .text = &JsonParameters::text,
             .integer = &integer,
             .boolean = &boolean} {
  json::error_code error;
  root_ = json::parse(json_, error);
  if (error || !root_.is_object()) root_ = json::object();
}

const json::value* JsonParameters::find(const cachify_parameters* parameters, cachify_text pointer) {
  json::error_code error;
  return self(parameters).root_.find_pointer(viewOf(pointer), error);
}

cachify_text JsonParameters::json(const cachify_parameters* parameters) {
  return textOf(self(parameters).json_);
}

std::uint32_t JsonParameters::type(const cachify_parameters* parameters, cachify_text pointer) {
  const auto* value = find(parameters, pointer);
  if (value == nullptr) return CACHIFY_JSON_MISSING;
  switch (value->kind()) {
    case json::kind::null:
      return CACHIFY_JSON_NULL;
    case json::kind::bool_:
      return CACHIFY_JSON_BOOLEAN;
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
      return CACHIFY_JSON_NUMBER;
    case json::kind::string:
      return CACHIFY_JSON_TEXT;
    case json::kind::array:
      return CACHIFY_JSON_ARRAY;
    case json::kind::object:
      return CACHIFY_JSON_OBJECT;
  }
  return CACHIFY_JSON_MISSING;
}

cachify_status JsonParameters::size(const cachify_parameters* parameters, cachify_text pointer,
                                    std::uint64_t* out) {
  const auto* value = find(parameters, pointer);
  if (value == nullptr) return CACHIFY_NOT_FOUND;
  if (value->is_array()) {
    *out = value->get_array().size();
  } else if (value->is_object()) {
    *out = value->get_object().size();
  } else {
    return CACHIFY_WRONG_TYPE;
  }
  return CACHIFY_OK;
}

cachify_status JsonParameters::text(const cachify_parameters* parameters, cachify_text pointer,
                                    cachify_text* out) {
  const auto* value = find(parameters, pointer);
  if (value == nullptr) return CACHIFY_NOT_FOUND;
  if (!value->is_string()) return CACHIFY_WRONG_TYPE;
  *out = {value->get_string().data(), value->get_string().size()};
  return CACHIFY_OK;
}

cachify_status JsonParameters::integer(const cachify_parameters* parameters, cachify_text pointer,
                                       std::int64_t* out) {
  const auto* value = find(parameters, pointer);
  if (value == nullptr) return CACHIFY_NOT_FOUND;
  json::error_code error;
  if (!value->is_number()) return CACHIFY_WRONG_TYPE;
  const auto number = value->to_number<std::int64_t>(error);
  if (error) return CACHIFY_WRONG_TYPE;
  *out = number;
  return CACHIFY_OK;
}

cachify_status JsonParameters::boolean(const cachify_parameters* parameters, cachify_text pointer,
                                       std::uint32_t* out) {
  const auto* value = find(parameters, pointer);
  if (value == nullptr) return CACHIFY_NOT_FOUND;
  if (!value->is_bool()) return CACHIFY_WRONG_TYPE;
  *out = value->get_bool() ? 1 : 0;
  return CACHIFY_OK;
}

}  // namespace cachify::plugin_host
