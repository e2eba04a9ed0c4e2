// What becomes of a value when a part of it is changed: laws that hold for any elements, and the servers' own
// rules.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

#include "domain/value_change.hpp"
#include "unit/domain_errors.hpp"

namespace cachify::domain {
namespace {

using namespace std::string_literals;

ChangedValue must(LogicalValue value, const ValueChange& change) {
  auto changed = applyChange(std::move(value), change);
  if (!changed) throw std::runtime_error(changed.error().message);
  return *std::move(changed);
}

ErrorCode codeOf(LogicalValue value, const ValueChange& change) {
  const auto changed = applyChange(std::move(value), change);
  return changed ? throw std::runtime_error("was not refused") : changed.error().code;
}

/// Few names, so that they meet; NUL and invalid UTF-8 among them.
rc::Gen<Bytes> names() {
  return rc::gen::element(Bytes("a"), Bytes("b"), Bytes(), "n\0l"s, Bytes("\xff\xfe"), Bytes("e"));
}

std::map<Bytes, Bytes> fieldsOf(const LogicalValue& value) {
  std::map<Bytes, Bytes> fields;
  if (const auto* hash = std::get_if<HashValue>(&value)) {
    for (const auto& entry : hash->entries) fields.emplace(entry.field, entry.value);
    if (fields.size() != hash->entries.size()) throw std::runtime_error("a field is there twice");
  }
  return fields;
}

TEST(ApplyChange, OfAHashDoesAsAMapDoes) {
  EXPECT_TRUE(rc::check([] {
    std::map<Bytes, Bytes> model;
    LogicalValue value;
    for (int step = 0; step < 20; ++step) {
      const HashEntry entry{*names(), *rc::gen::arbitrary<Bytes>()};
      const bool removes = *rc::gen::arbitrary<bool>();
      const bool known = model.contains(entry.field);
      if (removes && known) {
        value = must(value, RemoveFields{{entry.field}}).value;
        model.erase(entry.field);
      } else if (removes) {
        RC_ASSERT(codeOf(value, RemoveFields{{entry.field}}) == ErrorCode::notFound);
      } else {
        const auto changed = must(value, SetFields{{entry}});
        RC_ASSERT(changed.result == (known ? "0" : "1"));
        if (known) {
          RC_ASSERT(codeOf(value, SetFields{{entry}, true}) == ErrorCode::conflict);
        } else {
          RC_ASSERT(fieldsOf(must(value, SetFields{{entry}, true}).value) == fieldsOf(changed.value));
        }
        value = changed.value;
        model.insert_or_assign(entry.field, entry.value);
      }
      RC_ASSERT(fieldsOf(value) == model);
      RC_ASSERT((value.index() == 0) == model.empty());
    }
  }));
}

std::vector<Bytes> itemsOf(const LogicalValue& value) {
  const auto* list = std::get_if<ListValue>(&value);
  return list == nullptr ? std::vector<Bytes>() : list->items;
}

TEST(ApplyChange, OfAListRemovesAndReplacesJustTheItemThatWasNamed) {
  EXPECT_TRUE(rc::check([] {
    const auto items = *rc::gen::nonEmpty(rc::gen::container<std::vector<Bytes>>(names()));
    const LogicalValue value = ListValue{items};
    const auto size = static_cast<std::int64_t>(items.size());
    const auto index = *rc::gen::inRange<std::int64_t>(-size, size);
    const auto place = index < 0 ? index + size : index;
    const Bytes expected = items[static_cast<std::size_t>(place)];
    auto without = items;
    without.erase(without.begin() + place);
    RC_ASSERT(itemsOf(must(value, RemoveItem{index, expected}).value) == without);
    auto replaced = items;
    replaced[static_cast<std::size_t>(place)] = "new";
    const auto there = must(value, ReplaceItem{index, expected, "new"}).value;
    RC_ASSERT(itemsOf(there) == replaced);
    RC_ASSERT(itemsOf(must(there, ReplaceItem{index, "new", expected}).value) == items);
    RC_ASSERT(codeOf(value, RemoveItem{index, expected + "!"}) == ErrorCode::conflict);
    RC_ASSERT(codeOf(value, ReplaceItem{size, expected, "new"}) == ErrorCode::notFound);
    RC_ASSERT(codeOf(value, ReplaceItem{-size - 1, expected, "new"}) == ErrorCode::notFound);
  }));
}

TEST(ApplyChange, OfAListPushesOneItemAfterTheOther) {
  EXPECT_TRUE(rc::check([](const std::vector<Bytes>& before, const std::vector<Bytes>& items) {
    RC_PRE(!before.empty() && !items.empty());
    auto left = items;
    std::ranges::reverse(left);
    left.insert(left.end(), before.begin(), before.end());
    RC_ASSERT(itemsOf(must(ListValue{before}, PushItems{End::left, items}).value) == left);
    auto right = before;
    right.insert(right.end(), items.begin(), items.end());
    const auto changed = must(ListValue{before}, PushItems{End::right, items});
    RC_ASSERT(itemsOf(changed.value) == right);
    RC_ASSERT(changed.result == std::to_string(right.size()));
  }));
}

TEST(ApplyChange, InsertsBesideTheFirstItemThatEqualsThePivot) {
  const ListValue list{{"a", "b", "a"}};
  EXPECT_EQ(itemsOf(must(list, InsertItem{End::left, "a", "x"}).value),
            (std::vector<Bytes>{"x", "a", "b", "a"}));
  EXPECT_EQ(itemsOf(must(list, InsertItem{End::right, "a", "x"}).value),
            (std::vector<Bytes>{"a", "x", "b", "a"}));
  EXPECT_EQ(codeOf(list, InsertItem{End::left, "z", "x"}), ErrorCode::notFound);
  EXPECT_EQ(codeOf({}, InsertItem{End::left, "a", "x"}), ErrorCode::notFound);
}

TEST(ApplyChange, OfASetDoesAsASetDoes) {
  EXPECT_TRUE(rc::check([] {
    const auto before = *rc::gen::unique<std::vector<Bytes>>(names());
    const auto members = *rc::gen::nonEmpty(rc::gen::container<std::vector<Bytes>>(names()));
    const LogicalValue value = before.empty() ? LogicalValue() : SetValue{before};
    std::set<Bytes> united(before.begin(), before.end());
    united.insert(members.begin(), members.end());
    const auto changed = must(value, AddMembers{members});
    const auto& now = std::get<SetValue>(changed.value).members;
    RC_ASSERT(std::set<Bytes>(now.begin(), now.end()) == united);
    RC_ASSERT(now.size() == united.size());
    RC_ASSERT(changed.result == std::to_string(united.size() - before.size()));
    RC_ASSERT(must(changed.value, RemoveMembers{{united.begin(), united.end()}}).value.index() == 0U);
  }));
}

TEST(ApplyChange, KeepsASortedSetInTheServersOrder) {
  EXPECT_TRUE(rc::check([] {
    LogicalValue value;
    std::map<Bytes, double> model;
    for (int step = 0; step < 15; ++step) {
      const Bytes member = *names();
      const int by = *rc::gen::inRange(-3, 4);
      if (*rc::gen::arbitrary<bool>()) {
        value = must(value, AddScored{{{member, std::to_string(by)}}}).value;
        model[member] = by;
      } else {
        const auto changed = must(value, IncrementScore{member, std::to_string(by)});
        RC_ASSERT(changed.result == scoreText(model[member] += by));
        value = changed.value;
      }
      std::vector<std::pair<double, Bytes>> sorted;
      for (const auto& [name, score] : model) sorted.emplace_back(score, name);
      std::ranges::sort(sorted);
      std::vector<std::pair<double, Bytes>> got;
      for (const auto& item : std::get<ZSetValue>(value).members)
        got.emplace_back(*parseScore(item.score), item.member);
      RC_ASSERT(got == sorted);
    }
  }));
}

TEST(ApplyChange, HoldsAScoreToItsCondition) {
  const ZSetValue zset{{{"m", "5"}}};
  const auto scoreAfter = [&](const char* score, ScoreRule rule) {
    return std::get<ZSetValue>(must(zset, AddScored{{{"m", score}}, rule}).value).members.front().score;
  };
  EXPECT_EQ(scoreAfter("7", ScoreRule::onlyGreater), "7");
  EXPECT_EQ(scoreAfter("3", ScoreRule::onlyLess), "3");
  EXPECT_EQ(scoreAfter("-inf", ScoreRule::onlyExisting), "-inf");
  EXPECT_EQ(codeOf(zset, AddScored{{{"m", "3"}}, ScoreRule::onlyGreater}), ErrorCode::conflict);
  EXPECT_EQ(codeOf(zset, AddScored{{{"m", "inf"}}, ScoreRule::onlyLess}), ErrorCode::conflict);
  EXPECT_EQ(codeOf(zset, AddScored{{{"m", "9"}}, ScoreRule::onlyNew}), ErrorCode::conflict);
  EXPECT_EQ(codeOf(zset, AddScored{{{"n", "9"}}, ScoreRule::onlyExisting}), ErrorCode::notFound);
  EXPECT_EQ(must(zset, AddScored{{{"n", "9"}}, ScoreRule::onlyLess}).result, "1");
  EXPECT_EQ(codeOf(ZSetValue{{{"m", "inf"}}}, IncrementScore{"m", "-inf"}), ErrorCode::conflict);
}

TEST(ApplyChange, GivesAStreamsEntriesRisingIds) {
  const StreamValue stream{{{"5-1", {{"f", "v"}}}}};
  const auto changed = must(stream, AddEntry{"6", {{"f", "w"}}});
  EXPECT_EQ(changed.result, "6-0");
  EXPECT_EQ(codeOf(stream, AddEntry{"5-1", {{"f", "w"}}}), ErrorCode::conflict);
  EXPECT_EQ(codeOf(stream, AddEntry{"4-9", {{"f", "w"}}}), ErrorCode::conflict);
  EXPECT_EQ(codeOf(stream, RemoveEntries{{"5-2"}}), ErrorCode::notFound);
  EXPECT_EQ(std::get<StreamValue>(must(changed.value, TrimEntries{1}).value).entries.front().id, "6-0");
  EXPECT_EQ(std::get<StreamValue>(must(stream, RemoveEntries{{"5-1"}}).value).entries.size(), 0U)
      << "an empty stream is still a key";
}

TEST(ApplyChange, CountsAsEachServerDoes) {
  const auto redis = [](LogicalValue value, std::int64_t by) {
    return must(std::move(value), IncrementNumber{by});
  };
  EXPECT_EQ(redis({}, -3).result, "-3");
  EXPECT_EQ(redis(Bytes("9"), 1).result, "10");
  EXPECT_EQ(codeOf(Bytes("9223372036854775807"), IncrementNumber{1}), ErrorCode::conflict);
  for (const char* none : {"", " 1", "01", "+1", "1.0", "x", "9223372036854775808"})
    EXPECT_EQ(codeOf(Bytes(none), IncrementNumber{1}), ErrorCode::conflict) << none;

  const auto memcached = [](const char* value, std::int64_t by) {
    return std::get<Bytes>(must(Bytes(value), IncrementNumber{by, StringRules::memcached}).value);
  };
  EXPECT_EQ(memcached("10", -1), "9 ") << "its text never gets shorter";
  EXPECT_EQ(memcached("9 ", 3), "12");
  EXPECT_EQ(memcached("5", -100), "0");
  EXPECT_EQ(memcached("18446744073709551615", 1), "0                   ");
  EXPECT_EQ(codeOf({}, IncrementNumber{1, StringRules::memcached}), ErrorCode::notFound);
  EXPECT_EQ(codeOf(Bytes("-1"), IncrementNumber{1, StringRules::memcached}), ErrorCode::conflict);
}

TEST(ApplyChange, ExtendsTextAtBothEnds) {
  EXPECT_EQ(std::get<Bytes>(must(Bytes("b"), ExtendText{End::left, "a\0"s}).value), "a\0b"s);
  EXPECT_EQ(std::get<Bytes>(must({}, ExtendText{End::right, "b"}).value), "b");
  EXPECT_EQ(codeOf({}, ExtendText{End::right, "b", StringRules::memcached}), ErrorCode::notFound);
}

std::vector<ValueChange> oneOfEach() {
  return {SetFields{{{"f", "v"}}},
          RemoveFields{{"f"}},
          ExpireFields{{"f"}},
          PushItems{.items = {"i"}},
          InsertItem{End::left, "p", "i"},
          ReplaceItem{0, "o", "n"},
          RemoveItem{0, "o"},
          AddMembers{{"m"}},
          RemoveMembers{{"m"}},
          AddScored{{{"m", "1"}}},
          IncrementScore{"m", "1"},
          RemoveScored{{"m"}},
          AddEntry{"*", {{"f", "v"}}},
          RemoveEntries{{"1-1"}},
          TrimEntries{1},
          ExtendText{End::right, "t"},
          IncrementNumber{1},
          SetJson{"$", "{}"},
          RemoveJson{"$"}};
}

TEST(ApplyChange, OfAValueOfAnotherTypeIsAConflict) {
  const std::vector<LogicalValue> values{
      Bytes("1"),      HashValue{{{"f", "v"}}}, ListValue{{"o"}},
      SetValue{{"m"}}, ZSetValue{{{"m", "1"}}}, StreamValue{{{"1-1", {{"f", "v"}}}}}};
  for (const auto& change : oneOfEach()) {
    if (typeOf(change) == ValueType::json) continue;
    for (const auto& value : values) {
      const auto changed = applyChange(value, change);
      if (typeOf(value) == typeOf(change)) {
        EXPECT_TRUE(changed || changed.error().code != ErrorCode::validationError) << nameOf(change);
      } else {
        ASSERT_FALSE(changed) << nameOf(change);
        EXPECT_EQ(changed.error().code, ErrorCode::conflict) << nameOf(change);
      }
    }
  }
}

TEST(ValueChange, IsDestructiveWhereItTakesAway) {
  std::set<std::string_view> removing;
  for (const auto& change : oneOfEach()) {
    if (actionOf(change) == Action::remove) removing.insert(nameOf(change));
  }
  EXPECT_EQ(removing, (std::set<std::string_view>{"hash.remove", "list.remove", "set.remove", "zset.remove",
                                                  "stream.remove", "stream.trim", "json.remove"}));
}

TEST(ValueChange, DigestsTellChangesApart) {
  auto changes = oneOfEach();
  changes.insert(changes.end(),
                 {SetFields{{{"f", "v"}}, true}, SetFields{{{"fv", ""}}}, RemoveItem{0, "p"},
                  RemoveItem{1, "o"}, PushItems{End::left, {"i"}}, PushItems{.items = {"i", "i"}},
                  AddScored{{{"m", "1"}}, ScoreRule::onlyNew}, IncrementNumber{2}, ExtendText{End::left, "t"},
                  AddEntry{"1-1", {{"f", "v"}}}});
  std::set<std::string> digests;
  for (const auto& change : changes) digests.insert(toHex(digestOf(change)));
  EXPECT_EQ(digests.size(), changes.size());
}

TEST(ValueChange, NamesItsElementsWhereNothingElseOfTheValuePlaysAPart) {
  using Names = std::vector<Bytes>;
  EXPECT_EQ(namedElements(SetFields{{{"b", "1"}, {"a", "2"}, {"b", "3"}}}), (Names{"a", "b"}));
  EXPECT_EQ(namedElements(RemoveFields{{"b", "a"}}), (Names{"a", "b"}));
  EXPECT_EQ(namedElements(AddMembers{{"m"}}), Names{"m"});
  EXPECT_EQ(namedElements(RemoveMembers{{"m", "m"}}), Names{"m"});
  EXPECT_EQ(namedElements(AddScored{{{"m", "1"}}}), Names{"m"});
  EXPECT_EQ(namedElements(IncrementScore{"m", "1"}), Names{"m"});
  EXPECT_EQ(namedElements(RemoveScored{{"m"}}), Names{"m"});
  // Places in a list, ids that only grow, TTLs and texts are matters of the whole.
  for (const ValueChange& change :
       std::vector<ValueChange>{PushItems{End::left, {"i"}}, ReplaceItem{0, "a", "b"}, RemoveItem{0, "a"},
                                InsertItem{End::left, "a", "b"}, AddEntry{"*", {{"f", "v"}}},
                                RemoveEntries{{"1-1"}}, TrimEntries{1}, ExpireFields{{"f"}, {}},
                                ExtendText{End::right, "t"}, IncrementNumber{1}, SetJson{}, RemoveJson{}}) {
    EXPECT_TRUE(namedElements(change).empty()) << nameOf(change);
  }
}

TEST(ValueChange, OfNamedElementsDoesToThePartWhatItDoesToTheWhole) {
  const auto part = [](const HashValue& whole, const std::vector<Bytes>& names) {
    HashValue some;
    for (const auto& entry : whole.entries) {
      if (std::ranges::find(names, entry.field) != names.end()) some.entries.push_back(entry);
    }
    return some;
  };
  const HashValue whole{{{"a", "1"}, {"b", "2"}, {"c", "3"}}};
  for (const ValueChange& change :
       std::vector<ValueChange>{SetFields{{{"b", "x"}, {"d", "y"}}}, RemoveFields{{"a", "none"}}}) {
    const auto names = namedElements(change);
    const auto ofWhole = applyChange(whole, change);
    const auto ofPart = applyChange(part(whole, names), change);
    ASSERT_TRUE(ofWhole && ofPart);
    EXPECT_EQ(ofWhole->result.empty(), ofPart->result.empty());
    const auto expected = part(std::get<HashValue>(ofWhole->value), names);
    const bool empty = ofPart->value.index() == 0;
    EXPECT_EQ(expected.entries.empty(), empty);
    if (!empty) {
      EXPECT_EQ(partDigest(ofPart->value, names), partDigest(expected, names));
    }
  }
}

TEST(ValueChange, ThatNoServerCouldCarryOutIsAValidationError) {
  for (const ValueChange& change : std::vector<ValueChange>{
           SetFields{}, RemoveFields{}, PushItems{}, AddMembers{}, RemoveMembers{}, AddScored{},
           RemoveScored{}, AddEntry{"*", {}}, AddEntry{"x", {{"f", "v"}}}, AddEntry{"0-0", {{"f", "v"}}},
           RemoveEntries{{"1-x"}}, AddScored{{{"m", "nan"}}}, AddScored{{{"m", "1,5"}}},
           AddScored{{{"m", ""}}}, IncrementScore{"m", "x"},
           ExpireFields{{"f"}, std::chrono::milliseconds(0)}, ExtendText{}}) {
    const auto checked = checkChange(change);
    ASSERT_FALSE(checked) << nameOf(change);
    EXPECT_EQ(checked.error().code, ErrorCode::validationError) << nameOf(change);
  }
  for (const auto& change : oneOfEach()) EXPECT_TRUE(checkChange(change)) << nameOf(change);
}

TEST(CheckChange, NamesFieldValueAndWhatIsAllowed) {
  const auto refusal = [](const ValueChange& change) { return checkChange(change).error(); };
  expectNames(refusal(AddScored{{{"m", "nan"}}}), "score", "nan", "a number, inf or -inf");
  expectNames(refusal(AddScored{{{"m", "1e999"}}}), "score", "1e999", "a number, inf or -inf");
  expectNames(refusal(IncrementScore{"m", "ten"}), "by", "ten", "a number, inf or -inf");
  expectNames(refusal(AddEntry{"1-x", {{"f", "v"}}}), "id", "1-x", "an entry's id, milliseconds-number");
  expectNames(refusal(AddEntry{"0-0", {{"f", "v"}}}), "id", "0-0", "0-1 or above");
  expectNames(refusal(RemoveEntries{{"1-1", "\x1b[2J"}}), "id", "\\x1b[2J",
              "an entry's id, milliseconds-number");
  expectNames(refusal(ExpireFields{{"f"}, std::chrono::milliseconds(-1)}), "ttlMs", "-1", "at least 1");
}

TEST(ResultOfAChange, IsAPartOfTheValueForNewNumbersAndScoresAlone) {
  for (const auto& change : oneOfEach()) {
    const auto name = nameOf(change);
    EXPECT_EQ(resultTellsValue(change), name == "keys.increment" || name == "zset.increment") << name;
  }
}

TEST(Score, IsReadAsTheServersReadAndWrittenShort) {
  EXPECT_EQ(scoreText(*parseScore("+1.50")), "1.5");
  EXPECT_EQ(scoreText(*parseScore("0.10000000000000001")), "0.1");
  EXPECT_EQ(scoreText(*parseScore("+inf")), "inf");
  EXPECT_EQ(scoreText(*parseScore("-inf")), "-inf");
  EXPECT_EQ(contentDigest(ZSetValue{{{"m", "0.10000000000000001"}}}),
            contentDigest(ZSetValue{{{"m", "0.1"}}}));
}

}  // namespace
}  // namespace cachify::domain
