#include "domain/value_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace cachify::domain {

namespace {

/// A value as a list of texts, and whether their order means something.
struct Parts {
  std::vector<std::string> texts;
  bool ordered = true;
};

std::vector<std::string> diffLinesOf(BytesView text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(escapeForDisplay(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string pairText(const HashEntry& entry) {
  return fmt::format("{} = {}", escapeForDisplay(entry.field), escapeForDisplay(entry.value));
}

std::string entryText(const StreamEntry& entry) {
  std::string text = entry.id;
  for (const auto& field : entry.fields) text += fmt::format(" {}", pairText(field));
  return text;
}

template <class Items, class Text>
Parts partsFrom(const Items& items, bool ordered, Text text) {
  Parts parts{.texts = {}, .ordered = ordered};
  for (const auto& item : items) parts.texts.push_back(text(item));
  if (!ordered) std::ranges::sort(parts.texts);
  return parts;
}

Parts partsOf(const LogicalValue& value) {
  if (const auto* bytes = std::get_if<Bytes>(&value)) return {.texts = diffLinesOf(*bytes)};
  if (const auto* hash = std::get_if<HashValue>(&value)) return partsFrom(hash->entries, false, pairText);
  if (const auto* list = std::get_if<ListValue>(&value))
    return partsFrom(list->items, true, escapeForDisplay);
  if (const auto* set = std::get_if<SetValue>(&value))
    return partsFrom(set->members, false, escapeForDisplay);
  if (const auto* stream = std::get_if<StreamValue>(&value))
    return partsFrom(stream->entries, true, entryText);
  if (const auto* zset = std::get_if<ZSetValue>(&value)) {
    return partsFrom(zset->members, false, [](const ScoredMember& item) {
      return fmt::format("{} = {}", escapeForDisplay(item.member), item.score);
    });
  }
  return {};
}

void add(ValueDiff& diff, char sign, const std::vector<std::string>& texts, std::size_t most) {
  for (const auto& text : texts) {
    if (diff.lines.size() == most) {
      diff.cut = true;
      return;
    }
    diff.lines.push_back({sign, text});
  }
}

/// Without what both begin and end with.
std::pair<std::vector<std::string>, std::vector<std::string>> trimmed(std::vector<std::string> left,
                                                                      std::vector<std::string> right) {
  const auto [leftHead, rightHead] = std::ranges::mismatch(left, right);
  left.erase(left.begin(), leftHead);
  right.erase(right.begin(), rightHead);
  while (!left.empty() && !right.empty() && left.back() == right.back()) {
    left.pop_back();
    right.pop_back();
  }
  return {std::move(left), std::move(right)};
}

}  // namespace

ValueDiff diffValues(const LogicalValue& left, const LogicalValue& right, std::size_t most) {
  Parts before = partsOf(left);
  Parts after = partsOf(right);
  ValueDiff diff;
  if (before.ordered || after.ordered) {
    auto [removed, added] = trimmed(std::move(before.texts), std::move(after.texts));
    add(diff, '-', removed, most);
    add(diff, '+', added, most);
    return diff;
  }
  std::vector<std::string> removed;
  std::vector<std::string> added;
  std::ranges::set_difference(before.texts, after.texts, std::back_inserter(removed));
  std::ranges::set_difference(after.texts, before.texts, std::back_inserter(added));
  add(diff, '-', removed, most);
  add(diff, '+', added, most);
  return diff;
}

}  // namespace cachify::domain
