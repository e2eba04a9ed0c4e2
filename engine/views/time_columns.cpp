#include "views/time_columns.hpp"

#include <algorithm>

namespace cachify::views {

using std::chrono::minutes;

TimeColumns::TimeColumns(const Span& span, minutes bucket, std::size_t most) {
  // Buckets begin at multiples of their length since 1970, so the first may reach back before the span.
  const auto begin = std::chrono::floor<minutes>(span.from).time_since_epoch();
  first_ = std::chrono::sys_time<minutes>(begin - begin % bucket);
  const auto buckets = std::max<std::int64_t>(
      1, (std::chrono::ceil<minutes>(span.to) - first_ + bucket - minutes(1)) / bucket);
  const auto limit = static_cast<std::int64_t>(std::max<std::size_t>(most, 1));
  const auto perColumn = (buckets + limit - 1) / limit;
  width_ = bucket * perColumn;
  count_ = static_cast<std::size_t>((buckets + perColumn - 1) / perColumn);
}

std::size_t TimeColumns::of(WallTime start) const {
  const auto at = (std::chrono::floor<minutes>(start) - first_) / width_;
  return std::min(static_cast<std::size_t>(std::max<std::int64_t>(at, 0)), count_ - 1);
}

Span TimeColumns::span(std::size_t column) const {
  const auto start = first_ + width_ * static_cast<std::int64_t>(column);
  return {.from = start, .to = start + width_};
}

}  // namespace cachify::views
