#pragma once
// How long operations took, in a form that adds up: counts per log-linear bucket of microseconds.
//
// Values below 32 have a bucket each; above, every power of two is cut into 32 equal buckets. A quantile is
// answered as the middle of its bucket, so it is off by at most 1/64 of the value (1.6 %). Integers only: the
// same values give the same bytes everywhere, in any order and however they were grouped.
//
// Bytes, in the shorter of two forms (the first where both are as long); none at all for no values.
//  - Pairs: a 0, then LEB128 numbers in ascending order of buckets: how far the bucket's number is above the
//    one before (the first: above 0), and its count.
//  - A row: W = 1, 2, 4 or 8, the number of the first bucket in LEB128, then a count (W bytes, little-endian)
//    for each bucket from that one to the last that is used. Rows add up fast, so what a dashboard costs does
//    not follow how much happened.

#include <chrono>
#include <cstdint>
#include <vector>

#include "core/bytes.hpp"

namespace cachify::views {

class LatencyHistogram {
 public:
  /// Negative durations count as 0.
  void add(std::chrono::microseconds value, std::uint64_t count = 1);
  void merge(const LatencyHistogram& other);
  /// Adds what `encode` gave. False, and unchanged, for other bytes.
  [[nodiscard]] bool mergeEncoded(BytesView bytes);
  [[nodiscard]] Bytes encode() const;

  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// The value that `percent` of all are not above (nearest rank); 0 if there are none.
  [[nodiscard]] std::chrono::microseconds quantile(unsigned percent) const;

 private:
  /// False, and unchanged, for what is no such form.
  [[nodiscard]] bool mergePairs(BytesView pairs);
  [[nodiscard]] bool mergeRow(std::size_t width, BytesView row);
  /// Grown to hold `bucket`.
  std::uint64_t& at(std::uint32_t bucket);

  std::uint32_t first_ = 0;  ///< bucket of counts_[0]
  /// One for each bucket from the lowest used to the highest: adding up is what a dashboard does most.
  std::vector<std::uint64_t> counts_;
  std::uint64_t count_ = 0;
};

}  // namespace cachify::views
