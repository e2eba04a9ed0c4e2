#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "views/latency_histogram.hpp"

namespace cachify::views {
namespace {

using std::chrono::microseconds;

TEST(LatencyHistogram, AnswersQuantilesWithinTheStatedError) {
  std::mt19937_64 random(20260131);
  std::vector<std::int64_t> values;
  LatencyHistogram histogram;
  for (int i = 0; i < 20'000; ++i) {
    values.push_back(static_cast<std::int64_t>(random() >> (random() % 60 + 2)));
    histogram.add(microseconds(values.back()));
  }
  std::ranges::sort(values);
  for (const unsigned percent : {1U, 25U, 50U, 95U, 99U, 100U}) {
    const auto rank = (values.size() * percent + 99) / 100;
    const auto exact = static_cast<double>(values[rank - 1]);
    EXPECT_NEAR(static_cast<double>(histogram.quantile(percent).count()), exact, exact / 64) << percent;
  }
}

TEST(LatencyHistogram, KeepsShortTimesExactAndTakesTheExtremes) {
  for (const std::int64_t value : {0L, 1L, 31L, 32L, 63L}) {
    LatencyHistogram histogram;
    histogram.add(microseconds(value));
    EXPECT_EQ(histogram.quantile(50), microseconds(value));
  }
  LatencyHistogram histogram;
  histogram.add(microseconds::max());
  histogram.add(microseconds(-5));
  EXPECT_EQ(histogram.quantile(50), microseconds(0));
  EXPECT_GT(histogram.quantile(100), microseconds::max() / 100 * 98);
  EXPECT_TRUE(LatencyHistogram().mergeEncoded(histogram.encode()));
}

TEST(LatencyHistogram, MergesToTheSameBytesInAnyOrderAndGrouping) {
  LatencyHistogram all, left, right;
  for (int i = 0; i < 1'000; ++i) {
    all.add(microseconds(i * i));
    (i % 3 == 0 ? left : right).add(microseconds(i * i));
  }
  LatencyHistogram merged;
  ASSERT_TRUE(merged.mergeEncoded(right.encode()));
  ASSERT_TRUE(merged.mergeEncoded(left.encode()));
  EXPECT_EQ(merged.encode(), all.encode());
  EXPECT_EQ(merged.count(), 1'000U);
}

TEST(LatencyHistogram, TakesTheShorterOfItsFormsForFewValuesAndForMany) {
  LatencyHistogram few;
  few.add(microseconds(100));
  few.add(microseconds(1'000'000));
  EXPECT_EQ(few.encode().front(), 0) << "pairs";
  EXPECT_LE(few.encode().size(), 7U);
  // Counts of each width: the same comes back, alone and on top of others.
  for (const std::uint64_t most : {0xFFULL, 0xFFFFULL, 0xFFFF'FFFFULL, 1ULL << 40}) {
    LatencyHistogram many;
    for (int i = 1'000; i < 30'000; ++i) many.add(microseconds(i));
    for (int i = 100; i < 105; ++i) many.add(microseconds(i), most);
    const Bytes bytes = many.encode();
    LatencyHistogram again;
    ASSERT_TRUE(again.mergeEncoded(bytes));
    EXPECT_EQ(again.encode(), bytes);
    EXPECT_EQ(again.count(), many.count());
    ASSERT_TRUE(again.mergeEncoded(few.encode()));
    EXPECT_EQ(again.count(), many.count() + 2);
    EXPECT_EQ(again.quantile(100), few.quantile(100));
  }
  LatencyHistogram dense;
  for (int i = 64; i < 4'096; ++i) dense.add(microseconds(i));
  EXPECT_EQ(dense.encode().front(), 1) << "a byte for each bucket";
}

TEST(LatencyHistogram, RefusesBytesThatAreNotItsOwnAndStaysUnchanged) {
  LatencyHistogram histogram;
  histogram.add(microseconds(40));
  const Bytes before = histogram.encode();
  using namespace std::string_view_literals;
  for (const BytesView pairs : {"\0\x80"sv, "\0\x05"sv, "\0\x05\x00"sv /* no bucket without a count */,
                                "\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x01"sv}) {
    EXPECT_FALSE(histogram.mergeEncoded(pairs));
  }
  for (const BytesView row :
       {"\x01"sv, "\x01\x05"sv /* not one bucket */, "\x03\x05\1\2\3"sv /* no such width */, "\x10\x05\1"sv,
        "\x02\x05\1\2\3"sv /* half a count */, "\x01\xdf\x0e\1\1"sv,
        "\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x01"sv}) {
    EXPECT_FALSE(histogram.mergeEncoded(row));
  }
  EXPECT_EQ(histogram.encode(), before);
  EXPECT_EQ(LatencyHistogram().quantile(95), microseconds(0));
}

}  // namespace
}  // namespace cachify::views
