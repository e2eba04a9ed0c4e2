#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <utility>
#include <vector>

#include "unit/decode_support.hpp"

namespace cachify::decode::test {
namespace {

std::string json(BytesView value) {
  return decoded(value, View::json).text;
}

void expectNotJson(BytesView value, std::int64_t offset) {
  const auto result = decode(value, View::json);
  ASSERT_FALSE(result) << value;
  EXPECT_EQ(result.error().code, ErrorCode::validationError);
  EXPECT_EQ(std::get<std::int64_t>(*result.error().detail("offset")), offset)
      << value << ": " << result.error().message;
}

TEST(DecodeJson, IsPrettyInTheOrderOfItsMembersWithDuplicatesKept) {
  EXPECT_EQ(json(R"( {"z":1,"a":[true,false,null,{}],"z":{"b":[ ],"c":"d"}} )"),
            "{\n"
            "  \"z\": 1,\n"
            "  \"a\": [\n"
            "    true,\n"
            "    false,\n"
            "    null,\n"
            "    {}\n"
            "  ],\n"
            "  \"z\": {\n"
            "    \"b\": [],\n"
            "    \"c\": \"d\"\n"
            "  }\n"
            "}");
  EXPECT_EQ(json("[[[]],[]]"), "[\n  [\n    []\n  ],\n  []\n]");
}

TEST(DecodeJson, KeepsEveryNumberDigitForDigit) {
  for (const auto* number :
       {"0", "-0", "-0.0", "1.10", "2.50", "18446744073709551616", "-9223372036854775809",
        "123456789012345678901234567890123456789012345678901234567890",
        "0.1000000000000000055511151231257827021181583404541015625",
        "3.141592653589793238462643383279502884197", "1e5", "1E+05", "1.0e-400", "1e999999999999",
        "9007199254740993"}) {
    EXPECT_EQ(json(number), number);
    EXPECT_EQ(json("[" + std::string(number) + "]"), "[\n  " + std::string(number) + "\n]");
  }
}

TEST(DecodeJson, ShowsEscapedCharactersThatAreSafeToShow) {
  EXPECT_EQ(json(R"("\u00e9\u4f60\/\u0041")"), "\"é你/A\"");
  EXPECT_EQ(json(R"("\ud83d\ude00")"), "\"😀\"");
  EXPECT_EQ(json("\"direct: é 😀\""), "\"direct: é 😀\"");
}

TEST(DecodeJson, KeepsEscapesOfWhatIsNotToBeShown) {
  for (const auto* text : {R"("\"\\\b\f\n\r\t")", R"("\u0000\u001b\u007f\u0085")", R"("\u0022\u005c")",
                           R"("\u202e\u200b\ufeff")", R"("\ud83d")", R"("\ude00")", R"("\ud83d\ud83d")",
                           R"("\ud83dx\ude00")", R"("\ud83d\u0000")"})
    EXPECT_EQ(json(text), text);
}

TEST(DecodeJson, SaysAtWhichByteItStopsBeingJson) {
  expectNotJson("", 0);
  expectNotJson("   ", 3);
  expectNotJson("hello", 0);
  expectNotJson(R"({"a":1,})", 7);
  expectNotJson(R"({"a" 1})", 5);
  expectNotJson(R"({a:1})", 1);
  expectNotJson(R"([1 2])", 3);
  expectNotJson("[1,]", 3);
  expectNotJson("[1}", 2);
  expectNotJson("[1", 2);
  expectNotJson("{} {}", 3);
  expectNotJson("01", 1);
  expectNotJson("-", 1);
  expectNotJson("1.", 2);
  expectNotJson("1e+", 3);
  expectNotJson("\"a", 2);
  expectNotJson("\"a\nb\"", 2);
  expectNotJson(R"("a\x")", 2);
  expectNotJson(R"("\u12g4")", 1);
  expectNotJson(R"("\u-123")", 1);
  expectNotJson("\"\\u12", 1);
  expectNotJson("\"\\", 1);
  expectNotJson("[tru]", 1);
  expectNotJson("[\"\xff\"]", 2);
  expectNotJson("// comment\n1", 0);
  expectNotJson("NaN", 0);
  expectNotJson(BytesView("[1]\0", 4), 3);
  expectNotJson(BytesView("[\0]", 3), 1);
}

TEST(DecodeJson, AgreesWithALibraryOnWhatIsJson) {
  const auto piece =
      rc::gen::element<std::string>("{", "}", "[", "]", ",", ":", "\"a\"", "\"\\n\"", "1", "-0.5", "2e3",
                                    "true", "null", " ", "0", "\\", "\"", "[]", "{\"k\":", "-");
  EXPECT_TRUE(rc::check([&piece] {
    const auto pieces = *rc::gen::scale(0.2, rc::gen::container<std::vector<std::string>>(piece));
    std::string text;
    for (const auto& part : pieces) text += part;
    boost::json::error_code error;
    const auto expected = boost::json::parse(text, error);
    const auto seen = decode(text, View::json);
    const bool agreed = seen.has_value() == !error;
    RC_ASSERT(agreed);
    if (seen) RC_ASSERT(boost::json::parse(seen->text) == expected);
  }));
}

TEST(DecodeJson, MeansTheSameAfterFormatting) {
  EXPECT_TRUE(rc::check([] {
    boost::json::object object;
    for (const auto& [key, text] : *rc::gen::arbitrary<std::vector<std::pair<std::string, std::string>>>()) {
      object[toHex(key)] = escapeForDisplay(text);
      object[escapeForDisplay(key)] = boost::json::array{toHex(text), nullptr, text.size()};
    }
    const auto seen = decode(boost::json::serialize(object), View::automatic);
    const bool good = seen && seen->kind == Kind::json;
    RC_ASSERT(good);
    RC_ASSERT(boost::json::parse(seen->text) == boost::json::value(object));
  }));
}

TEST(DecodeJson, GoesDownToTheDepthAllowedAndNoFurther) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(decoded(nested(512)).kind, Kind::json);
  const auto deeper = decoded(nested(513));
  EXPECT_EQ(deeper.kind, Kind::text);
  EXPECT_EQ(deeper.stopped, "nesting deeper than 512");
  const auto asked = decoded(nested(513), View::json);
  EXPECT_EQ(asked.kind, Kind::json);
  EXPECT_EQ(asked.stopped, "nesting deeper than 512");
  EXPECT_EQ(decoded(std::string(20'000'000, '['), View::json).stopped, "nesting deeper than 512");
}

}  // namespace
}  // namespace cachify::decode::test
