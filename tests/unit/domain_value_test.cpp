#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "domain/value.hpp"
#include "unit/domain_errors.hpp"

namespace cachify::domain {
namespace {

using namespace std::string_literals;

std::string hexDigest(const LogicalValue& value) {
  return toHex(contentDigest(value));
}

/// A part as the canonical form frames it: 8-byte big-endian length, then the bytes.
Bytes framed(BytesView bytes) {
  Bytes out(8, '\0');
  out[6] = static_cast<char>(bytes.size() >> 8);
  out[7] = static_cast<char>(bytes.size());
  return out.append(bytes);
}

TEST(ContentDigest, OfAStringIsPlainSha256) {
  EXPECT_EQ(hexDigest(Bytes("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hexDigest(Bytes()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(contentDigest("a\0b\xff"s), sha256("a\0b\xff"s));
}

TEST(ContentDigest, FollowsTheDocumentedForm) {
  EXPECT_EQ(contentDigest(HashValue{{{"b", "2"}, {"a", "1"}}}),
            sha256("hash" + framed("a") + framed("1") + framed("b") + framed("2")));
  EXPECT_EQ(contentDigest(ListValue{{"z", "a"s + '\0'}}), sha256("list" + framed("z") + framed("a\0"s)));
  EXPECT_EQ(contentDigest(SetValue{{"b", "a"}}), sha256("set" + framed("a") + framed("b")));
  EXPECT_EQ(contentDigest(ZSetValue{{{"m", "1.5"}}}), sha256("zset" + framed("m") + framed("1.5")));
  EXPECT_EQ(contentDigest(StreamValue{{{"1-1", {{"f", "v"}}}}}),
            sha256("stream" + framed("1-1") + "\0\0\0\0\0\0\0\1"s + framed("f") + framed("v")));
  EXPECT_EQ(contentDigest(std::monostate()), sha256("none"));
}

template <class Container, class Item>
void expectSameInEveryOrder(std::vector<Item> items, std::vector<Item> Container::*member) {
  std::ranges::sort(items);
  std::set<std::string> digests;
  do {
    Container value;
    value.*member = items;
    digests.insert(hexDigest(value));
  } while (std::ranges::next_permutation(items).found);
  EXPECT_EQ(digests.size(), 1U);
}

TEST(ContentDigest, IsTheSameInAnyOrderForHashSetAndSortedSet) {
  expectSameInEveryOrder<HashValue, HashEntry>({{"a", "1"}, {"b", "2"}, {"c", ""}, {"\xff", "3"}},
                                               &HashValue::entries);
  expectSameInEveryOrder<SetValue, Bytes>({"a", "b", "", "\xff\0"s}, &SetValue::members);
  expectSameInEveryOrder<ZSetValue, ScoredMember>({{"a", "1"}, {"b", "1"}, {"c", "-inf"}, {"d", "2.5"}},
                                                  &ZSetValue::members);
}

TEST(ContentDigest, KeepsTheOrderOfListsStreamsAndAnEntrysFields) {
  EXPECT_NE(hexDigest(ListValue{{"a", "b"}}), hexDigest(ListValue{{"b", "a"}}));
  const StreamEntry first{"1-1", {{"a", "1"}, {"b", "2"}}};
  const StreamEntry second{"2-1", {{"a", "1"}}};
  EXPECT_NE(hexDigest(StreamValue{{first, second}}), hexDigest(StreamValue{{second, first}}));
  EXPECT_NE(hexDigest(StreamValue{{first}}), hexDigest(StreamValue{{{"1-1", {{"b", "2"}, {"a", "1"}}}}}));
}

TEST(ContentDigest, TellsApartWhatJoinsToTheSameBytes) {
  const std::vector<LogicalValue> values{
      std::monostate(),
      Bytes(),
      Bytes("abc"),
      ListValue{},
      SetValue{},
      HashValue{},
      ZSetValue{},
      StreamValue{},
      ListValue{{""}},
      ListValue{{"", ""}},
      ListValue{{"abc"}},
      ListValue{{"ab", "c"}},
      ListValue{{"a", "bc"}},
      ListValue{{"a", "b", "c"}},
      SetValue{{"ab", "c"}},
      HashValue{{{"ab", "c"}}},
      HashValue{{{"a", "bc"}}},
      HashValue{{{"a", "b"}, {"c", ""}}},
      ZSetValue{{{"a", "1"}, {"b", "2"}}},
      ZSetValue{{{"a", "2"}, {"b", "1"}}},
      ZSetValue{{{"a", "12"}}},
  };
  std::set<std::string> digests;
  for (const auto& value : values) digests.insert(hexDigest(value));
  EXPECT_EQ(digests.size(), values.size());
}

TEST(ContentDigest, TellsApartStreamsWhoseFieldsLookLikeEntries) {
  const StreamValue three{{{"1-1", {{"f", "v"}}}, {"2-1", {{"f", "v"}}}, {"3-1", {{"f", "v"}}}}};
  const StreamValue one{{{"1-1", {{"f", "v"}, {"2-1", "f"}, {"v", "3-1"}, {"f", "v"}}}}};
  EXPECT_NE(hexDigest(three), hexDigest(one));
}

TEST(ContentBytes, CountsEveryPart) {
  EXPECT_EQ(contentBytes(std::monostate()), 0U);
  EXPECT_EQ(contentBytes("a\0b"s), 3U);
  EXPECT_EQ(contentBytes(HashValue{{{"ab", "cde"}, {"f", ""}}}), 6U);
  EXPECT_EQ(contentBytes(ListValue{{"ab", "c"}}), 3U);
  EXPECT_EQ(contentBytes(SetValue{{"ab", "c"}}), 3U);
  EXPECT_EQ(contentBytes(ZSetValue{{{"ab", "1.5"}}}), 5U);
  EXPECT_EQ(contentBytes(StreamValue{{{"1-1", {{"a", "bc"}}}}}), 6U);
}

TEST(ValueType, WordsRoundTripAndRedisJsonIsKnown) {
  for (const auto type :
       {ValueType::none, ValueType::string, ValueType::hash, ValueType::list, ValueType::set, ValueType::zset,
        ValueType::stream, ValueType::json, ValueType::other}) {
    EXPECT_EQ(parseValueType(wireName(type)), type);
  }
  EXPECT_EQ(parseValueType("ReJSON-RL"), ValueType::json);
}

TEST(ValueType, AnUnknownWordIsAValidationErrorShownEscapedAndCutOff) {
  const auto result = parseValueType("\x1b" + std::string(10'000, 'x'));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::validationError);
  EXPECT_EQ(textDetail(result.error(), "value"), "\\x1b" + std::string(99, 'x'));
}

TEST(Mutation, NamesEveryKeyItChanges) {
  const std::vector<std::pair<Mutation, std::vector<BytesView>>> cases{
      {SetMutation{.key = "a", .value = "v"}, {"a"}},       {DeleteMutation{"a"}, {"a"}},
      {RenameMutation{.from = "a", .to = "b"}, {"a", "b"}}, {TtlMutation{.key = "a"}, {"a"}},
      {RestoreMutation{Capture{.key = "a"}}, {"a"}},
  };
  for (const auto& [mutation, keys] : cases)
    EXPECT_TRUE(std::ranges::equal(keysOf(mutation), keys)) << mutation.index();
}

TEST(Capture, OfAnAbsentKeyDidNotExist) {
  EXPECT_FALSE(Capture{.key = "a"}.existed());
  EXPECT_TRUE((Capture{.key = "a", .type = ValueType::other}.existed()));
}

}  // namespace
}  // namespace cachify::domain
