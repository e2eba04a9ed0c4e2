#include "cache/read_range.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/invalid_value.hpp"

namespace cachify::cache {
namespace {

using domain::ValueType;

template <class T>
bool isWhole(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

std::unexpected<Error> notForType(std::string_view field, std::string_view value, ValueType type,
                                  std::string_view types) {
  std::string allowed = "left out for a ";
  allowed.append(domain::wireName(type)).append(": only ").append(types);
  return invalidValue(field, value, allowed);
}

Result<void> checkFrom(ValueType type, const std::string& from) {
  switch (type) {
    case ValueType::list:
      return isWhole<std::int64_t>(from) ? Result<void>()
                                         : invalidValue("from", from, "an index, negative from the end");
    case ValueType::zset:
      return isWhole<std::uint64_t>(from) ? Result<void>() : invalidValue("from", from, "a rank from 0");
    case ValueType::stream:
      if (const auto id = domain::parseStreamId(from, "from"); !id) return std::unexpected(id.error());
      return {};
    default:
      return notForType("from", from, type, "lists, sorted sets and streams are read from a place on");
  }
}

Result<void> checkEnds(const ReadRange& range) {
  if (range.scores && range.members)
    return invalidValue("lex", range.members->lowest, "left out where there are ends by score");
  if (range.scores) {
    if (auto end = parseScoreEnd("min", range.scores->lowest); !end) return std::unexpected(end.error());
    if (auto end = parseScoreEnd("max", range.scores->highest); !end) return std::unexpected(end.error());
  }
  if (range.members) {
    if (auto end = parseMemberEnd("lex", range.members->lowest); !end) return std::unexpected(end.error());
    if (auto end = parseMemberEnd("lex", range.members->highest); !end) return std::unexpected(end.error());
  }
  return {};
}

}  // namespace

Result<ScoreEnd> parseScoreEnd(std::string_view field, std::string_view text) {
  const bool without = text.starts_with('(');
  const auto score = domain::parseScore(text.substr(without ? 1 : 0), field);
  if (!score) return invalidValue(field, text, "a number, inf or -inf, with '(' in front for without it");
  return ScoreEnd{*score, without};
}

Result<MemberEnd> parseMemberEnd(std::string_view field, std::string_view text) {
  using Place = MemberEnd::Place;
  if (text == "-") return MemberEnd{.place = Place::first};
  if (text == "+") return MemberEnd{.place = Place::last};
  if (text.starts_with('[') || text.starts_with('('))
    return MemberEnd{.without = text.front() == '(', .member = Bytes(text.substr(1))};
  return invalidValue(field, text, "-, +, [MEMBER, or (MEMBER for without it");
}

Result<void> checkRange(ValueType type, const ReadRange& range) {
  if (auto ok = checkEnds(range); !ok) return ok;
  if (type == ValueType::none) return {};
  const bool isZset = type == ValueType::zset;
  if (range.backwards && !isZset && type != ValueType::stream)
    return notForType("backwards", "true", type, "streams and sorted sets are read backwards");
  if (range.scores && !isZset)
    return notForType("min", range.scores->lowest, type, "sorted sets have scores");
  if (range.members && !isZset)
    return notForType("lex", range.members->lowest, type, "sorted sets are read by member");
  return range.from.empty() ? Result<void>() : checkFrom(type, range.from);
}

Result<void> checkType(ValueType type, const ReadRange& range) {
  if (!range.type || type == *range.type || type == ValueType::none) return {};
  return fail(Error{.code = ErrorCode::conflict,
                    .message = fmt::format("the key holds a {}, not a {}", domain::wireName(type),
                                           domain::wireName(*range.type))}
                  .with("type", std::string(domain::wireName(type))));
}

std::unexpected<Error> noSuchCursor(std::string_view cursor) {
  return invalidValue("cursor", cursor, "what a page before gave as its nextCursor");
}

}  // namespace cachify::cache
