// Parts of values that are asked for by a range, what a page says of the whole, and ranges that are none.

#include <gmock/gmock.h>

#include <set>

#include "contract/cache_session_contract.hpp"

namespace cachify::test {
namespace {

using namespace std::string_literals;
using namespace domain;
using cache::MemberRange;
using cache::ReadRange;
using testing::HasSubstr;

const Bytes kOddMember = "n\0l\xff\r\n"s;

class CacheSessionRangeContract : public CacheSessionContract {
 protected:
  bool typed_ = has(cache::Capability::typedValues);

  void edit(ValueChange change) { mustApply(EditMutation{"key", std::move(change)}); }

  Result<cache::ReadValue> readPart(const ReadRange& range, const Bytes& key = "key") {
    return await(session_->read(key, range, soon()));
  }
  /// Member and score, one after the other, and a '+' where there is more.
  std::string membersOf(const ReadRange& range) {
    const auto got = readPart(range);
    EXPECT_TRUE(got) << got.error().message;
    if (!got) return {};
    std::string members;
    for (const auto& item : std::get<ZSetValue>(got->value).members) members += item.member + item.score;
    return members + (got->nextCursor.empty() ? "" : "+");
  }
  /// Every page of `range`, one after the other.
  std::string pagesOf(ReadRange range) {
    std::string members;
    do {
      const auto got = readPart(range);
      EXPECT_TRUE(got) << got.error().message;
      if (!got) return members;
      for (const auto& item : std::get<ZSetValue>(got->value).members) members += item.member;
      range.cursor = got->nextCursor;
    } while (!range.cursor.empty());
    return members;
  }
  void expectInvalid(const ReadRange& range, const std::string& field, const Bytes& key = "key") {
    const auto refused = readPart(range, key);
    ASSERT_FALSE(refused) << field;
    EXPECT_EQ(refused.error().code, ErrorCode::validationError) << refused.error().message;
    for (const auto* detail : {"field", "value", "allowed"}) {
      const auto* found = refused.error().detail(detail);
      ASSERT_NE(found, nullptr) << detail << ": " << refused.error().message;
      EXPECT_THAT(refused.error().message, HasSubstr(std::get<std::string>(*found)));
    }
    EXPECT_EQ(std::get<std::string>(*refused.error().detail("field")), field);
  }
};

TEST_P(CacheSessionRangeContract, ASortedSetIsReadByMemberWhereAllHaveOneScore) {
  if (!typed_) return;
  edit(AddScored{{{"a", "1"}, {"b", "1"}, {"bb", "1"}, {"c", "1"}, {kOddMember, "1"}}});
  EXPECT_EQ(membersOf({.members = MemberRange{}}), "a1b1bb1c1" + kOddMember + "1");
  EXPECT_EQ(membersOf({.members = MemberRange{"[b", "+"}}), "b1bb1c1" + kOddMember + "1");
  EXPECT_EQ(membersOf({.members = MemberRange{"(b", "[c"}}), "bb1c1");
  EXPECT_EQ(membersOf({.members = MemberRange{"-", "(bb"}}), "a1b1");
  EXPECT_EQ(membersOf({.members = MemberRange{"[" + kOddMember, "[" + kOddMember}}), kOddMember + "1");
  EXPECT_EQ(membersOf({.backwards = true, .members = MemberRange{"[b", "[c"}}), "c1bb1b1");
  EXPECT_EQ(membersOf({.members = MemberRange{"+", "-"}}), "");
  EXPECT_EQ(membersOf({.members = MemberRange{"[c", "[b"}}), "");
  EXPECT_EQ(membersOf({.from = "2", .members = MemberRange{"[a", "[c"}}), "bb1c1");
  EXPECT_EQ(membersOf({.maxItems = 2, .members = MemberRange{"[a", "[c"}}), "a1b1+");
  EXPECT_EQ(pagesOf({.maxItems = 2, .members = MemberRange{"[a", "[c"}}), "abbbc");
  EXPECT_EQ(pagesOf({.maxItems = 2, .members = MemberRange{}}), "abbbc" + kOddMember);
  EXPECT_EQ(pagesOf({.maxItems = 1, .backwards = true, .members = MemberRange{}}), kOddMember + "cbbba");
}

TEST_P(CacheSessionRangeContract, APageSaysHowManyElementsTheWholeHas) {
  if (!typed_) {
    set("key", "text");
    EXPECT_EQ(read("key").length, std::nullopt);
    return;
  }
  const auto expectLength = [&](const ValueChange& filled, std::uint64_t length) {
    edit(filled);
    for (const std::uint64_t items : {1, 1000}) {
      const auto page = readPart({.maxItems = items});
      ASSERT_TRUE(page) << page.error().message;
      EXPECT_EQ(page->length, length) << nameOf(filled);
      if (page->memoryBytes) {
        EXPECT_GT(*page->memoryBytes, 0U);
      }
    }
    mustApply(DeleteMutation{"key"});
  };
  expectLength(SetFields{{{"f", "1"}, {"g", "2"}}}, 2);
  expectLength(PushItems{.items = {"a", "b", "c"}}, 3);
  expectLength(AddMembers{{"a", "b", "c", "d"}}, 4);
  expectLength(AddScored{{{"a", "1"}, {"b", "2"}}}, 2);
  expectLength(AddEntry{"1-1", {{"f", "v"}}}, 1);
  set("key", "text");
  EXPECT_EQ(read("key").length, std::nullopt);
  EXPECT_EQ(read("none").length, std::nullopt);
}

TEST_P(CacheSessionRangeContract, ABadRangeNamesFieldValueAndWhatIsAllowed) {
  set("key", "text");
  expectInvalid({.cursor = "no cursor"}, "cursor");
  // What is wrong for every type is said of an absent key, too.
  for (const Bytes& key : {Bytes("key"), Bytes("none")}) {
    expectInvalid({.scores = cache::ScoreRange{"low", "+inf"}}, "min", key);
    expectInvalid({.scores = cache::ScoreRange{"nan", "+inf"}}, "min", key);
    expectInvalid({.scores = cache::ScoreRange{"1", "(x"}}, "max", key);
    expectInvalid({.members = MemberRange{"a", "+"}}, "lex", key);
    expectInvalid({.members = MemberRange{"-", ""}}, "lex", key);
    expectInvalid({.scores = cache::ScoreRange{}, .members = MemberRange{}}, "lex", key);
  }
  expectInvalid({.from = "1"}, "from");
  expectInvalid({.backwards = true}, "backwards");
  expectInvalid({.scores = cache::ScoreRange{}}, "min");
  expectInvalid({.members = MemberRange{}}, "lex");
  if (!typed_) return;
  mustApply(DeleteMutation{"key"});
  edit(PushItems{.items = {"a"}});
  expectInvalid({.from = "first"}, "from");
  expectInvalid({.from = "9223372036854775808"}, "from");
  mustApply(DeleteMutation{"key"});
  edit(AddScored{{{"a", "1"}}});
  expectInvalid({.from = "-1"}, "from");
  mustApply(DeleteMutation{"key"});
  edit(AddEntry{"1-1", {{"f", "v"}}});
  expectInvalid({.from = "yesterday"}, "from");
  expectInvalid({.cursor = "yesterday"}, "cursor");
}

TEST_P(CacheSessionRangeContract, AnotherTypeThanWantedIsAConflictOrNotSupported) {
  set("key", "text");
  EXPECT_TRUE(readPart({.type = ValueType::string}));
  EXPECT_TRUE(readPart({.type = ValueType::string}, "none"));
  const auto refused = readPart({.type = ValueType::hash});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, typed_ ? ErrorCode::conflict : ErrorCode::notSupported);
  if (typed_) {
    EXPECT_TRUE(readPart({.type = ValueType::hash}, "none"));
  }
  // None of these servers has RedisJSON.
  const auto json = readPart({.type = ValueType::json}, "none");
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().code, ErrorCode::notSupported);
  EXPECT_FALSE(json.error().message.empty());
}

