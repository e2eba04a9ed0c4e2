#include "keys/read_output.hpp"

#include <fmt/format.h>

#include "keys/value_json.hpp"
#include "keys/value_view.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using cache::ReadValue;
using domain::ValueType;

bool isWhole(const ReadValue& value, const cache::ReadRange& range) {
  if (!range.cursor.empty() || !range.from.empty() || range.backwards || range.scores || range.members ||
      !value.nextCursor.empty())
    return false;
  const auto* text = std::get_if<Bytes>(&value.value);
  return text == nullptr || text->size() == value.sizeBytes;
}

namespace {

json::value numberOrNull(const std::optional<std::uint64_t>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

std::string_view elementNoun(ValueType type) {
  switch (type) {
    case ValueType::hash:
      return "field";
    case ValueType::list:
      return "item";
    case ValueType::stream:
      return "entry";
    default:
      return "member";
  }
}

std::uint64_t countOf(const domain::LogicalValue& value) {
  return std::visit(
      [](const auto& some) -> std::uint64_t {
        if constexpr (requires { some.entries; }) return some.entries.size();
        if constexpr (requires { some.items; }) return some.items.size();
        if constexpr (requires { some.members; }) return some.members.size();
        return 0;
      },
      value);
}

/// "3 fields, 45 B", or "3 of 12 000 fields, 45 B of them", and what the whole takes on the server.
std::string extentWords(const ReadValue& value, bool whole) {
  std::string words = sizeWords(value.sizeBytes);
  if (value.length) {
    const std::string all = plural(*value.length, elementNoun(value.type));
    words = whole ? fmt::format("{}, {}", all, words)
                  : fmt::format("{} of {}, {} of them", countWords(countOf(value.value)), all, words);
  }
  if (value.memoryBytes) words += fmt::format(", {} on the server", sizeWords(*value.memoryBytes));
  return words;
}

}  // namespace

json::object toJson(const Bytes& key, const ReadValue& value, bool whole,
                    const std::optional<decode::Decoded>& seen) {
  json::object object;
  putBytes(object, "key", key);
  object["exists"] = value.type != ValueType::none;
  object["type"] = domain::wireName(value.type);
  putTtl(object, value.ttl, value.ttlKnown);
  object["sizeBytes"] = value.sizeBytes;
  object["length"] = numberOrNull(value.length);
  object["memoryBytes"] = numberOrNull(value.memoryBytes);
  putValue(object, value.value);
  object["encoding"] = value.encoding;
  object["flags"] = value.flags;
  object["digest"] = nullptr;
  if (whole && value.value.index() != 0) object["digest"] = toHex(domain::contentDigest(value.value));
  object["complete"] = whole;
  object["nextCursor"] = nullptr;
  if (!value.nextCursor.empty()) object["nextCursor"] = value.nextCursor;
  if (seen) object["view"] = toJson(*seen);
  return object;
}

void printForPeople(Output& output, const Bytes& key, const ReadValue& value, bool whole,
                    const std::optional<decode::Decoded>& seen) {
  std::string facts = fmt::format("{}, {}, TTL {}", domain::wireName(value.type), extentWords(value, whole),
                                  ttlWords(value.ttl, value.ttlKnown));
  if (!value.encoding.empty()) facts += fmt::format(", {}", escapeForDisplay(value.encoding));
  if (value.flags != 0) facts += fmt::format(", flags {}", value.flags);
  output.note(fmt::format("{}: {}", escapeForDisplay(key), facts));
  seen ? printView(output, *seen) : printValue(output, value.value);
  if (whole) {
    if (value.value.index() != 0)
      output.note(fmt::format("digest {}", toHex(domain::contentDigest(value.value))));
    return;
  }
  if (value.nextCursor.empty()) return;
  const auto* text = std::get_if<Bytes>(&value.value);
  if (text == nullptr) return output.note(fmt::format("There is more: --cursor '{}'.", value.nextCursor));
  output.note(
      fmt::format("{} of {} are shown: --cursor {} for what follows, --max-bytes N for more at once, --raw "
                  "for all of it.",
                  sizeWords(text->size()), sizeWords(value.sizeBytes), value.nextCursor));
}

}  // namespace cachify::cli
