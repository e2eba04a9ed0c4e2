#include "events/json_fields.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <utility>

namespace cachify::events {

namespace json = boost::json;

Result<json::object> parseObject(std::string_view text) {
  json::error_code error;
  json::value value = json::parse(text, error);
  if (error || !value.is_object()) return fail(ErrorCode::validationError, "not a JSON object");
  return std::move(value.as_object());
}

void putBytes(json::object& object, std::string_view name, BytesView bytes) {
  const std::string shown = escapeForDisplay(bytes);
  if (shown != bytes) object[fmt::format("{}Base64", name)] = toBase64(bytes);
  object[name] = shown;
}

std::string asText(std::string_view text) {
  return isUtf8(text) ? std::string(text) : escapeForDisplay(text);
}

const json::value* Fields::find(std::string_view name) const {
  const json::value* value = object_.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

void Fields::wrong(std::string_view name, std::string_view expected) {
  if (error_) return;
  error_ = Error{.code = ErrorCode::validationError,
                 .message = fmt::format("field '{}' must be {}", name, expected)}
               .with("field", std::string(name));
}

void Fields::reject(const Error& error) {
  if (!error_) error_ = error;
}

Result<void> Fields::finish() const {
  if (error_) return std::unexpected(*error_);
  return {};
}

std::string Fields::text(std::string_view name) {
  const auto* value = find(name);
  if (value != nullptr && value->is_string()) return std::string(value->get_string());
  wrong(name, "text");
  return {};
}

std::optional<std::string> Fields::optionalText(std::string_view name) {
  if (find(name) == nullptr) return std::nullopt;
  return text(name);
}

std::string Fields::textOr(std::string_view name, std::string_view fallback) {
  return optionalText(name).value_or(std::string(fallback));
}

std::optional<std::int64_t> Fields::optionalInteger(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  json::error_code error;
  const auto number = value->to_number<std::int64_t>(error);
  if (!error && !value->is_double()) return number;
  wrong(name, "a whole number");
  return std::nullopt;
}

std::int64_t Fields::integer(std::string_view name) {
  const auto number = optionalInteger(name);
  if (!number) wrong(name, "a whole number");
  return number.value_or(0);
}

std::int64_t Fields::integerOr(std::string_view name, std::int64_t fallback) {
  return optionalInteger(name).value_or(fallback);
}

std::uint64_t Fields::count(std::string_view name) {
  const std::int64_t value = integer(name);
  if (value < 0) wrong(name, "a whole number from 0");
  return value < 0 ? 0 : static_cast<std::uint64_t>(value);
}

std::uint64_t Fields::countOr(std::string_view name, std::uint64_t fallback) {
  return find(name) == nullptr ? fallback : count(name);
}

std::uint32_t Fields::count32(std::string_view name) {
  const std::uint64_t value = count(name);
  if (!std::in_range<std::uint32_t>(value)) wrong(name, "a whole number from 0 to 4294967295");
  return static_cast<std::uint32_t>(value);
}

std::uint32_t Fields::count32Or(std::string_view name, std::uint32_t fallback) {
  return find(name) == nullptr ? fallback : count32(name);
}

std::chrono::microseconds Fields::microseconds(std::string_view name) {
  return std::chrono::microseconds(static_cast<std::int64_t>(count(name)));
}

std::optional<WallTime> Fields::optionalTime(std::string_view name) {
  const auto number = optionalInteger(name);
  if (!number) return std::nullopt;
  constexpr auto kMost =
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::microseconds::max()).count();
  if (*number < -kMost || *number > kMost) {
    wrong(name, "a time in milliseconds");
    return std::nullopt;
  }
  return WallTime(std::chrono::milliseconds(*number));
}

double Fields::number(std::string_view name) {
  const auto* value = find(name);
  if (value != nullptr && value->is_number()) {
    json::error_code error;
    return value->to_number<double>(error);
  }
  wrong(name, "a number");
  return 0;
}

bool Fields::boolean(std::string_view name) {
  const auto* value = find(name);
  if (value != nullptr && value->is_bool()) return value->get_bool();
  wrong(name, "true or false");
  return false;
}

bool Fields::booleanOr(std::string_view name, bool fallback) {
  return find(name) == nullptr ? fallback : boolean(name);
}

Uuid Fields::uuid(std::string_view name) {
  const auto id = Uuid::parse(text(name));
  if (!id) wrong(name, "an id");
  return id.value_or(Uuid());
}

Uuid Fields::uuidOrNil(std::string_view name) {
  return find(name) == nullptr ? Uuid() : uuid(name);
}

Bytes Fields::bytes(std::string_view name) {
  const std::string base64Name = fmt::format("{}Base64", name);
  if (find(base64Name) == nullptr) return text(name);
  auto decoded = fromBase64(text(base64Name));
  if (!decoded) wrong(base64Name, "base64");
  return decoded.value_or(Bytes());
}

const json::object& Fields::object(std::string_view name) {
  static const json::object kEmpty;
  const auto* value = find(name);
  if (value != nullptr && value->is_object()) return value->get_object();
  wrong(name, "an object");
  return kEmpty;
}

const json::array& Fields::array(std::string_view name) {
  static const json::array kEmpty;
  const auto* value = find(name);
  if (value != nullptr && value->is_array()) return value->get_array();
  wrong(name, "an array");
  return kEmpty;
}

}  // namespace cachify::events
