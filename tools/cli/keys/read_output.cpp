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
  if (!range.cursor.empty() || !range.from.empty() || range.backwards || range.scores ||
      !value.nextCursor.empty())
    return false;
  const auto* text = std::get_if<Bytes>(&value.value);
  return text == nullptr || text->size() == value.sizeBytes;
}

json::object toJson(const Bytes& key, const ReadValue& value, bool whole,
                    const std::optional<decode::Decoded>& seen) {
  json::object object;
  putBytes(object, "key", key);
  object["exists"] = value.type != ValueType::none;
  object["type"] = domain::wireName(value.type);
  putTtl(object, value.ttl, value.ttlKnown);
  object["sizeBytes"] = value.sizeBytes;
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
  std::string facts = fmt::format("{}, {}, TTL {}", domain::wireName(value.type), sizeWords(value.sizeBytes),
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
