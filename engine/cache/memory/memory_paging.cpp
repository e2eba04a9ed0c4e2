#include "cache/memory/memory_paging.hpp"

#include <algorithm>
#include <charconv>

#include "cache/capture_rules.hpp"
#include "cache/element_bytes.hpp"
#include "cache/read_range.hpp"

namespace cachify::cache {
namespace {

Result<std::uint64_t> parseOffset(std::string_view cursor) {
  std::uint64_t offset = 0;
  if (cursor.empty()) return offset;
  const auto [end, problem] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), offset);
  if (problem == std::errc() && end == cursor.data() + cursor.size()) return offset;
  return noSuchCursor(cursor);
}

/// The items that a read goes over, in its order.
template <class T>
std::vector<T> turned(std::vector<T> items, const ReadRange& range) {
  if (range.backwards) std::ranges::reverse(items);
  return items;
}

/// Of checked ends.
domain::ZSetValue withScores(domain::ZSetValue value, const ScoreRange& range) {
  const auto low = parseScoreEnd("min", range.lowest).value_or(ScoreEnd());
  const auto high = parseScoreEnd("max", range.highest).value_or(ScoreEnd());
  std::erase_if(value.members, [&](const domain::ScoredMember& item) {
    const double score = domain::parseScore(item.score).value_or(0);
    const bool below = low.without ? score <= low.score : score < low.score;
    const bool above = high.without ? score >= high.score : score > high.score;
    return below || above;
  });
  return value;
}

/// Of checked ends.
domain::ZSetValue withMembers(domain::ZSetValue value, const MemberRange& range) {
  using Place = MemberEnd::Place;
  const auto low = parseMemberEnd("lex", range.lowest).value_or(MemberEnd());
  const auto high = parseMemberEnd("lex", range.highest).value_or(MemberEnd());
  const auto isBelow = [](BytesView member, const MemberEnd& end, bool orAt) {
    if (end.place != Place::member) return end.place == Place::last;
    return orAt ? member <= end.member : member < end.member;
  };
  std::erase_if(value.members, [&](const domain::ScoredMember& item) {
    return isBelow(item.member, low, low.without) || !isBelow(item.member, high, !high.without);
  });
  return value;
}

domain::LogicalValue chosenFrom(const domain::LogicalValue& value, const ReadRange& range) {
  const auto* zset = std::get_if<domain::ZSetValue>(&value);
  if (zset != nullptr && range.scores) return withScores(*zset, *range.scores);
  if (zset != nullptr && range.members) return withMembers(*zset, *range.members);
  return value;
}

std::optional<std::uint64_t> lengthOf(const domain::LogicalValue& value) {
  struct Length {
    std::optional<std::uint64_t> operator()(std::monostate) const { return {}; }
    std::optional<std::uint64_t> operator()(const Bytes&) const { return {}; }
    std::optional<std::uint64_t> operator()(const domain::HashValue& v) const { return v.entries.size(); }
    std::optional<std::uint64_t> operator()(const domain::ListValue& v) const { return v.items.size(); }
    std::optional<std::uint64_t> operator()(const domain::SetValue& v) const { return v.members.size(); }
    std::optional<std::uint64_t> operator()(const domain::ZSetValue& v) const { return v.members.size(); }
    std::optional<std::uint64_t> operator()(const domain::StreamValue& v) const { return v.entries.size(); }
  };
  return std::visit(Length{}, value);
}

/// Index of the first element that `range` wants of a page, its cursor aside.
Result<std::uint64_t> beginning(const domain::LogicalValue& value, const ReadRange& range) {
  if (const auto* list = std::get_if<domain::ListValue>(&value)) {
    const auto size = static_cast<std::int64_t>(list->items.size());
    std::int64_t index = 0;
    const auto [end, problem] =
        std::from_chars(range.from.data(), range.from.data() + range.from.size(), index);
    if (problem == std::errc() && end == range.from.data() + range.from.size())
      return static_cast<std::uint64_t>(index < 0 ? std::max<std::int64_t>(index + size, 0) : index);
  }
  if (std::holds_alternative<domain::ZSetValue>(value)) return parseOffset(range.from);
  if (const auto* stream = std::get_if<domain::StreamValue>(&value)) {
    const auto from = domain::parseStreamId(range.from);
    if (!from) return std::unexpected(from.error());
    const auto entries = turned(stream->entries, range);
    const auto first = std::ranges::find_if(entries, [&](const domain::StreamEntry& entry) {
      const auto id = domain::parseStreamId(entry.id).value_or(domain::StreamId());
      return range.backwards ? id <= *from : id >= *from;
    });
    return static_cast<std::uint64_t>(first - entries.begin());
  }
  return fail(ErrorCode::validationError, "values of this type cannot be read from there on");
}

