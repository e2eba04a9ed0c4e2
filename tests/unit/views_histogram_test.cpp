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

TEST(LatencyHistogram, RefusesBytesThatAreNotItsOwnAndStaysUnchanged) {
  LatencyHistogram histogram;
  histogram.add(microseconds(40));
  const Bytes before = histogram.encode();
  EXPECT_FALSE(histogram.mergeEncoded("\x80"));
  EXPECT_FALSE(histogram.mergeEncoded("\x05"));
  EXPECT_FALSE(histogram.mergeEncoded(BytesView("\x05\x00", 2))) << "no bucket without a count";
  EXPECT_FALSE(histogram.mergeEncoded("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x01"));
  EXPECT_EQ(histogram.encode(), before);
  EXPECT_EQ(LatencyHistogram().quantile(95), microseconds(0));
}

}  // namespace
}  // namespace cachify::views
