#include "json_lines_file.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "shared/base64_text.hpp"

namespace warmup {

namespace json = boost::json;

namespace {

std::string textOf(const json::object& object, std::string_view name, std::uint64_t line) {
  const auto* value = object.if_contains(name);
  if (value == nullptr) throw refusedLine(line, std::string(name) + " is missing");
  if (!value->is_string()) throw refusedLine(line, std::string(name) + " must be a text");
  return std::string(value->get_string());
}

std::string bytesOf(const json::object& object, const std::string& name, std::uint64_t line) {
  const std::string encoded = name + "Base64";
  if (!object.contains(encoded)) return textOf(object, name, line);
  auto bytes = plugins::fromBase64(textOf(object, encoded, line));
  if (!bytes) throw refusedLine(line, encoded + " is not base64");
  return std::move(*bytes);
}

std::optional<std::int64_t> ttlOf(const json::object& object, std::uint64_t line) {
  const auto* value = object.if_contains("ttlSeconds");
  if (value == nullptr || value->is_null()) return std::nullopt;
  json::error_code error;
  const auto seconds = value->is_number() ? value->to_number<std::int64_t>(error) : 0;
  if (error || seconds < 1 || seconds > kMostTtlSeconds)
    throw refusedLine(line, "ttlSeconds must be a whole number from 1 to " + std::to_string(kMostTtlSeconds));
  return seconds;
}

}  // namespace

bool JsonLinesFile::readLine(std::string& line) {
  line.clear();
  for (;;) {
    if (left_.empty()) left_ = file_.read();
    if (left_.empty()) return !line.empty();
    const std::size_t end = left_.find('\n');
    line += left_.substr(0, end);
    if (line.size() > kMostLineBytes) throw refusedLine(line_ + 1, "it is too long");
    left_.remove_prefix(end == std::string_view::npos ? left_.size() : end + 1);
    if (end != std::string_view::npos) return true;
  }
}

bool JsonLinesFile::next(Entry& entry) {
  std::string line;
  do {
    if (!readLine(line)) return false;
    ++line_;
  } while (line.find_first_not_of(" \t\r") == std::string::npos);
  json::error_code error;
  const json::value value = json::parse(line, error);
  if (error || !value.is_object()) throw refusedLine(line_, "it is not one JSON object");
  const auto& object = value.get_object();
  entry.key = bytesOf(object, "key", line_);
  entry.value = bytesOf(object, "value", line_);
  entry.ttlSeconds = ttlOf(object, line_);
  return true;
}

}  // namespace warmup