Result<domain::LogicalValue> elementOf(const domain::LogicalValue& value, const ElementName& element) {
  const auto only = [](const auto& items, const auto& wanted) {
    auto found = items;
    std::erase_if(found, [&](const auto& item) { return !wanted(item); });
    return found;
  };
  const auto* named = std::get_if<ElementNamed>(&element);
  const auto* placed = std::get_if<ElementAt>(&element);
  const auto* list = std::get_if<domain::ListValue>(&value);
  const auto* hash = std::get_if<domain::HashValue>(&value);
  const auto* set = std::get_if<domain::SetValue>(&value);
  const auto* zset = std::get_if<domain::ZSetValue>(&value);
  if (placed != nullptr && list != nullptr) {
    const auto size = static_cast<std::int64_t>(list->items.size());
    const auto at = placed->index < 0 ? placed->index + size : placed->index;
    domain::ListValue one;
    if (at >= 0 && at < size) one.items.push_back(list->items[static_cast<std::size_t>(at)]);
    return one;
  }
  if (named != nullptr && hash != nullptr)
    return domain::HashValue{only(hash->entries, [&](const auto& e) { return e.field == named->name; })};
  if (named != nullptr && set != nullptr)
    return domain::SetValue{only(set->members, [&](const auto& m) { return m == named->name; })};
  if (named != nullptr && zset != nullptr)
    return domain::ZSetValue{only(zset->members, [&](const auto& m) { return m.member == named->name; })};
  return fail(noSuchElements(domain::typeOf(value)));
}

template <class T>
std::vector<T> slice(const std::vector<T>& items, std::uint64_t offset, const ReadRange& range,
                     ReadValue& page) {
  std::vector<T> taken;
  std::size_t at = static_cast<std::size_t>(std::min<std::uint64_t>(offset, items.size()));
  while (at < items.size() && taken.size() < std::max<std::uint64_t>(range.maxItems, 1)) {
    const auto bytes = bytesOf(items[at]);
    if (!taken.empty() && page.sizeBytes + bytes > range.maxBytes) break;
    page.sizeBytes += bytes;
    taken.push_back(items[at++]);
  }
  if (at < items.size()) page.nextCursor = std::to_string(at);
  return taken;
}

struct Paging {
  std::uint64_t offset;
  const ReadRange& range;
  ReadValue& page;

  void operator()(std::monostate) const {}
  void operator()(const Bytes& text) const {
    const auto from = static_cast<std::size_t>(std::min<std::uint64_t>(offset, text.size()));
    const auto part = BytesView(text).substr(from, static_cast<std::size_t>(range.maxBytes));
    page.sizeBytes = text.size();
    page.value = Bytes(part);
    if (from + part.size() < text.size()) page.nextCursor = std::to_string(from + part.size());
  }
  void operator()(const domain::HashValue& v) const {
    page.value = domain::HashValue{slice(v.entries, offset, range, page)};
  }
  void operator()(const domain::ListValue& v) const {
    page.value = domain::ListValue{slice(v.items, offset, range, page)};
  }
  void operator()(const domain::SetValue& v) const {
    page.value = domain::SetValue{slice(v.members, offset, range, page)};
  }
  void operator()(const domain::ZSetValue& v) const {
    page.value = domain::ZSetValue{slice(turned(v.members, range), offset, range, page)};
  }
  void operator()(const domain::StreamValue& v) const {
    page.value = domain::StreamValue{slice(turned(v.entries, range), offset, range, page)};
  }
};

}  // namespace

Result<ReadValue> pageOf(const domain::LogicalValue& value, const ReadRange& range) {
  ReadValue page;
  if (range.element) {
    auto element = elementOf(value, *range.element);
    if (!element) return std::unexpected(element.error());
    page.value = *std::move(element);
    page.sizeBytes = domain::contentBytes(page.value);
    return page;
  }
  const bool fromThere = range.cursor.empty() && !range.from.empty();
  auto offset = fromThere ? beginning(value, range) : parseOffset(range.cursor);
  if (!offset) return std::unexpected(offset.error());
  std::visit(Paging{*offset, range, page}, chosenFrom(value, range));
  page.length = lengthOf(value);
  return page;
}

}  // namespace cachify::cache
