#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>

#include "support/sanitized.hpp"
#include "unit/decode_support.hpp"

namespace cachify::decode::test {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kMiB = 1ULL << 20;
#ifdef __SANITIZE_ADDRESS__
constexpr std::uint64_t kMemory = 512 * kMiB;  // what was freed is kept apart for a while
#else
constexpr std::uint64_t kMemory = 64 * kMiB;
#endif

std::uint64_t residentBytes(std::string_view field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(field)) return std::stoull(line.substr(line.find_first_of("0123456789"))) * 1024;
  return 0;
}

/// How far memory rose above what was in use before.
template <class Act>
std::uint64_t peakBytes(const Act& act) {
  std::ofstream("/proc/self/clear_refs") << "5";
  const auto before = residentBytes("VmRSS:");
  act();
  const auto peak = residentBytes("VmHWM:");
  return peak - std::min(peak, before);
}

/// A gigabyte of zeros, in streams of 16 MiB one after the other.
Bytes bomb(View codec) {
  const auto part = encode(codec, Bytes(16 * kMiB, '\0'));
  Bytes whole;
  for (int i = 0; i < 64; ++i) whole += part;
  return whole;
}

TEST(DecodeBounds, ABombStopsAtTheLimitWithLittleTimeAndMemory) {
  for (const View codec : {View::gzip, View::zstd, View::lz4}) {
    const auto value = bomb(codec);
    const auto start = std::chrono::steady_clock::now();
    Decoded seen;
    const auto memory = peakBytes([&] { seen = decoded(value); });
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s * ::cachify::test::kSanitizerFactor);
    EXPECT_LT(memory, kMemory) << wireName(codec);
    EXPECT_EQ(seen.steps, std::vector{codec});
    EXPECT_EQ(seen.kind, Kind::binary);
    EXPECT_EQ(seen.stopped, "output above 8 MiB: only the beginning was unpacked");
    EXPECT_LE(seen.text.size(), 8 * kMiB);
  }
}

TEST(DecodeBounds, AZlibBombOfOneStreamStopsAtTheLimit) {
  const auto value = zlib(Bytes(64 * kMiB, '\0'));
  Decoded seen;
  EXPECT_LT(peakBytes([&] { seen = decoded(value); }), kMemory);
  EXPECT_EQ(seen.stopped, "output above 8 MiB: only the beginning was unpacked");
}

TEST(DecodeBounds, BombsWithinBombsStopAtTheFirstThatIsTooLarge) {
  const auto seen = decoded(gzip(zstd(bomb(View::gzip))));
  EXPECT_EQ(seen.steps, (std::vector{View::gzip, View::zstd, View::gzip}));
  EXPECT_TRUE(seen.stopped);
}

TEST(DecodeBounds, AChainEndsAfterEightSteps) {
  Bytes value = R"({"at":"last"})";
  for (int i = 0; i < 8; ++i) value = gzip(value);
  EXPECT_EQ(decoded(value).kind, Kind::json);
  EXPECT_FALSE(decoded(value).stopped);
  const auto ninth = decoded(gzip(value));
  EXPECT_EQ(ninth.steps.size(), 8U);
  EXPECT_EQ(ninth.kind, Kind::binary);
  EXPECT_EQ(ninth.stopped, "more than 8 steps");
}

TEST(DecodeBounds, OutputOfExactlyTheLimitIsWhole) {
  const Bytes text(1000, 'a');
  for (const View codec : {View::gzip, View::zlib, View::zstd, View::lz4, View::base64}) {
    const auto value = encode(codec, text);
    EXPECT_FALSE(decoded(value, codec, {.maxOutputBytes = 1000}).stopped) << wireName(codec);
    const auto cut = decoded(value, codec, {.maxOutputBytes = 999});
    EXPECT_EQ(cut.stopped, "output above 999 bytes: only the beginning was unpacked");
    EXPECT_EQ(cut.text, text.substr(0, 999));
  }
}

TEST(DecodeBounds, TheBeginningOfSomethingIsNotRecognised) {
  const auto seen = decoded(gzip("[" + Bytes(1000, ' ') + "1]"), View::automatic, {.maxOutputBytes = 100});
  EXPECT_EQ(chainText(seen), "gzip → text");
  EXPECT_TRUE(seen.stopped);
}

TEST(DecodeBounds, TextIsCutBetweenCharacters) {
  for (std::uint64_t limit = 0; limit < 12; ++limit) {
    for (const auto& value : {Bytes("é你😀éé"), gzip("é你😀éé")}) {
      const auto seen = decoded(value, View::automatic, {.maxOutputBytes = limit});
      EXPECT_TRUE(isUtf8(seen.text));
      EXPECT_LE(seen.text.size(), limit);
      EXPECT_TRUE(seen.stopped);
    }
  }
}

TEST(DecodeBounds, JsonAndMessagePackAreCutButReadToTheirEnd) {
  const Limits limits{.maxOutputBytes = 20};
  const auto json = decoded(R"({"a":"éééééééééééééééé","b":[1,2,3]})", View::automatic, limits);
  EXPECT_EQ(json.kind, Kind::json);
  EXPECT_LE(json.text.size(), 20U);
  EXPECT_TRUE(isUtf8(json.text));
  EXPECT_EQ(json.stopped, "output above 20 bytes: only the beginning is shown");
  EXPECT_EQ(decoded(R"({"a":"éééééééééééééééé","b":[1,2,3})", View::automatic, limits).kind, Kind::text);
  EXPECT_FALSE(decode(R"({"a":"éééééééééééééééé","b":[1,2,3})", View::json, limits));

  const auto pack = decoded(BytesView("\x92\xb8"
                                      "abcdefghijklmnopqrstuvwx\x01",
                                      27),
                            View::automatic, limits);
  EXPECT_EQ(pack.kind, Kind::messagePack);
  EXPECT_TRUE(pack.stopped);
}

TEST(DecodeBounds, IndentationDoesNotOutgrowTheLimit) {
  Bytes value(511, '[');
  for (int i = 0; i < 1'000'000; ++i) value += "1,";
  value += "1" + Bytes(511, ']');
  Decoded seen;
  EXPECT_LT(peakBytes([&] { seen = decoded(value); }), kMemory);
  EXPECT_EQ(seen.kind, Kind::json);
  EXPECT_EQ(seen.text.size(), 8 * kMiB);
}

TEST(DecodeBounds, HexShowsWholeRowsUpToTheLimit) {
  const auto seen = decoded(Bytes(1000, '\xff'), View::hex, {.maxOutputBytes = 200});
  EXPECT_EQ(std::ranges::count(seen.text, '\n'), 1);
  EXPECT_TRUE(seen.text.ends_with("|"));
  EXPECT_EQ(seen.stopped, "output above 200 bytes: only the beginning is shown");
}

TEST(DecodeBounds, AZstdFrameThatWantsAHugeWindowIsRefused) {
  // Magic, a descriptor without single segment, checksum or sizes, and a window of 2^(10 + 31) bytes.
  const auto seen = decoded(BytesView("\x28\xb5\x2f\xfd\x00\xf8\x01\x00\x00", 9), View::zstd);
  EXPECT_TRUE(seen.stopped.value_or("").starts_with("damaged: zstd data cannot be read")) << *seen.stopped;
}

}  // namespace
}  // namespace cachify::decode::test