TEST_P(CacheSessionRangeContract, AwkwardPatternsMeanTheSameEverywhere) {
  const std::vector<Bytes> keys{"a", "b", "q", "z", "-", "]", "^", "\\", "a-z", "[x", "x*", "ab]", "A"};
  for (const Bytes& key : keys) set(key, "v");
  const std::vector<std::pair<Bytes, std::set<Bytes>>> meanings{
      {"[\\a-z]", {"a", "-", "z"}},
      {"[a-z]", {"a", "b", "q", "z"}},
      {"[z-a]", {"a", "b", "q", "z"}},
      {"[\\]]", {"]"}},
      {"[^a-z]", {"-", "]", "^", "\\", "A"}},
      {"[a-]]", {"]", "^", "a"}},
      {"[ab", {"a", "b"}},
      {"[", {}},
      {"[]]", {}},
      {"\\\\", {"\\"}},
      {"\\", {"\\"}},
      {"\\[x", {"[x"}},
      {"x\\*", {"x*"}},
      {"?\\-?", {"a-z"}},
      {"**]", {"]", "ab]"}},
  };
  for (const auto& [pattern, wanted] : meanings) {
    const auto found = scanAll({.pattern = pattern});
    EXPECT_EQ(std::set<Bytes>(found.begin(), found.end()), wanted) << pattern;
  }
}

INSTANTIATE_TEST_SUITE_P(Every, CacheSessionRangeContract,
                         testing::Values(CacheKind{"Memory", &makeMemoryCacheUnderTest},
                                         CacheKind{"Redis", &makeRedisUnderTest},
                                         CacheKind{"RedisAsLimitedUser", &makeRedisAsLimitedUserUnderTest},
                                         CacheKind{"RedisCluster", &makeRedisClusterUnderTest},
                                         CacheKind{"Memcached", &makeMemcachedUnderTest}),
                         [](const testing::TestParamInfo<CacheKind>& kind) { return kind.param.name; });

}  // namespace
}  // namespace cachify::test
