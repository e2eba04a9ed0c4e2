#include "keys/value_view.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json/array.hpp>
#include <string_view>
#include <vector>

namespace cachify::cli {

namespace json = boost::json;

namespace {

std::string viewNames() {
  std::vector<std::string_view> names;
  for (const auto view : decode::allViews()) names.push_back(decode::wireName(view));
  return fmt::format("{}", fmt::join(names, "|"));
}

}  // namespace

Option ViewOption::addTo(Arguments& app) {
  return addText(app, "--view", name, fmt::format("Show a string decoded: {}", viewNames()));
}

Result<std::optional<decode::View>> ViewOption::resolve() const {
  if (!name) return std::nullopt;
  const auto view = decode::viewFromName(*name);
  if (view) return view;
  return fail(ErrorCode::validationError,
              fmt::format("--view '{}' is none of {}", escapeForDisplay(*name), viewNames()));
}

Result<decode::Decoded> viewed(const cache::ReadValue& value, decode::View view) {
  const auto* bytes = std::get_if<Bytes>(&value.value);
  if (bytes != nullptr) return decode::decode(*bytes, view);
  return fail(ErrorCode::validationError,
              fmt::format("--view is for strings, and this is a {}", domain::wireName(value.type)));
}

json::object toJson(const decode::Decoded& decoded) {
  json::array steps;
  for (const auto step : decoded.steps) steps.emplace_back(decode::wireName(step));
  json::object object{
      {"steps", std::move(steps)}, {"kind", decode::wireName(decoded.kind)}, {"text", decoded.text}};
  if (decoded.stopped) object["stopped"] = *decoded.stopped;
  return object;
}

void printView(Output& output, const decode::Decoded& decoded) {
  output.note(fmt::format("shown as {}", decode::chainText(decoded)));
  output.block(decoded.text);
  if (decoded.stopped) output.warning(*decoded.stopped);
}

}  // namespace cachify::cli
