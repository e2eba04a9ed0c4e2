#include "cache/memory/memory_paging.hpp"

#include <algorithm>
#include <charconv>

#include "cache/capture_rules.hpp"
#include "cache/element_bytes.hpp"

namespace cachify::cache {
namespace {

Result<std::uint64_t> parseOffset(std::string_view cursor) {
  std::uint64_t offset = 0;
  if (cursor.empty()) return offset;
  const auto [end, problem] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), offset);
  if (problem == std::errc() && end == cursor.data() + cursor.size()) return offset;
  return fail(ErrorCode::validationError, "this cursor is not one that a read gave");
}

/// The items that a read goes over, in its order.
template <class T>
std::vector<T> turned(std::vector<T> items, const ReadRange& range) {
  if (range.backwards) std::ranges::reverse(items);
  return items;
}

struct ScoreEnd {
  double score = 0;
  bool without = false;
};

Result<ScoreEnd> parseEnd(std::string_view text) {
  const bool without = text.starts_with('(');
  const auto score = domain::parseScore(without ? text.substr(1) : text);
  if (!score) return std::unexpected(score.error());
  return ScoreEnd{*score, without};
}

Result<domain::ZSetValue> within(domain::ZSetValue value, const std::optional<ScoreRange>& scores) {
  if (!scores) return value;
  const auto low = parseEnd(scores->lowest);
  const auto high = parseEnd(scores->highest);
  if (!low) return std::unexpected(low.error());
  if (!high) return std::unexpected(high.error());
  std::erase_if(value.members, [&](const domain::ScoredMember& item) {
    const double score = domain::parseScore(item.score).value_or(0);
    const bool below = low->without ? score <= low->score : score < low->score;
    const bool above = high->without ? score >= high->score : score > high->score;
    return below || above;
  });
  return value;
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

Result<void> checkRange(const domain::LogicalValue& value, const ReadRange& range) {
  const bool isZset = std::holds_alternative<domain::ZSetValue>(value);
  const bool isStream = std::holds_alternative<domain::StreamValue>(value);
  if (range.backwards && !isZset && !isStream)
    return fail(ErrorCode::validationError, "only streams and sorted sets are read backwards");
  if (range.scores && !isZset) return fail(ErrorCode::validationError, "only sorted sets have scores");
  return {};
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
  if (auto valid = checkRange(value, range); !valid) return std::unexpected(valid.error());
  const bool fromThere = range.cursor.empty() && !range.from.empty();
  auto offset = fromThere ? beginning(value, range) : parseOffset(range.cursor);
  if (!offset) return std::unexpected(offset.error());
  if (const auto* zset = std::get_if<domain::ZSetValue>(&value); zset != nullptr && range.scores) {
    auto chosen = within(*zset, range.scores);
    if (!chosen) return std::unexpected(chosen.error());
    std::visit(Paging{*offset, range, page}, domain::LogicalValue(*std::move(chosen)));
  } else {
    std::visit(Paging{*offset, range, page}, value);
  }
  return page;
}

}  // namespace cachify::cache
