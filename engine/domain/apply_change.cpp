// What the servers make of a value when a part of it is changed.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "domain/value_change.hpp"

namespace cachify::domain {
namespace {

std::unexpected<Error> notThere(std::string_view what) {
  return fail(ErrorCode::notFound, fmt::format("{}; nothing was changed", what));
}

std::unexpected<Error> conflict(std::string_view what) {
  return fail(ErrorCode::conflict, fmt::format("{}; nothing was changed", what));
}

template <class Number>
std::optional<Number> numberIn(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Removes the named elements and says how many there were.
template <class Item, class Name, class Part>
std::size_t eraseNamed(std::vector<Item>& items, const std::vector<Name>& names, Part Item::*part) {
  std::vector<std::string_view> sorted(names.begin(), names.end());
  std::ranges::sort(sorted);
  return std::erase_if(items, [&](const Item& item) {
    return std::ranges::binary_search(sorted, std::string_view(item.*part));
  });
}

std::size_t eraseNamed(std::vector<Bytes>& items, const std::vector<Bytes>& names) {
  std::vector<std::string_view> sorted(names.begin(), names.end());
  std::ranges::sort(sorted);
  return std::erase_if(
      items, [&](const Bytes& item) { return std::ranges::binary_search(sorted, std::string_view(item)); });
}

/// Scores are read once, not at every comparison: the set may have a million members.
void keepInOrder(ZSetValue& value) {
  std::vector<std::pair<double, ScoredMember>> order;
  order.reserve(value.members.size());
  for (auto& item : value.members) {
    const double score = parseScore(item.score).value_or(0);
    order.emplace_back(score, std::move(item));
  }
  const auto less = [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second.member < b.second.member;
  };
  std::ranges::sort(order, less);
  for (std::size_t i = 0; i < order.size(); ++i) value.members[i] = std::move(order[i].second);
}

bool allows(ScoreRule rule, std::optional<double> old, double score) {
  switch (rule) {
    case ScoreRule::any:
      return true;
    case ScoreRule::onlyNew:
      return !old;
    case ScoreRule::onlyExisting:
      return old.has_value();
    case ScoreRule::onlyGreater:
      return !old || score > *old;
    case ScoreRule::onlyLess:
      return !old || score < *old;
  }
  return false;
}

/// As Redis reads a number: no sign "+", no leading zeros or blanks.
std::optional<std::int64_t> redisNumber(BytesView text) {
  const auto number = numberIn<std::int64_t>(text);
  return number && std::to_string(*number) == text ? number : std::nullopt;
}

std::optional<std::uint64_t> memcachedNumber(BytesView text) {
  return numberIn<std::uint64_t>(text.substr(0, text.find_last_not_of(' ') + 1));
}

std::unexpected<Error> noNumber() {
  return conflict("the value is no whole number of 64 bits");
}

/// Changes a value of type `V` in place (an empty one where the key is absent) and answers the result's text.
class Changer {
 public:
  explicit Changer(LogicalValue& value) : value_(value), absent_(value.index() == 0) {}

  Result<std::string> operator()(const SetFields& c) {
    return on<HashValue>([&](HashValue& hash) -> Result<std::string> {
      // The value may have a million fields, a change has few: so the value is gone through once.
      std::map<std::string_view, const Bytes*> wanted;
      for (const auto& entry : c.fields) wanted.insert_or_assign(entry.field, &entry.value);
      std::set<std::string_view> known;
      for (const auto& entry : hash.entries) {
        if (const auto found = wanted.find(entry.field); found != wanted.end()) known.insert(found->first);
      }
      if (c.onlyIfAbsent && !known.empty()) return conflict("a field of this name exists already");
      for (auto& entry : hash.entries) {
        if (const auto found = wanted.find(entry.field); found != wanted.end()) entry.value = *found->second;
      }
      std::size_t added = 0;
      for (const auto& entry : c.fields) {
        if (!known.insert(entry.field).second) continue;
        hash.entries.push_back({entry.field, *wanted.at(entry.field)});
        ++added;
      }
      return std::to_string(added);
    });
  }

  Result<std::string> operator()(const RemoveFields& c) {
    return remove<HashValue>(
        "fields", [&](HashValue& hash) { return eraseNamed(hash.entries, c.fields, &HashEntry::field); });
  }

  Result<std::string> operator()(const ExpireFields& c) {
    return on<HashValue>([&](HashValue& hash) -> Result<std::string> {
      const std::set<std::string_view> wanted(c.fields.begin(), c.fields.end());
      const auto there = std::ranges::count_if(
          hash.entries, [&](const HashEntry& entry) { return wanted.contains(entry.field); });
      if (there == 0) return notThere("none of these fields is there");
      return std::to_string(there);
    });
  }

  Result<std::string> operator()(const PushItems& c) {
    return on<ListValue>([&](ListValue& list) -> Result<std::string> {
      if (c.end == End::right) {
        list.items.insert(list.items.end(), c.items.begin(), c.items.end());
      } else {
        list.items.insert(list.items.begin(), c.items.rbegin(), c.items.rend());
      }
      return std::to_string(list.items.size());
    });
  }

  Result<std::string> operator()(const InsertItem& c) {
    return on<ListValue>([&](ListValue& list) -> Result<std::string> {
      const auto pivot = std::ranges::find(list.items, c.pivot);
      if (pivot == list.items.end()) return notThere("the list has no such item to insert beside");
      list.items.insert(pivot + (c.side == End::right ? 1 : 0), c.item);
      return std::to_string(list.items.size());
    });
  }

  Result<std::string> operator()(const ReplaceItem& c) {
    return at(c.index, c.expected, [&](ListValue&, Bytes& item) {
      item = c.item;
      return std::string();
    });
  }

  Result<std::string> operator()(const RemoveItem& c) {
    return at(c.index, c.expected, [](ListValue& list, Bytes& item) {
      list.items.erase(list.items.begin() + (&item - list.items.data()));
      return std::to_string(list.items.size());
    });
  }

  Result<std::string> operator()(const AddMembers& c) {
    return on<SetValue>([&](SetValue& set) -> Result<std::string> {
      std::set<std::string_view> fresh(c.members.begin(), c.members.end());
      for (const auto& member : set.members) fresh.erase(member);
      const std::size_t added = fresh.size();
      for (const auto& member : c.members) {
        if (fresh.erase(member) > 0) set.members.push_back(member);
      }
      return std::to_string(added);
    });
  }

  Result<std::string> operator()(const RemoveMembers& c) {
    return remove<SetValue>("members", [&](SetValue& set) { return eraseNamed(set.members, c.members); });
  }

  Result<std::string> operator()(const AddScored& c) {
    return on<ZSetValue>([&](ZSetValue& zset) -> Result<std::string> {
      std::size_t changed = 0;
      for (const auto& item : c.members) changed += addScored(zset, item, c.rule) ? 1 : 0;
      if (changed == 0 && c.rule == ScoreRule::onlyExisting)
        return notThere("none of these members is there");
      if (changed == 0 && c.rule != ScoreRule::any)
        return conflict("the members that are there do not meet the condition");
      keepInOrder(zset);
      return std::to_string(changed);
    });
  }

  Result<std::string> operator()(const IncrementScore& c) {
    return on<ZSetValue>([&](ZSetValue& zset) -> Result<std::string> {
      const auto found = std::ranges::find(zset.members, c.member, &ScoredMember::member);
      const double old = found == zset.members.end() ? 0 : parseScore(found->score).value_or(0);
      const double sum = old + parseScore(c.by).value_or(0);
      if (std::isnan(sum)) return conflict("inf and -inf have no sum");
      if (found == zset.members.end()) {
        zset.members.push_back({c.member, scoreText(sum)});
      } else {
        found->score = scoreText(sum);
      }
      keepInOrder(zset);
      return scoreText(sum);
    });
  }

  Result<std::string> operator()(const RemoveScored& c) {
    return remove<ZSetValue>("members", [&](ZSetValue& zset) {
      return eraseNamed(zset.members, c.members, &ScoredMember::member);
    });
  }

  Result<std::string> operator()(const AddEntry& c) {
    keepsEmpty_ = true;
    return on<StreamValue>([&](StreamValue& stream) -> Result<std::string> {
      StreamEntry entry{.id = c.id, .fields = c.fields};
      if (c.id != "*") {
        const auto id = parseStreamId(c.id);
        if (!id) return std::unexpected(id.error());
        const auto last = stream.entries.empty()
                              ? StreamId{}
                              : parseStreamId(stream.entries.back().id).value_or(StreamId{});
        if (*id <= last) return conflict("the stream has an entry with this id or a later one already");
        entry.id = id->toString();
      }
      stream.entries.push_back(std::move(entry));
      return stream.entries.back().id;
    });
  }

  Result<std::string> operator()(const RemoveEntries& c) {
    keepsEmpty_ = true;
    std::vector<std::string> ids;
    for (const auto& id : c.ids) ids.push_back(parseStreamId(id).value_or(StreamId{}).toString());
    return remove<StreamValue>(
        "entries", [&](StreamValue& stream) { return eraseNamed(stream.entries, ids, &StreamEntry::id); });
  }

  Result<std::string> operator()(const TrimEntries& c) {
    keepsEmpty_ = true;
    if (absent_) return notThere("the key does not exist");
    return on<StreamValue>([&](StreamValue& stream) -> Result<std::string> {
      const std::size_t length = stream.entries.size();
      const std::size_t surplus = length > c.maxLength ? length - static_cast<std::size_t>(c.maxLength) : 0;
      stream.entries.erase(stream.entries.begin(),
                           stream.entries.begin() + static_cast<std::ptrdiff_t>(surplus));
      return std::to_string(surplus);
    });
  }

  Result<std::string> operator()(const ExtendText& c) {
    if (absent_ && c.rules == StringRules::memcached) return notThere("the key does not exist");
    keepsEmpty_ = true;
    return on<Bytes>([&](Bytes& text) -> Result<std::string> {
      text.insert(c.end == End::right ? text.size() : 0, c.text);
      return c.rules == StringRules::redis ? std::to_string(text.size()) : std::string();
    });
  }

  Result<std::string> operator()(const IncrementNumber& c) {
    keepsEmpty_ = true;
    if (c.rules == StringRules::redis) return on<Bytes>([&](Bytes& text) { return addSigned(text, c.by); });
    if (absent_) return notThere("the key does not exist");
    return on<Bytes>([&](Bytes& text) { return addUnsigned(text, c.by); });
  }

  Result<std::string> operator()(const SetJson&) { return noJson(); }
  Result<std::string> operator()(const RemoveJson&) { return noJson(); }

  /// A collection without elements is no key; a stream and a string may be empty.
  void dropEmpty() {
    if (!keepsEmpty_ && isEmpty()) value_ = std::monostate();
  }

 private:
  template <class V, class Change>
  Result<std::string> on(const Change& change) {
    if (absent_) value_ = V();
    auto* typed = std::get_if<V>(&value_);
    if (typed == nullptr) return conflict(fmt::format("the key holds a {}", wireName(typeOf(value_))));
    return change(*typed);
  }

  template <class V, class Erase>
  Result<std::string> remove(std::string_view elements, const Erase& erase) {
    if (absent_) return notThere("the key does not exist");
    return on<V>([&](V& value) -> Result<std::string> {
      const std::size_t removed = erase(value);
      if (removed == 0) return notThere(fmt::format("none of these {} is there", elements));
      return std::to_string(removed);
    });
  }

  template <class Change>
  Result<std::string> at(std::int64_t index, const Bytes& expected, const Change& change) {
    if (absent_) return notThere("the key does not exist");
    return on<ListValue>([&](ListValue& list) -> Result<std::string> {
      const auto size = static_cast<std::int64_t>(list.items.size());
      const std::int64_t place = index < 0 ? index + size : index;
      if (place < 0 || place >= size) return notThere("the list has no item at this index");
      Bytes& item = list.items[static_cast<std::size_t>(place)];
      if (item != expected) return conflict("the item at this index is another one by now");
      return change(list, item);
    });
  }

  static bool addScored(ZSetValue& zset, const ScoredMember& item, ScoreRule rule) {
    const double score = parseScore(item.score).value_or(0);
    const auto found = std::ranges::find(zset.members, item.member, &ScoredMember::member);
    const bool known = found != zset.members.end();
    const auto old = known ? std::optional(parseScore(found->score).value_or(0)) : std::nullopt;
    if (!allows(rule, old, score) || old == score) return false;
    if (known) {
      found->score = scoreText(score);
    } else {
      zset.members.push_back({item.member, scoreText(score)});
    }
    return true;
  }

  Result<std::string> addSigned(Bytes& text, std::int64_t by) const {
    const auto old = absent_ ? std::optional<std::int64_t>(0) : redisNumber(text);
    if (!old) return noNumber();
    std::int64_t sum = 0;
    if (__builtin_add_overflow(*old, by, &sum)) return conflict("the sum is beyond 64 bits");
    text = std::to_string(sum);
    return text;
  }

  static Result<std::string> addUnsigned(Bytes& text, std::int64_t by) {
    const auto old = memcachedNumber(text);
    if (!old) return noNumber();
    const std::uint64_t size = by < 0 ? 0 - static_cast<std::uint64_t>(by) : static_cast<std::uint64_t>(by);
    const std::uint64_t sum = by >= 0 ? *old + size : *old - std::min(*old, size);
    const std::string digits = std::to_string(sum);
    text = digits + Bytes(text.size() > digits.size() ? text.size() - digits.size() : 0, ' ');
    return digits;
  }

  static Result<std::string> noJson() {
    return fail(ErrorCode::notSupported, "RedisJSON values have no form here that could be changed");
  }

  [[nodiscard]] bool isEmpty() const {
    if (const auto* v = std::get_if<Bytes>(&value_)) return v->empty();
    if (const auto* v = std::get_if<HashValue>(&value_)) return v->entries.empty();
    if (const auto* v = std::get_if<ListValue>(&value_)) return v->items.empty();
    if (const auto* v = std::get_if<SetValue>(&value_)) return v->members.empty();
    if (const auto* v = std::get_if<ZSetValue>(&value_)) return v->members.empty();
    return false;
  }

  LogicalValue& value_;
  bool absent_;
  bool keepsEmpty_ = false;
};

}  // namespace

Result<ChangedValue> applyChange(LogicalValue value, const ValueChange& change) {
  ChangedValue changed{.value = std::move(value)};
  Changer changer(changed.value);
  auto result = std::visit(changer, change);
  if (!result) return std::unexpected(std::move(result).error());
  changer.dropEmpty();
  changed.result = *std::move(result);
  return changed;
}

}  // namespace cachify::domain
