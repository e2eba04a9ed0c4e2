// Boost.JSON's serializer is not used: 1.81 writes 2.5 as 2.5E0 and leaves C1 controls and direction marks as
// they are.
#include "output/json_text.hpp"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <iterator>

#include "output/safe_text.hpp"

namespace cachify::cli {
namespace {

void appendEscape(std::string& out, char32_t c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    // All that need it lie below U+10000, so no surrogate pairs.
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<std::uint32_t>(c));
  }
}

/// One character in UTF-8: what a screen cannot show safely is what `safeText` would not leave alone.
void appendCharacter(std::string& out, std::string_view character, char32_t c) {
  const bool special = c == '"' || c == '\\' || c == '\n';
  if (special || safeText(character) != character) {
    appendEscape(out, c);
  } else {
    out += character;
  }
}

void appendText(std::string& out, std::string_view text) {
  const auto needsNothing = [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; };
  const std::string escaped = isUtf8(text) ? std::string() : escapeForDisplay(text);
  if (!escaped.empty()) text = escaped;
  out += '"';
  for (const char *at = text.data(), *const end = at + text.size(); at != end;) {
    const char* const start = at;
    at = std::find_if_not(at, end, needsNothing);
    out.append(start, at);
    if (at == end) break;
    const char* const odd = at;
    const char32_t c = utf8::unchecked::next(at);
    appendCharacter(out, std::string_view(odd, at), c);
  }
  out += '"';
}

void append(std::string& out, const json::value& value);

template <class Items, class Each>
void appendList(std::string& out, char open, char close, const Items& items, Each each) {
  out += open;
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ',';
    first = false;
    each(item);
  }
  out += close;
}

void append(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      out += "null";
      return;
    case json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      return;
    case json::kind::int64:
      out += fmt::to_string(value.get_int64());
      return;
    case json::kind::uint64:
      out += fmt::to_string(value.get_uint64());
      return;
    case json::kind::double_:
      fmt::format_to(std::back_inserter(out), "{}", value.get_double());
      return;
    case json::kind::string:
      appendText(out, value.get_string());
      return;
    case json::kind::array:
      appendList(out, '[', ']', value.get_array(), [&](const json::value& item) { append(out, item); });
      return;
    case json::kind::object:
      appendList(out, '{', '}', value.get_object(), [&](const json::key_value_pair& field) {
        appendText(out, field.key());
        out += ':';
        append(out, field.value());
      });
      return;
  }
}

bool isPlainText(BytesView bytes) {
  const auto odd = [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
  };
  return isUtf8(bytes) && std::ranges::none_of(bytes, odd);
}

}  // namespace

void putBytes(json::object& object, std::string_view name, BytesView bytes) {
  object[name] = isUtf8(bytes) ? std::string(bytes) : escapeForDisplay(bytes);
  if (!isPlainText(bytes)) object[fmt::format("{}Base64", name)] = toBase64(bytes);
}

std::string toJsonText(const json::value& value) {
  std::string out;
  append(out, value);
  return out;
}

json::object toJson(const Error& error) {
  json::object details;
  for (const auto& [name, value] : error.details) {
    std::visit([&, &key = name](const auto& v) { details[key] = v; }, value);
  }
  return {{"code", wireName(error.code)},
          {"message", error.message},
          {"retryable", error.retryable},
          {"details", std::move(details)}};
}

json::value toJsonMs(const std::optional<std::chrono::milliseconds>& time) {
  if (!time) return nullptr;
  return time->count();
}

void putTtl(json::object& object, const std::optional<std::chrono::milliseconds>& ttl, bool isKnown) {
  if (isKnown) {
    object["ttlMs"] = toJsonMs(ttl);
  } else {
    object["ttlKnown"] = false;
  }
}

double toMs(std::chrono::microseconds time) {
  return static_cast<double>(time.count()) / 1000.0;
}

}  // namespace cachify::cli
