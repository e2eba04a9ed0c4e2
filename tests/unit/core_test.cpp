#include <gtest/gtest.h>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/digest.hpp"
#include "core/glob.hpp"
#include "core/invalid_value.hpp"
#include "core/uuid.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

TEST(Bytes, DisplayFormEscapesControlsInvalidUtf8AndInvisibleMarks) {
  EXPECT_EQ(escapeForDisplay("plain é"), "plain é");
  EXPECT_EQ(escapeForDisplay("a\0b"s), "a\\x00b");
  EXPECT_EQ(escapeForDisplay("\x1b[31m"), "\\x1b[31m");
  EXPECT_EQ(escapeForDisplay("\xff\xc3"), "\\xff\\xc3");
  EXPECT_EQ(escapeForDisplay("\xe2\x80\xae"), "\\xe2\\x80\\xae");
  EXPECT_EQ(escapeForDisplay("back\\slash"), "back\\x5cslash");
}

TEST(Bytes, HexAndBase64RoundTripEveryByte) {
  Bytes all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_EQ(fromHex(toHex(all)), all);
  EXPECT_EQ(fromBase64(toBase64(all)), all);
  EXPECT_EQ(toBase64("ab"), "YWI=");
  EXPECT_FALSE(fromBase64("YWI"));
  EXPECT_FALSE(fromHex("abc"));
  EXPECT_FALSE(fromHex("zz"));
}

TEST(Uuid, IsVersion7SortsByTimeAndRoundTrips) {
  const WallTime now{1'700'000'000s};
  const Uuid early = Uuid::makeV7(now);
  const Uuid late = Uuid::makeV7(now + 5ms);
  EXPECT_LT(early, late);
  EXPECT_EQ(early.toString()[14], '7');
  EXPECT_EQ(Uuid::parse(early.toString()), early);
  EXPECT_FALSE(Uuid::parse("018f0000-0000-7000-8000-00000000000"));
  EXPECT_FALSE(Uuid::parse("{18f0000-0000-7000-8000-000000000000}"));
}

TEST(Uuid, OffsetsAreDistinctKeepTheFormatAndCarry) {
  std::array<std::uint8_t, 16> bytes{};
  bytes[6] = 0x70;
  bytes[8] = 0x80;
  bytes[15] = 0xFF;
  const Uuid base(bytes);
  EXPECT_EQ(base.offsetBy(0), base);
  EXPECT_EQ(base.offsetBy(1).bytes()[15], 0x00);
  EXPECT_EQ(base.offsetBy(1).bytes()[14], 0x01);
  EXPECT_EQ(base.offsetBy(1).bytes()[6], 0x70);
  EXPECT_EQ(base.offsetBy(2), base.offsetBy(1).offsetBy(1));
}

TEST(Clock, Iso8601RoundTripsAndRefusesNonsense) {
  const WallTime time = *fromIso8601("2026-02-28T23:59:58.123Z");
  EXPECT_EQ(toIso8601(time), "2026-02-28T23:59:58.123Z");
  EXPECT_EQ(toIso8601(*fromIso8601("1970-01-01T00:00:00Z")), "1970-01-01T00:00:00.000Z");
  EXPECT_FALSE(fromIso8601("2026-02-30T00:00:00Z"));
  EXPECT_FALSE(fromIso8601("2026-02-28 00:00:00Z"));
  EXPECT_FALSE(fromIso8601(""));
}

TEST(InvalidValue, NamesFieldValueAndWhatIsAllowedAndNoPassword) {
  const Error error = invalidValue("port", "\x1b[2J", "from 1 to 65535").error();
  EXPECT_EQ(error.code, ErrorCode::validationError);
  EXPECT_EQ(error.message, "port must be from 1 to 65535, not '\\x1b[2J'");
  EXPECT_EQ(std::get<std::string>(*error.detail("field")), "port");
  EXPECT_EQ(std::get<std::string>(*error.detail("value")), "\\x1b[2J");
  EXPECT_EQ(std::get<std::string>(*error.detail("allowed")), "from 1 to 65535");
  EXPECT_EQ(invalidValue("host", "redis://me:s3cret@cache", "a host").error().message,
            "host must be a host, not '…@cache'");
  EXPECT_LT(invalidValue("host", Bytes(100'000, 'x'), "a host").error().message.size(), 200U);
}

TEST(Glob, AnEscapedByteInAClassIsItselfAndBeginsNoRange) {
  EXPECT_FALSE(globMatches("[\\a-z]", "q"));
  for (const auto* byte : {"a", "-", "z"}) EXPECT_TRUE(globMatches("[\\a-z]", byte)) << byte;
  EXPECT_TRUE(globMatches("[a-\\]", "_")) << "as the end of a range `\\` is the byte itself";
  EXPECT_TRUE(globMatches("[\\]]", "]"));
}

TEST(Glob, FollowsRedisRules) {
  EXPECT_TRUE(globMatches("*", ""));
  EXPECT_TRUE(globMatches("user:*:name", "user:17:name"));
  EXPECT_FALSE(globMatches("user:*:name", "user:17:age"));
  EXPECT_TRUE(globMatches("h?llo", "hallo"));
  EXPECT_TRUE(globMatches("h[ae]llo", "hello"));
  EXPECT_FALSE(globMatches("h[^e]llo", "hello"));
  EXPECT_TRUE(globMatches("h[a-c]llo", "hbllo"));
  EXPECT_TRUE(globMatches("a\\*b", "a*b"));
  EXPECT_FALSE(globMatches("a\\*b", "axb"));
  EXPECT_TRUE(globMatches("*a*b*c", "xxaxxbxxc"));
  EXPECT_FALSE(globMatches("", "x"));
}

TEST(Glob, EscapedTextMatchesItselfOnly) {
  const Bytes odd = "a*b?[c]\\d\0-^"s;
  EXPECT_TRUE(globMatches(escapeGlob(odd), odd));
  EXPECT_FALSE(globMatches(escapeGlob("a*"), "ab"));
  EXPECT_TRUE(isLiteralGlob("plain:key"));
  EXPECT_FALSE(isLiteralGlob("plain*"));
}

TEST(Glob, LongRunsOfStarsStayQuick) {
  const Bytes text(20'000, 'a');
  EXPECT_FALSE(globMatches("*a*a*a*a*a*a*a*a*b", text));
}

TEST(Digest, AgreesWithPublishedVectors) {
  EXPECT_EQ(toHex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(toHex(Sha256().update("a").update("bc").finish()), toHex(sha256("abc")));
  EXPECT_EQ(crc32c("123456789"), 0xE3069283U);  // RFC 3720 appendix B.4 check value
  EXPECT_EQ(crc32c(Bytes(32, '\0')), 0x8A9136AAU);
  // The first of the reference implementation's vectors for 128 bits: key 00…0f, no input.
  Bytes key;
  for (char c = 0; c < 16; ++c) key += c;
  EXPECT_EQ(toHex(keyedDigest(key, "")), "a3817f04ba25a8e66df67214c7550293");
  EXPECT_NE(keyedDigest(key, "x"), keyedDigest("0123456789abcdef", "x"));
  EXPECT_THROW(static_cast<void>(keyedDigest("too short", "x")), std::invalid_argument);
}

}  // namespace
}  // namespace cachify
