#include <gtest/gtest.h>

#include <random>

#include "cache/redis/string_dump.hpp"

namespace cachify::cache::redis {
namespace {

using namespace std::string_view_literals;

constexpr auto kFooter = "\x0a\0cksum678"sv;
constexpr std::uint64_t kPlenty = 1 << 20;

std::optional<Bytes> content(BytesView payload) {
  return stringInDump(Bytes(payload) + Bytes(kFooter), kPlenty);
}

TEST(StringDumps, HoldShortAndLongStringsAsTheyAre) {
  EXPECT_EQ(content("\0\x03"
                    "a\0b"sv),
            "a\0b"sv);
  EXPECT_EQ(content("\0\0"sv), "");
  const Bytes text(300, 'x');
  EXPECT_EQ(content(Bytes("\0\x41\x2c"sv) + text), text);          // 14 bits: 300
  EXPECT_EQ(content(Bytes("\0\x80\0\0\x01\x2c"sv) + text), text);  // 32 bits
  EXPECT_EQ(content(Bytes("\0\x81\0\0\0\0\0\0\x01\x2c"sv) + text), text);
}

TEST(StringDumps, HoldNumbersAsIntegers) {
  EXPECT_EQ(content("\0\xc0\x7b"sv), "123");
  EXPECT_EQ(content("\0\xc0\xff"sv), "-1");
  EXPECT_EQ(content("\0\xc1\x39\x30"sv), "12345");
  EXPECT_EQ(content("\0\xc2\0\0\0\x80"sv), "-2147483648");
}

TEST(StringDumps, HoldCompressibleOnesInLzf) {
  // A literal 'a', then a reference to it that overlaps itself: 9 + 21 bytes.
  EXPECT_EQ(content("\0\xc3\x05\x1f\0a\xe0\x15\0"sv), Bytes(31, 'a'));
}

TEST(StringDumps, AreNotReadWhenTheyDoNotAddUp) {
  EXPECT_FALSE(
      content("\x01\x03"
              "abc"sv))
      << "a list";
  EXPECT_FALSE(
      content("\0\x03"
              "ab"sv));
  EXPECT_FALSE(
      content("\0\x02"
              "abc"sv))
      << "something left over";
  EXPECT_FALSE(content("\0\xc4\0"sv)) << "an encoding of the future";
  EXPECT_FALSE(content("\0\xc3\x03\x05\x20\x01\x00"sv)) << "a reference to before the beginning";
  EXPECT_FALSE(content("\0"sv));
  EXPECT_FALSE(stringInDump("", kPlenty));
  EXPECT_FALSE(stringInDump(Bytes("\0\xc3\x05\x1f\0a\xe0\x15\0"sv) + Bytes(kFooter), 30))
      << "above the limit";
}

TEST(StringDumps, OfAnyBytesAreReadWithoutHarm) {
  std::mt19937 random(42);
  const Bytes sound = Bytes("\0\xc3\x05\x1f\0a\xe0\x15\0"sv) + Bytes(kFooter);
  for (int round = 0; round < 50'000; ++round) {
    Bytes bytes = sound.substr(0, random() % (sound.size() + 1));
    for (int i = 0; i < 3 && !bytes.empty(); ++i)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    const auto text = stringInDump(bytes, 1000);
    EXPECT_LE(text.value_or("").size(), 1000u);
  }
}

}  // namespace
}  // namespace cachify::cache::redis
