#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>

#include "unit/decode_support.hpp"

namespace cachify::decode::test {
namespace {

constexpr std::array kCodecs{View::gzip, View::zlib, View::zstd, View::lz4, View::base64};
constexpr std::array kCompressions{View::gzip, View::zlib, View::zstd, View::lz4};
constexpr BytesView kSentence = "The quick brown fox jumps over the lazy dog, again and again and again.";

/// Text that takes more than one part of any decompressor, and does not repeat itself too soon.
Bytes longText() {
  Bytes text;
  for (int i = 0; i < 60'000; ++i) text += std::to_string(i * 7919) + " ";
  return text;
}

std::int64_t offsetOf(const Error& error) {
  const auto* detail = error.detail("offset");
  return detail == nullptr ? -1 : std::get<std::int64_t>(*detail);
}

TEST(DecodeCodecs, GiveBackWhatWasEncodedAskedForAndUnasked) {
  for (const auto& text : {Bytes(kSentence), longText()}) {
    for (const View codec : kCodecs) {
      for (const View view : {codec, View::automatic}) {
        const auto seen = decoded(encode(codec, text), view);
        EXPECT_EQ(seen.text, text) << wireName(codec);
        EXPECT_EQ(seen.steps, std::vector{codec});
        EXPECT_EQ(seen.kind, Kind::text);
        EXPECT_FALSE(seen.stopped) << *seen.stopped;
      }
    }
  }
}

TEST(DecodeCodecs, FollowEveryPairOfCodecsToTheJsonInside) {
  for (const View outer : kCodecs) {
    for (const View inner : kCodecs) {
      const auto seen = decoded(encode(outer, encode(inner, R"({"name":"Ada","born":1815})")));
      EXPECT_EQ(seen.steps, (std::vector{outer, inner, View::json}));
      EXPECT_EQ(seen.text, "{\n  \"name\": \"Ada\",\n  \"born\": 1815\n}");
    }
  }
}

TEST(DecodeCodecs, NameTheChainInTheOrderOfTheSteps) {
  EXPECT_EQ(chainOf(toBase64(gzip(R"({"a":[1,2,3]})"))), "base64 → gzip → json");
  EXPECT_EQ(chainOf(gzip(kSentence)), "gzip → text");
  EXPECT_EQ(chainOf(zstd(BytesView("\x81\xa1k\x01", 4))), "zstd → msgpack");
  EXPECT_EQ(chainOf(kSentence), "text");
  EXPECT_EQ(chainOf(gzip(BytesView("\xff\xfe\x00\x01", 4))), "gzip → binary");
}

TEST(DecodeCodecs, UnpackNothingToNothing) {
  for (const View codec : kCompressions) {
    const auto seen = decoded(encode(codec, ""));
    EXPECT_EQ(seen.steps, std::vector{codec});
    EXPECT_EQ(seen.text, "");
  }
}

TEST(DecodeCodecs, UnpackAllOfConcatenatedStreams) {
  for (const View codec : {View::gzip, View::zstd, View::lz4}) {
    const auto seen = decoded(encode(codec, "first, ") + encode(codec, "") + encode(codec, "second"));
    EXPECT_EQ(seen.text, "first, second") << wireName(codec);
    EXPECT_FALSE(seen.stopped);
  }
}

TEST(DecodeCodecs, GoOnWithWhatComesOutOfTheStepAskedFor) {
  const auto seen = decoded(gzip(toBase64(R"([1,{"deep":true}])")), View::gzip);
  EXPECT_EQ(chainText(seen), "gzip → base64 → json");
}

TEST(DecodeCodecs, RefuseAValueThatIsNotWhatWasWanted) {
  for (const View codec : kCompressions) {
    const auto result = decode(kSentence, codec);
    ASSERT_FALSE(result) << wireName(codec);
    EXPECT_EQ(result.error().code, ErrorCode::validationError);
    EXPECT_EQ(offsetOf(result.error()), 0);
  }
}

TEST(DecodeCodecs, TellWhereBase64Ends) {
  const auto wrong = decode("SGVsbG8*", View::base64);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::validationError);
  EXPECT_EQ(offsetOf(wrong.error()), 7);
  for (const auto* text : {"SGVsbG8", "SGVsbG9=", "SGVsbG8=SGVs", "SG=sbG8=", "===="})
    EXPECT_FALSE(decode(text, View::base64)) << text;
}

TEST(DecodeCodecs, ReadBase64WithLineBreaksWhenAskedTo) {
  EXPECT_EQ(decoded("SGVs\r\nbG8=\n", View::base64).text, "Hello");
}

TEST(DecodeCodecs, ShowWhatCanBeHadOfDamagedDataWhenAskedTo) {
  for (const View codec : kCompressions) {
    auto value = encode(codec, longText());
    value.resize(value.size() / 2);
    const auto seen = decoded(value, codec);
    EXPECT_EQ(seen.stopped, fmt::format("damaged: the {} data end too early", wireName(codec)));
    EXPECT_EQ(seen.steps, std::vector{codec});
    EXPECT_GT(seen.text.size(), 1000U);
    EXPECT_TRUE(longText().starts_with(seen.text));
  }
}

TEST(DecodeCodecs, SayThatAChecksumDoesNotMatch) {
  for (const View codec : kCompressions) {
    auto value = encode(codec, kSentence);
    // gzip ends in checksum and length, the others in the checksum.
    char& checksum = value[value.size() - (codec == View::gzip ? 8 : 1)];
    checksum = static_cast<char>(checksum ^ 1);
    const auto reason = fmt::format("damaged: {} checksum does not match", wireName(codec));
    EXPECT_EQ(decoded(value, codec).stopped, reason);
    const auto unasked = decoded(value);
    EXPECT_EQ(unasked.kind, Kind::binary);
    EXPECT_TRUE(unasked.steps.empty());
    EXPECT_EQ(unasked.stopped.has_value(), codec != View::zlib);
    if (unasked.stopped) {
      EXPECT_EQ(*unasked.stopped, reason);
    }
  }
}

TEST(DecodeCodecs, TakeBytesAfterTheEndForDamage) {
  for (const View codec : kCompressions) {
    const auto value = encode(codec, kSentence) + "more";
    EXPECT_TRUE(decoded(value).steps.empty()) << wireName(codec);
    const auto asked = decoded(value, codec);
    EXPECT_EQ(asked.text, kSentence);
    EXPECT_TRUE(asked.stopped.value_or("").starts_with("damaged: ")) << wireName(codec);
  }
}

TEST(DecodeCodecs, SurviveACutAtEveryByteAndEveryFlippedBit) {
  for (const View codec : kCompressions) {
    const auto whole = encode(codec, kSentence);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      EXPECT_TRUE(decoded(BytesView(whole).substr(0, size)).steps.empty()) << wireName(codec) << " " << size;
    }
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
      auto value = whole;
      value[bit / 8] = static_cast<char>(value[bit / 8] ^ (1 << bit % 8));
      const auto seen = decode(value, codec);
      EXPECT_TRUE(!seen || isUtf8(seen->text));
    }
  }
}

TEST(DecodeViews, AreFoundByTheNamesTheyGive) {
  for (const View view : allViews()) EXPECT_EQ(viewFromName(wireName(view)), view);
  EXPECT_EQ(allViews().size(), 10U);
  EXPECT_FALSE(viewFromName("Gzip"));
  EXPECT_FALSE(viewFromName(""));
}

}  // namespace
}  // namespace cachify::decode::test
