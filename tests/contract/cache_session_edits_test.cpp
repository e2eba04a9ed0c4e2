// Changes of parts of values, and looks at single elements. Where a cache keeps typed values it must do just
// what `domain::applyChange` says, for that is what is recorded and undone by.

#include <rapidcheck.h>

#include <algorithm>

#include "contract/cache_session_contract.hpp"

namespace cachify::test {
namespace {

using namespace std::string_literals;
using namespace domain;
using cache::ApplyOutcome;
using cache::ApplyStatus;

const Bytes kOdd = "n\0l\xff\r\n"s;

class CacheSessionEditContract : public CacheSessionContract {
 protected:
  bool typed_ = has(cache::Capability::typedValues);
  StringRules rules_ = typed_ ? StringRules::redis : StringRules::memcached;

  ApplyOutcome edit(ValueChange change, std::unique_ptr<cache::Hold> hold = nullptr) {
    return apply(EditMutation{"key", std::move(change)}, std::move(hold));
  }
  void mustEdit(ValueChange change, const std::string& result) {
    const auto name = nameOf(change);
    const auto outcome = edit(std::move(change));
    EXPECT_EQ(outcome.status, ApplyStatus::applied) << name << (outcome.error ? outcome.error->message : "");
    EXPECT_EQ(outcome.result, result) << name;
  }
  void mustRefuse(ValueChange change, ErrorCode code) {
    const auto name = nameOf(change);
    const auto before = contentDigest(read("key").value);
    const auto outcome = edit(std::move(change));
    EXPECT_EQ(outcome.status, ApplyStatus::refused) << name;
    EXPECT_EQ(outcome.error.value_or(Error()).code, code) << name;
    EXPECT_EQ(contentDigest(read("key").value), before) << name;
  }
  void expectValue(const LogicalValue& expected) {
    EXPECT_EQ(contentDigest(read("key").value), contentDigest(expected));
  }
  cache::ReadValue readOnly(cache::ElementName element) {
    cache::ReadRange range;
    range.element = std::move(element);
    auto got = await(session_->read("key", range, soon()));
    EXPECT_TRUE(got) << got.error().message;
    return got.value_or(cache::ReadValue());
  }
  std::string idsOf(const cache::ReadRange& range) {
    const auto got = await(session_->read("key", range, soon()));
    EXPECT_TRUE(got) << got.error().message;
    if (!got) return {};
    std::string ids;
    for (const auto& entry : std::get<StreamValue>(got->value).entries) ids += entry.id + " ";
    return ids + got->nextCursor;
  }
  std::string membersOf(const cache::ReadRange& range) {
    const auto got = await(session_->read("key", range, soon()));
    EXPECT_TRUE(got) << got.error().message;
    if (!got) return {};
    std::string members;
    for (const auto& item : std::get<ZSetValue>(got->value).members) members += item.member;
    return members;
  }
};

TEST_P(CacheSessionEditContract, ACacheWithoutTypedValuesSaysSo) {
  if (typed_) return;
  set("key", "text");
  mustRefuse(SetFields{{{"f", "v"}}}, ErrorCode::notSupported);
  mustRefuse(PushItems{.items = {"i"}}, ErrorCode::notSupported);
}

TEST_P(CacheSessionEditContract, SetsAndRemovesFieldsOfAHash) {
  if (!typed_) return;
  mustEdit(SetFields{{{"f", "1"}, {kOdd, kOdd}}}, "2");
  mustEdit(SetFields{{{"f", "2"}}}, "0");
  expectValue(HashValue{{{"f", "2"}, {kOdd, kOdd}}});
  mustRefuse(SetFields{{{"new", "1"}, {"f", "3"}}, true}, ErrorCode::conflict);
  mustEdit(SetFields{{{"new", "1"}, {"newer", ""}}, true}, "2");
  mustRefuse(RemoveFields{{"none", "such"}}, ErrorCode::notFound);
  mustEdit(RemoveFields{{"none", "f", "new"}}, "2");
  EXPECT_EQ(std::get<HashValue>(readOnly(cache::ElementNamed{kOdd}).value).entries,
            (std::vector<HashEntry>{{kOdd, kOdd}}));
  EXPECT_TRUE(std::get<HashValue>(readOnly(cache::ElementNamed{"f"}).value).entries.empty());
  mustEdit(RemoveFields{{kOdd, "newer"}}, "2");
  EXPECT_EQ(read("key").type, ValueType::none);
  mustRefuse(RemoveFields{{"f"}}, ErrorCode::notFound);
}

TEST_P(CacheSessionEditContract, BringsBackTheElementsThatWereCapturedForAChangeOfTheseAlone) {
  if (!typed_) return;
  mustEdit(SetFields{{{"a", "1"}, {"b", "2"}, {kOdd, kOdd}, {"rest", ""}}}, "4");
  const auto before = contentDigest(read("key").value);
  const ValueChange change = SetFields{{{"b", "x"}, {kOdd, "y"}, {"new", "z"}}};
  cache::CaptureLimits limits{.elements = namedElements(change), .elementsOf = ValueType::hash};
  limits.wholeUpToBytes = 0;
  auto captured = await(session_->capture({"key"}, limits, soon()));
  ASSERT_TRUE(captured) << captured.error().message;
  mustEdit(change, "1");
  EXPECT_EQ(apply(RestoreMutation{std::move(captured->front())}).status, ApplyStatus::applied);
  EXPECT_EQ(contentDigest(read("key").value), before);
}

TEST_P(CacheSessionEditContract, ChangesItemsOfAListByIndexAndValue) {
  if (!typed_) return;
  mustEdit(PushItems{End::right, {"b", kOdd}}, "2");
  mustEdit(PushItems{End::left, {"a", "b"}}, "4");
  expectValue(ListValue{{"b", "a", "b", kOdd}});
  mustEdit(InsertItem{End::right, "b", "x"}, "5");
  mustEdit(InsertItem{End::left, kOdd, ""}, "6");
  expectValue(ListValue{{"b", "x", "a", "b", "", kOdd}});
  mustEdit(ReplaceItem{-1, kOdd, "z"}, "");
  mustRefuse(ReplaceItem{0, "x", "y"}, ErrorCode::conflict);
  mustRefuse(ReplaceItem{6, "x", "y"}, ErrorCode::notFound);
  mustRefuse(InsertItem{End::left, "none", "y"}, ErrorCode::notFound);
  mustRefuse(RemoveItem{3, "x"}, ErrorCode::conflict);
  mustEdit(RemoveItem{3, "b"}, "5");
  mustEdit(RemoveItem{-2, ""}, "4");
  expectValue(ListValue{{"b", "x", "a", "z"}});
  EXPECT_EQ(std::get<ListValue>(readOnly(cache::ElementAt{-1}).value).items, std::vector<Bytes>{"z"});
  EXPECT_TRUE(std::get<ListValue>(readOnly(cache::ElementAt{4}).value).items.empty());
  cache::ReadRange last{.maxItems = 2, .from = "-3"};
  const auto page = await(session_->read("key", last, soon()));
  ASSERT_TRUE(page);
  EXPECT_EQ(std::get<ListValue>(page->value).items, (std::vector<Bytes>{"x", "a"}));
  EXPECT_FALSE(page->nextCursor.empty());
  for (const char* item : {"b", "x", "a", "z"})
    EXPECT_EQ(edit(RemoveItem{0, item}).status, ApplyStatus::applied);
  EXPECT_EQ(read("key").type, ValueType::none);
  mustRefuse(RemoveItem{0, "b"}, ErrorCode::notFound);
}

TEST_P(CacheSessionEditContract, AddsAndRemovesMembersOfASet) {
  if (!typed_) return;
  mustEdit(AddMembers{{"1", "2", kOdd}}, "3");
  mustEdit(AddMembers{{"2", "3"}}, "1");
  mustRefuse(RemoveMembers{{"9"}}, ErrorCode::notFound);
  EXPECT_EQ(std::get<SetValue>(readOnly(cache::ElementNamed{kOdd}).value).members, std::vector<Bytes>{kOdd});
  EXPECT_TRUE(std::get<SetValue>(readOnly(cache::ElementNamed{"9"}).value).members.empty());
  mustEdit(RemoveMembers{{kOdd, "9", "1"}}, "2");
  expectValue(SetValue{{"2", "3"}});
}

TEST_P(CacheSessionEditContract, AddsRanksAndRemovesMembersOfASortedSet) {
  if (!typed_) return;
  mustEdit(AddScored{{{"a", "1"}, {"b", "2.5"}, {"c", "inf"}, {kOdd, "-inf"}}}, "4");
  mustEdit(AddScored{{{"a", "1"}, {"b", "3"}}}, "1");
  mustRefuse(AddScored{{{"b", "2"}}, ScoreRule::onlyGreater}, ErrorCode::conflict);
  mustRefuse(AddScored{{{"b", "2"}}, ScoreRule::onlyNew}, ErrorCode::conflict);
  mustRefuse(AddScored{{{"x", "2"}}, ScoreRule::onlyExisting}, ErrorCode::notFound);
  mustEdit(AddScored{{{"b", "2"}}, ScoreRule::onlyLess}, "1");
  mustEdit(IncrementScore{"b", "-0.5"}, "1.5");
  mustEdit(IncrementScore{"d", "+inf"}, "inf");
  mustRefuse(IncrementScore{"c", "-inf"}, ErrorCode::conflict);
  expectValue(ZSetValue{{{kOdd, "-inf"}, {"a", "1"}, {"b", "1.5"}, {"c", "inf"}, {"d", "inf"}}});
  EXPECT_EQ(std::get<ZSetValue>(readOnly(cache::ElementNamed{"b"}).value).members,
            (std::vector<ScoredMember>{{"b", "1.5"}}));
  EXPECT_EQ(membersOf({}), kOdd + "abcd");
  EXPECT_EQ(membersOf({.backwards = true}), "dcba" + kOdd);
  EXPECT_EQ(membersOf({.from = "2"}), "bcd");
  EXPECT_EQ(membersOf({.scores = cache::ScoreRange{"1", "1.5"}}), "ab");
  EXPECT_EQ(membersOf({.scores = cache::ScoreRange{"(1", "+inf"}}), "bcd");
  EXPECT_EQ(membersOf({.maxItems = 2, .backwards = true, .scores = cache::ScoreRange{"1", "inf"}}), "dc");
  mustEdit(RemoveScored{{"a", kOdd, "none"}}, "2");
  mustRefuse(RemoveScored{{"a"}}, ErrorCode::notFound);
}

TEST_P(CacheSessionEditContract, AddsRemovesAndTrimsEntriesOfAStream) {
  if (!typed_) return;
  for (const char* id : {"1-1", "1-2", "2", "3-7"}) {
    EXPECT_EQ(edit(AddEntry{id, {{"f", kOdd}, {"f", "again"}}}).status, ApplyStatus::applied);
  }
  mustRefuse(AddEntry{"3-7", {{"f", "v"}}}, ErrorCode::conflict);
  const auto outcome = edit(AddEntry{"*", {{kOdd, "v"}}});
  ASSERT_TRUE(parseStreamId(outcome.result)) << outcome.result;
  EXPECT_GT(*parseStreamId(outcome.result), (StreamId{3, 7}));
  mustEdit(RemoveEntries{{outcome.result}}, "1");
  mustRefuse(RemoveEntries{{outcome.result}}, ErrorCode::notFound);
  EXPECT_EQ(idsOf({}), "1-1 1-2 2-0 3-7 ");
  EXPECT_EQ(idsOf({.backwards = true}), "3-7 2-0 1-2 1-1 ");
  EXPECT_EQ(idsOf({.from = "1-2"}), "1-2 2-0 3-7 ");
  EXPECT_EQ(idsOf({.from = "2-5", .backwards = true}), "2-0 1-2 1-1 ");
  cache::ReadRange one{.maxItems = 1, .backwards = true};
  std::string seen;
  do {
    const auto page = await(session_->read("key", one, soon()));
    ASSERT_TRUE(page);
    for (const auto& entry : std::get<StreamValue>(page->value).entries) seen += entry.id + " ";
    one.cursor = page->nextCursor;
  } while (!one.cursor.empty());
  EXPECT_EQ(seen, "3-7 2-0 1-2 1-1 ");
  mustEdit(TrimEntries{1}, "3");
  mustEdit(TrimEntries{1}, "0");
  expectValue(StreamValue{{{"3-7", {{"f", kOdd}, {"f", "again"}}}}});
  mustEdit(RemoveEntries{{"3-7"}}, "1");
  EXPECT_EQ(read("key").type, ValueType::stream) << "an empty stream stays";
}

TEST_P(CacheSessionEditContract, ExtendsAndCountsStringsAndKeepsTheirTtl) {
  const auto length = [&](const char* text) { return typed_ ? std::string(text) : std::string(); };
  set("key", "b", 100s);
  mustEdit(ExtendText{End::right, kOdd, rules_}, length("7"));
  mustEdit(ExtendText{End::left, "a\0"s, rules_}, length("9"));
  expectValue("a\0b"s + kOdd);
  expectTtl("key", 100s);
  mustRefuse(IncrementNumber{1, rules_}, ErrorCode::conflict);
  set("key", "41", 100s);
  mustEdit(IncrementNumber{1, rules_}, "42");
  mustEdit(IncrementNumber{-40, rules_}, "2");
  expectTtl("key", 100s);
  mustEdit(IncrementNumber{-5, rules_}, typed_ ? "-3" : "0");
}

TEST_P(CacheSessionEditContract, AnAbsentStringIsMadeOrNotAsTheServersDo) {
  if (typed_) {
    mustEdit(ExtendText{End::left, "a", rules_}, "1");
    mustApply(DeleteMutation{"key"});
    mustEdit(IncrementNumber{5, rules_}, "5");
    return;
  }
  mustRefuse(ExtendText{End::right, "a", rules_}, ErrorCode::notFound);
  mustRefuse(IncrementNumber{1, rules_}, ErrorCode::notFound);
  auto held = captureHeld({"key"});
  EXPECT_EQ(edit(IncrementNumber{1, rules_}, std::move(held.hold)).error.value_or(Error()).code,
            ErrorCode::notFound);
}

TEST_P(CacheSessionEditContract, AnEditTakesPlaceOnlyIfWhatIsHeldIsUnchanged) {
  set("key", "1");
  auto held = captureHeld({"key"});
  setElsewhere("key", "2");
  EXPECT_EQ(edit(IncrementNumber{1, rules_}, std::move(held.hold)).status, ApplyStatus::changed);
  EXPECT_EQ(value("key"), "2");
  held = captureHeld({"key"});
  const auto outcome = edit(IncrementNumber{1, rules_}, std::move(held.hold));
  EXPECT_EQ(outcome.status, ApplyStatus::applied);
  EXPECT_EQ(outcome.result, "3");
  held = captureHeld({"key"});
  setElsewhere("key", "x");
  EXPECT_EQ(edit(ExtendText{End::right, "y", rules_}, std::move(held.hold)).status, ApplyStatus::changed);
  held = captureHeld({"key"});
  EXPECT_EQ(edit(ExtendText{End::left, "y", rules_}, std::move(held.hold)).status, ApplyStatus::applied);
  EXPECT_EQ(value("key"), "yx");
}

TEST_P(CacheSessionEditContract, AddAndReplaceLookWhetherTheKeyIsThere) {
  const auto store = [&](SetMode mode, TtlChange ttl, bool held) {
    std::unique_ptr<cache::Hold> hold;
    if (held) hold = captureHeld({"key"}).hold;
    const auto outcome =
        apply(SetMutation{.key = "key", .value = "v", .ttl = ttl, .mode = mode}, std::move(hold));
    return outcome.status == ApplyStatus::applied ? ErrorCode::internalError : outcome.error->code;
  };
  for (const bool held : {false, true}) {
    for (const TtlChange ttl : {TtlChange(KeepTtl{}), TtlChange(NoTtl{}), TtlChange(100s)}) {
      mustApply(DeleteMutation{"key"});
      EXPECT_EQ(store(SetMode::replace, ttl, held), ErrorCode::notFound);
      EXPECT_EQ(value("key"), std::nullopt);
      EXPECT_EQ(store(SetMode::add, ttl, held), ErrorCode::internalError) << "was stored";
      EXPECT_EQ(store(SetMode::add, ttl, held), ErrorCode::conflict);
      EXPECT_EQ(store(SetMode::replace, ttl, held), ErrorCode::internalError) << "was stored";
      EXPECT_EQ(ttlOf("key").has_value(), std::holds_alternative<std::chrono::milliseconds>(ttl));
    }
  }
}

TEST_P(CacheSessionEditContract, AValueOfAnotherTypeIsAConflictForEditsAndLooks) {
  if (!typed_) return;
  set("key", "text");
  mustRefuse(SetFields{{{"f", "v"}}}, ErrorCode::conflict);
  mustRefuse(SetFields{{{"f", "v"}}, true}, ErrorCode::conflict);
  mustRefuse(PushItems{.items = {"i"}}, ErrorCode::conflict);
  mustRefuse(ReplaceItem{0, "a", "b"}, ErrorCode::conflict);
  mustRefuse(RemoveItem{0, "a"}, ErrorCode::conflict);
  mustRefuse(AddMembers{{"m"}}, ErrorCode::conflict);
  mustRefuse(IncrementScore{"m", "1"}, ErrorCode::conflict);
  mustRefuse(AddEntry{"*", {{"f", "v"}}}, ErrorCode::conflict);
  mustApply(DeleteMutation{"key"});
  mustEdit(AddMembers{{"m"}}, "1");
  mustRefuse(ExtendText{End::left, "a"}, ErrorCode::conflict);
  mustRefuse(IncrementNumber{}, ErrorCode::conflict);
  cache::ReadRange range;
  range.element = cache::ElementAt{0};
  const auto refused = await(session_->read("key", range, soon()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST_P(CacheSessionEditContract, RefusesRangesThatValuesOfATypeDoNotHave) {
  if (!typed_) return;
  mustEdit(AddMembers{{"m"}}, "1");
  for (const cache::ReadRange& range :
       {cache::ReadRange{.from = "1"}, cache::ReadRange{.backwards = true},
        cache::ReadRange{.scores = cache::ScoreRange{}}, cache::ReadRange{.cursor = "no cursor"}}) {
    const auto refused = await(session_->read("key", range, soon()));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::validationError);
  }
}

/// A few names and values, so that changes meet.
ValueChange anyChange() {
  const auto name = [] { return *rc::gen::element(Bytes("a"), Bytes("b"), kOdd, Bytes()); };
  const auto number = [] { return std::to_string(*rc::gen::inRange(-4, 5)); };
  const auto index = *rc::gen::inRange<std::int64_t>(-3, 3);
  switch (*rc::gen::inRange(0, 13)) {
    case 0:
      return SetFields{{{name(), name()}, {name(), name()}}, *rc::gen::arbitrary<bool>()};
    case 1:
      return RemoveFields{{name(), name()}};
    case 2:
      return PushItems{*rc::gen::element(End::left, End::right), {name(), name()}};
    case 3:
      return InsertItem{*rc::gen::element(End::left, End::right), name(), name()};
    case 4:
      return ReplaceItem{index, name(), name()};
    case 5:
      return RemoveItem{index, name()};
    case 6:
      return AddMembers{{name(), name()}};
    case 7:
      return RemoveMembers{{name()}};
    case 8:
      return AddScored{{{name(), number()}, {name(), number() + ".25"}},
                       static_cast<ScoreRule>(*rc::gen::inRange(0, 5))};
    case 9:
      return IncrementScore{name(), number() + ".1"};
    case 10:
      return RemoveScored{{name()}};
    case 11:
      return IncrementNumber{*rc::gen::inRange<std::int64_t>(-4, 5)};
    default:
      return ExtendText{*rc::gen::element(End::left, End::right), *rc::gen::element(Bytes("1"), kOdd)};
  }
}

TEST_P(CacheSessionEditContract, DoesWhatTheDomainSaysElementForElement) {
  if (!typed_) return;
  const rc::Random seed(0x5eed);
  const auto sequence =
      rc::gen::container<std::vector<ValueChange>>(60, rc::gen::exec(anyChange))(seed, 40).value();
  // One key of each type, so that most changes find their own.
  std::map<ValueType, LogicalValue> model;
  int applied = 0;
  for (int round = 0; round < 3; ++round) {
    for (const ValueChange& change : sequence) {
      const Bytes key(wireName(typeOf(change)));
      const auto expected = applyChange(model[typeOf(change)], change);
      const auto outcome = apply(EditMutation{key, change});
      ASSERT_EQ(outcome.status == ApplyStatus::applied, expected.has_value())
          << nameOf(change) << ": " << (outcome.error ? outcome.error->message : expected.error().message);
      if (!expected) {
        ASSERT_EQ(outcome.error->code, expected.error().code) << nameOf(change) << outcome.error->message;
        continue;
      }
      ++applied;
      model[typeOf(change)] = expected->value;
      ASSERT_EQ(contentDigest(read(key).value), contentDigest(expected->value)) << nameOf(change);
      if (!std::holds_alternative<IncrementScore>(change)) {
        ASSERT_EQ(outcome.result, expected->result) << nameOf(change);
      }
    }
  }
  EXPECT_GT(applied, 40);
}

const auto kEditCacheName = [](const testing::TestParamInfo<CacheKind>& info) { return info.param.name; };
const auto kEditCaches = testing::Values(
    CacheKind{"Memory", &makeMemoryCacheUnderTest}, CacheKind{"Redis", &makeRedisUnderTest},
    CacheKind{"Memcached", &makeMemcachedUnderTest}, CacheKind{"OldMemcached", &makeOldMemcachedUnderTest});

INSTANTIATE_TEST_SUITE_P(Every, CacheSessionEditContract, kEditCaches, kEditCacheName);

}  // namespace
}  // namespace cachify::test
