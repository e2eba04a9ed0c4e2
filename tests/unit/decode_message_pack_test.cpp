// Bytes as the specification gives them: https://github.com/msgpack/msgpack/blob/master/spec.md

#include <gtest/gtest.h>

#include <string>

#include "unit/decode_support.hpp"

namespace cachify::decode::test {
namespace {

/// The text of a value given in hex digits.
std::string pack(std::string_view hex) {
  const auto bytes = fromHex(hex);
  EXPECT_TRUE(bytes) << hex;
  return decoded(bytes.value_or(""), View::messagePack).text;
}

std::string repeated(std::string_view part, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

void expectNotMessagePack(std::string_view hex, std::int64_t offset) {
  const auto result = decode(fromHex(hex).value_or(""), View::messagePack);
  ASSERT_FALSE(result) << hex;
  EXPECT_EQ(result.error().code, ErrorCode::validationError);
  EXPECT_EQ(std::get<std::int64_t>(*result.error().detail("offset")), offset) << hex;
}

TEST(DecodeMessagePack, ShowsNothingAndTruth) {
  EXPECT_EQ(pack("c0"), "null");
  EXPECT_EQ(pack("c2"), "false");
  EXPECT_EQ(pack("c3"), "true");
}

TEST(DecodeMessagePack, ShowsIntegersOfEverySizeExactly) {
  EXPECT_EQ(pack("00"), "0");
  EXPECT_EQ(pack("7f"), "127");
  EXPECT_EQ(pack("ff"), "-1");
  EXPECT_EQ(pack("e0"), "-32");
  EXPECT_EQ(pack("ccff"), "255");
  EXPECT_EQ(pack("cdffff"), "65535");
  EXPECT_EQ(pack("ceffffffff"), "4294967295");
  EXPECT_EQ(pack("cfffffffffffffffff"), "18446744073709551615");
  EXPECT_EQ(pack("d080"), "-128");
  EXPECT_EQ(pack("d18000"), "-32768");
  EXPECT_EQ(pack("d280000000"), "-2147483648");
  EXPECT_EQ(pack("d38000000000000000"), "-9223372036854775808");
  EXPECT_EQ(pack("d37fffffffffffffff"), "9223372036854775807");
}

TEST(DecodeMessagePack, ShowsFloatsAsShortAsTheyCanBeReadBack) {
  EXPECT_EQ(pack("ca3dcccccd"), "0.1");
  EXPECT_EQ(pack("cb3fb999999999999a"), "0.1");
  EXPECT_EQ(pack("cb4000000000000000"), "2.0");
  EXPECT_EQ(pack("cb8000000000000000"), "-0.0");
  EXPECT_EQ(pack("cb7ff0000000000000"), "Infinity");
  EXPECT_EQ(pack("caff800000"), "-Infinity");
  EXPECT_EQ(pack("ca7fc00000"), "NaN");
  EXPECT_EQ(pack("cb7e37e43c8800759c"), "1e+300");
}

TEST(DecodeMessagePack, ShowsTextsOfEveryLength) {
  EXPECT_EQ(pack("a0"), "\"\"");
  EXPECT_EQ(pack("a568656c6c6f"), "\"hello\"");
  EXPECT_EQ(pack("d90568656c6c6f"), "\"hello\"");
  EXPECT_EQ(pack("da000568656c6c6f"), "\"hello\"");
  EXPECT_EQ(pack("db0000000568656c6c6f"), "\"hello\"");
  EXPECT_EQ(pack("a6220a5c1b00c2"), "text(h'220a5c1b00c2')");
  EXPECT_EQ(pack("a5220a5c1b00"), R"("\"\n\\\u001b\u0000")");
  EXPECT_EQ(pack("a4f09f9880"), "\"😀\"");
}

TEST(DecodeMessagePack, ShowsBinaryAndExtensions) {
  EXPECT_EQ(pack("c400"), "h''");
  EXPECT_EQ(pack("c40200ff"), "h'00ff'");
  EXPECT_EQ(pack("c5000200ff"), "h'00ff'");
  EXPECT_EQ(pack("c60000000200ff"), "h'00ff'");
  EXPECT_EQ(pack("d405ab"), "ext(5, h'ab')");
  EXPECT_EQ(pack("d580abcd"), "ext(-128, h'abcd')");
  EXPECT_EQ(pack("d67f01020304"), "ext(127, h'01020304')");
  EXPECT_EQ(pack("d7010102030405060708"), "ext(1, h'0102030405060708')");
  EXPECT_EQ(pack("d802" + repeated("11", 16)), "ext(2, h'" + repeated("11", 16) + "')");
  EXPECT_EQ(pack("c70305010203"), "ext(5, h'010203')");
  EXPECT_EQ(pack("c8000105aa"), "ext(5, h'aa')");
  EXPECT_EQ(pack("c90000000105aa"), "ext(5, h'aa')");
}

TEST(DecodeMessagePack, ShowsTimestampsAsTimes) {
  EXPECT_EQ(pack("d6ff00000000"), "timestamp(\"1970-01-01T00:00:00Z\")");
  EXPECT_EQ(pack("d6ff65e07300"), "timestamp(\"2024-02-29T12:05:20Z\")");
  EXPECT_EQ(pack("d7ff0000000465e07300"), "timestamp(\"2024-02-29T12:05:20.000000001Z\")");
  EXPECT_EQ(pack("c70cff00000000ffffffffffffffff"), "timestamp(\"1969-12-31T23:59:59Z\")");
  EXPECT_EQ(pack("c70cff0000000000000000ffffffff"), "timestamp(\"2106-02-07T06:28:15Z\")");
}

TEST(DecodeMessagePack, ShowsImpossibleTimestampsAsTheExtensionTheyAre) {
  EXPECT_EQ(pack("d4ff00"), "ext(-1, h'00')");
  EXPECT_EQ(pack("d7ffffffffff00000000"), "ext(-1, h'ffffffff00000000')");
  EXPECT_EQ(pack("c70cff000000007fffffffffffffff"), "ext(-1, h'000000007fffffffffffffff')");
}

TEST(DecodeMessagePack, ShowsContainersOfEveryLengthForm) {
  EXPECT_EQ(pack("90"), "[]");
  EXPECT_EQ(pack("80"), "{}");
  EXPECT_EQ(pack("9201a161"), "[\n  1,\n  \"a\"\n]");
  EXPECT_EQ(pack("dc000101"), "[\n  1\n]");
  EXPECT_EQ(pack("dd0000000101"), "[\n  1\n]");
  EXPECT_EQ(pack("82a16101a16290"), "{\n  \"a\": 1,\n  \"b\": []\n}");
  EXPECT_EQ(pack("de0001a16101"), "{\n  \"a\": 1\n}");
  EXPECT_EQ(pack("df00000001a161920102"), "{\n  \"a\": [\n    1,\n    2\n  ]\n}");
}

TEST(DecodeMessagePack, ShowsKeysOfAnyTypeAndDuplicates) {
  EXPECT_EQ(pack("8501a16102a162c0c391010ac40100a163"),
            "{\n  1: \"a\",\n  2: \"b\",\n  null: true,\n  [\n    1\n  ]: 10,\n  h'00': \"c\"\n}");
  EXPECT_EQ(pack("82010a010b"), "{\n  1: 10,\n  1: 11\n}");
}

TEST(DecodeMessagePack, SaysAtWhichByteItStopsBeingMessagePack) {
  expectNotMessagePack("", 0);
  expectNotMessagePack("c1", 0);
  expectNotMessagePack("0102", 1);
  expectNotMessagePack("920102c0", 3);
  expectNotMessagePack("9201", 0);
  expectNotMessagePack("9291c101", 2);
  expectNotMessagePack("92cd0001cd00", 4);
  expectNotMessagePack("a568656c", 0);
  expectNotMessagePack("ddffffffff0101", 0);
  expectNotMessagePack("dfffffffff0101", 0);
  expectNotMessagePack("c6ffffffff00", 0);
}

TEST(DecodeMessagePack, SurvivesACutAtEveryByte) {
  const auto whole =
      fromHex("86a16101a162c40200ffa163d6ff65e07300a164cb3fb999999999999aa165920180a16682c0c2c3da000161");
  ASSERT_TRUE(whole);
  ASSERT_EQ(chainOf(*whole), "msgpack");
  for (std::size_t size = 0; size < whole->size(); ++size)
    EXPECT_FALSE(decode(BytesView(*whole).substr(0, size), View::messagePack)) << size;
}

TEST(DecodeMessagePack, GoesDownToTheDepthAllowedAndNoFurther) {
  const auto nested = [](std::size_t depth) { return std::string(depth - 1, '\x91') + '\x90'; };
  EXPECT_EQ(decoded(nested(512)).kind, Kind::messagePack);
  EXPECT_EQ(decoded(std::string(512, '\x91') + '\x01').kind, Kind::messagePack);
  EXPECT_EQ(decoded(std::string(512, '\x91') + '\x91' + '\x01').stopped, "nesting deeper than 512");
  const auto deep = decoded(nested(10'000'000), View::messagePack);
  EXPECT_EQ(deep.kind, Kind::messagePack);
  EXPECT_EQ(deep.stopped, "nesting deeper than 512");
}

}  // namespace
}  // namespace cachify::decode::test
