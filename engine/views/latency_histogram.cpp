#include "views/latency_histogram.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <span>

namespace cachify::views {
namespace {

constexpr unsigned kSubBits = 5;
constexpr std::uint64_t kSubBuckets = 1U << kSubBits;
/// Bucket of the largest 63-bit value.
constexpr std::uint64_t kLastBucket = (62 - kSubBits + 1) * kSubBuckets + kSubBuckets - 1;

std::uint32_t bucketOf(std::uint64_t value) {
  if (value < kSubBuckets) return static_cast<std::uint32_t>(value);
  const auto shift = static_cast<unsigned>(std::bit_width(value)) - 1 - kSubBits;
  return static_cast<std::uint32_t>(shift * kSubBuckets + (value >> shift));
}

std::uint64_t middleOf(std::uint32_t bucket) {
  if (bucket < 2 * kSubBuckets) return bucket;
  const std::uint64_t shift = bucket / kSubBuckets - 1;
  const std::uint64_t lowest = (bucket % kSubBuckets + kSubBuckets) << shift;
  return lowest + ((1ULL << shift) >> 1);
}

void putNumber(Bytes& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>((value & 0x7F) | 0x80);
  out += static_cast<char>(value);
}

std::optional<std::uint64_t> takeNumber(BytesView& bytes) {
  // Nearly all of them.
  if (!bytes.empty() && static_cast<std::uint8_t>(bytes.front()) < 0x80) {
    const auto value = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    return value;
  }
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if ((byte & 0x80) == 0) return value;
  }
  return std::nullopt;
}

/// False, some of it done, for bytes that are no pairs.
template <class Add>
bool eachPair(BytesView bytes, Add add) {
  std::uint64_t bucket = 0;
  while (!bytes.empty()) {
    const auto step = takeNumber(bytes);
    const auto count = takeNumber(bytes);
    if (!step || !count || *count == 0 || *step > kLastBucket || bucket + *step > kLastBucket) return false;
    bucket += *step;
    add(static_cast<std::uint32_t>(bucket), *count);
  }
  return true;
}

constexpr char kPairs = 0;

Bytes pairsOf(std::uint32_t first, std::span<const std::uint64_t> counts) {
  Bytes out(1, kPairs);
  std::uint32_t before = 0;
  for (std::uint32_t place = 0; place < counts.size(); ++place) {
    if (counts[place] == 0) continue;
    putNumber(out, first + place - before);
    putNumber(out, counts[place]);
    before = first + place;
  }
  return out;
}

template <std::unsigned_integral Count>
Bytes rowOf(std::uint32_t first, std::span<const std::uint64_t> counts) {
  static_assert(std::endian::native == std::endian::little, "counts are stored as they lie in memory");
  Bytes out(1, static_cast<char>(sizeof(Count)));
  putNumber(out, first);
  const std::size_t at = out.size();
  out.resize(at + counts.size() * sizeof(Count));
  for (std::size_t place = 0; place < counts.size(); ++place) {
    const auto count = static_cast<Count>(counts[place]);
    std::memcpy(out.data() + at + place * sizeof(Count), &count, sizeof(Count));
  }
  return out;
}

Bytes rowOf(std::uint32_t first, std::span<const std::uint64_t> counts) {
  const std::uint64_t most = std::ranges::max(counts);
  if (std::in_range<std::uint8_t>(most)) return rowOf<std::uint8_t>(first, counts);
  if (std::in_range<std::uint16_t>(most)) return rowOf<std::uint16_t>(first, counts);
  if (std::in_range<std::uint32_t>(most)) return rowOf<std::uint32_t>(first, counts);
  return rowOf<std::uint64_t>(first, counts);
}

/// The sum of what was added.
template <std::unsigned_integral Count>
std::uint64_t addRow(std::span<std::uint64_t> counts, BytesView row) {
  std::uint64_t sum = 0;
  for (std::size_t place = 0; place < counts.size(); ++place) {
    Count count = 0;
    std::memcpy(&count, row.data() + place * sizeof(Count), sizeof(Count));
    counts[place] += count;
    sum += count;
  }
  return sum;
}

}  // namespace

