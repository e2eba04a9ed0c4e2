#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "unit/decode_support.hpp"

namespace cachify::decode::test {
namespace {

void expectUntouchedText(BytesView value) {
  const auto seen = decoded(value);
  EXPECT_EQ(seen.text, value);
  EXPECT_EQ(seen.kind, Kind::text) << value;
  EXPECT_TRUE(seen.steps.empty()) << value << ": " << chainText(seen);
  EXPECT_FALSE(seen.stopped);
}

TEST(DecodeAuto, LeavesWordsIdsAndTokensAlone) {
  for (const auto* text : {"",
                           "password",
                           "internationalize",
                           "UserSessionToken",
                           "userSessionTokens",
                           "CONFIGURATIONKEY",
                           "deadbeefdeadbeef",
                           "DEADBEEFDEADBEEF",
                           "0123456789abcdef0123456789abcdef",
                           "1234567890123456",
                           "d41d8cd98f00b204e9800998ecf8427e",
                           "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
                           "018f6f6e-0b5a-7c3e-9a64-2f1c8e7d5b3a",
                           "sk/live/4eC39HqLyjWDarjtT1zdp7dc",
                           "a/path/to/a/file",
                           "SGVsbG8sIHdvcmxkIQ",
                           "SGVsbG8h",
                           "x^2 + y^2 = z^2",
                           "x^",
                           "42",
                           "3.14",
                           "-0",
                           "true",
                           "null",
                           "\"quoted\"",
                           "{not json}",
                           "[1, 2",
                           "a=1&b=2",
                           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                           "grüße, 世界"})
    expectUntouchedText(text);
}

TEST(DecodeAuto, TakesBareNumbersAndStringsForText) {
  for (const auto* text : {"1", "1e9", "\"a\"", "false", " null "}) {
    expectUntouchedText(text);
    EXPECT_EQ(decoded(text, View::json).kind, Kind::json);
  }
}

TEST(DecodeAuto, RecognisesBase64OfTextJsonAndPackedData) {
  EXPECT_EQ(chainOf(toBase64("Hello, world!")), "base64 → text");
  EXPECT_EQ(chainOf(toBase64(R"({"id": 17})")), "base64 → json");
  EXPECT_EQ(chainOf(toBase64("\x82\xa4name\xa3\x41\x64\x61\xa3"
                             "age\x24")),
            "base64 → msgpack");
  EXPECT_EQ(chainOf(toBase64(zlib("compressed text"))), "base64 → zlib → text");
  EXPECT_EQ(chainOf(toBase64("Grüße aus Köln; γειά σου, κόσμε; 世界，你好。こんにちは世界")),
            "base64 → text");
}

TEST(DecodeAuto, DoesNotTakeBase64OfAnythingElse) {
  const Bytes noise("\xf0\x0f\xfe\xff\xd8\xc0\xc1\x80\x99\x17\xee\xf7\xf8\xf9\xfa", 15);
  expectUntouchedText(toBase64(noise));
  EXPECT_EQ(decoded(toBase64(noise), View::base64).kind, Kind::binary);
}

TEST(DecodeAuto, RecognisesMessagePackOnlyAsAWholeMapOrArray) {
  EXPECT_EQ(chainOf(BytesView("\x93\x01\x02\x03", 4)), "msgpack");
  EXPECT_EQ(chainOf(BytesView("\x81\xa1k\xc3", 4)), "msgpack");
  EXPECT_EQ(chainOf(BytesView("\x93\x01\x02\x03\x04", 5)), "binary");
  EXPECT_EQ(chainOf(BytesView("\x93\x01\x02", 3)), "binary");
  EXPECT_EQ(chainOf(BytesView("\xcb\x40\x09\x21\xfb\x54\x44\x2d\x18", 9)), "binary");
  EXPECT_EQ(chainOf(BytesView("\x91\xa2\xff\xfe", 4)), "binary");
}

TEST(DecodeAuto, ShowsControlCharactersAndBrokenUtf8AsHex) {
  EXPECT_EQ(decoded(BytesView("a\0b", 3)).text, "00000000  61 00 62 " + std::string(40, ' ') + " |a.b|");
  EXPECT_EQ(decoded("caf\xe9").kind, Kind::binary);
  EXPECT_EQ(decoded("\x1b[31mred\x1b[0m\n").kind, Kind::text);
}

TEST(DecodeHex, ShowsRowsWithOffsetBytesAndAscii) {
  Bytes bytes;
  for (int i = 0; i < 18; ++i) bytes += static_cast<char>(i * 15);
  EXPECT_EQ(decoded(bytes, View::hex).text,
            "00000000  00 0f 1e 2d 3c 4b 5a 69  78 87 96 a5 b4 c3 d2 e1  |...-<KZix.......|\n"
            "00000010  f0 ff                                             |..|");
  EXPECT_EQ(decoded("", View::hex).text, "");
  EXPECT_EQ(decoded("plain", View::hex).kind, Kind::binary);
}

TEST(DecodeRaw, DecodesNothingAndIsHexOnlyWhereItIsNotUtf8) {
  for (const auto& value : {toBase64(gzip("text")), Bytes(R"({"a":1})"), Bytes("a\0b", 3)}) {
    const auto seen = decoded(value, View::raw);
    EXPECT_EQ(seen.text, value);
    EXPECT_TRUE(seen.steps.empty());
  }
  const auto binary = decoded(gzip("text"), View::raw);
  EXPECT_EQ(binary.kind, Kind::binary);
  EXPECT_TRUE(binary.text.starts_with("00000000  1f 8b 08"));
}

TEST(DecodeProperties, NoBytesMakeAnyViewFailOtherwiseThanByValidation) {
  EXPECT_TRUE(rc::check([] {
    const auto value = *rc::gen::container<Bytes>(rc::gen::arbitrary<char>());
    for (const View view : allViews()) {
      const auto seen = decode(value, view);
      const bool good = seen ? isUtf8(seen->text) : seen.error().code == ErrorCode::validationError;
      RC_ASSERT(good);
    }
    RC_ASSERT(decode(value, View::automatic).has_value());
  }));
}

TEST(DecodeProperties, BytesBehindAKnownBeginningNeverMakeAViewFail) {
  EXPECT_TRUE(rc::check([] {
    const auto beginning = *rc::gen::element<Bytes>(
        gzip("abc").substr(0, 10), zlib("abc").substr(0, 2), zstd("abc").substr(0, 5),
        lz4("abc").substr(0, 7), Bytes("[{\"a\":"), Bytes("\xdf"), Bytes("\x92\xc7"), Bytes("\x94\xd7\xff"));
    const auto value = beginning + *rc::gen::container<Bytes>(rc::gen::arbitrary<char>());
    for (const View view : allViews()) {
      const auto seen = decode(value, view);
      const bool good = !seen || isUtf8(seen->text);
      RC_ASSERT(good);
    }
  }));
}

TEST(DecodeProperties, RawTextIsTheValue) {
  EXPECT_TRUE(rc::check([] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("a", "é", "你", "😀", "\n", "\x01", "\x7f", "=", "{", "1", "Zg=="));
    std::string value;
    for (const auto& piece : pieces) value += piece;
    const auto seen = decode(value, View::raw);
    const bool good = seen && seen->text == value && seen->steps.empty() && !seen->stopped;
    RC_ASSERT(good);
  }));
}

TEST(DecodeProperties, AsciiSentencesStayText) {
  EXPECT_TRUE(rc::check([] {
    const auto words = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
        rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>('a', 'z' + 1)))));
    std::string sentence;
    for (const auto& word : words) sentence += word + " ";
    const auto seen = decode(sentence, View::automatic);
    const bool good = seen && seen->text == sentence && seen->steps.empty() && seen->kind == Kind::text;
    RC_ASSERT(good);
  }));
}

TEST(DecodeProperties, AnyTextComesBackThroughAnyChain) {
  EXPECT_TRUE(rc::check([] {
    const auto codecs = *rc::gen::container<std::vector<View>>(
        3, rc::gen::element(View::gzip, View::zlib, View::zstd, View::lz4));
    const auto text = "text: " + *rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~'));
    Bytes value = text;
    for (auto codec = codecs.rbegin(); codec != codecs.rend(); ++codec) value = encode(*codec, value);
    const auto seen = decode(toBase64(value), View::automatic);
    const bool good = seen && seen->text == text && seen->steps.size() == codecs.size() + 1;
    RC_ASSERT(good);
  }));
}

}  // namespace
}  // namespace cachify::decode::test