std::uint64_t& LatencyHistogram::at(std::uint32_t bucket) {
  if (counts_.empty()) first_ = bucket;
  if (bucket < first_) {
    counts_.insert(counts_.begin(), first_ - bucket, 0);
    first_ = bucket;
  }
  const std::size_t place = bucket - first_;
  if (place >= counts_.size()) counts_.resize(place + 1);
  return counts_[place];
}

void LatencyHistogram::add(std::chrono::microseconds value, std::uint64_t count) {
  if (count == 0) return;
  at(bucketOf(static_cast<std::uint64_t>(std::max<std::int64_t>(value.count(), 0)))) += count;
  count_ += count;
}

void LatencyHistogram::merge(const LatencyHistogram& other) {
  if (other.counts_.empty()) return;
  at(other.first_);
  at(other.first_ + static_cast<std::uint32_t>(other.counts_.size()) - 1);
  for (std::size_t place = 0; place < other.counts_.size(); ++place) {
    counts_[other.first_ - first_ + place] += other.counts_[place];
  }
  count_ += other.count_;
}

bool LatencyHistogram::mergeEncoded(BytesView bytes) {
  if (bytes.empty()) return true;
  const char form = bytes.front();
  bytes.remove_prefix(1);
  return form == kPairs ? mergePairs(bytes) : mergeRow(static_cast<std::uint8_t>(form), bytes);
}

bool LatencyHistogram::mergePairs(BytesView pairs) {
  std::optional<std::uint32_t> lowest;
  std::uint32_t highest = 0;
  const bool isGood = eachPair(pairs, [&](std::uint32_t bucket, std::uint64_t) {
    if (!lowest) lowest = bucket;
    highest = bucket;
  });
  if (!isGood || !lowest) return isGood;
  at(*lowest);
  at(highest);
  return eachPair(pairs, [&](std::uint32_t bucket, std::uint64_t count) {
    counts_[bucket - first_] += count;
    count_ += count;
  });
}

bool LatencyHistogram::mergeRow(std::size_t width, BytesView row) {
  const auto first = takeNumber(row);
  if (!std::has_single_bit(width) || width > sizeof(std::uint64_t) || !first || row.empty()) return false;
  const std::size_t buckets = row.size() / width;
  if (row.size() % width != 0 || *first > kLastBucket || buckets > kLastBucket - *first + 1) return false;
  const auto lowest = static_cast<std::uint32_t>(*first);
  at(lowest);
  at(lowest + static_cast<std::uint32_t>(buckets) - 1);
  const auto counts = std::span(counts_).subspan(lowest - first_, buckets);
  switch (width) {
    case sizeof(std::uint8_t):
      count_ += addRow<std::uint8_t>(counts, row);
      break;
    case sizeof(std::uint16_t):
      count_ += addRow<std::uint16_t>(counts, row);
      break;
    case sizeof(std::uint32_t):
      count_ += addRow<std::uint32_t>(counts, row);
      break;
    default:
      count_ += addRow<std::uint64_t>(counts, row);
  }
  return true;
}

Bytes LatencyHistogram::encode() const {
  if (counts_.empty()) return {};
  Bytes pairs = pairsOf(first_, counts_);
  Bytes row = rowOf(first_, counts_);
  return row.size() < pairs.size() ? row : pairs;
}

std::chrono::microseconds LatencyHistogram::quantile(unsigned percent) const {
  // Nearest rank, ceil(count * percent / 100), without overflow for any count.
  const std::uint64_t rank = count_ / 100 * percent + (count_ % 100 * percent + 99) / 100;
  std::uint64_t seen = 0;
  for (std::uint32_t place = 0; place < counts_.size(); ++place) {
    seen += counts_[place];
    if (seen >= rank) return std::chrono::microseconds(static_cast<std::int64_t>(middleOf(first_ + place)));
  }
  return std::chrono::microseconds(0);
}

}  // namespace cachify::views
