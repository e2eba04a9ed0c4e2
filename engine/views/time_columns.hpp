#pragma once
// The columns that a chart of buckets is drawn in.

#include <chrono>
#include <cstddef>

#include "core/clock.hpp"

namespace cachify::views {

struct Span {
  WallTime from{};
  WallTime to{};  ///< exclusive

  bool operator==(const Span&) const = default;
};

/// A span in as many columns of equal length as there is room for. Pure.
class TimeColumns {
 public:
  /// `bucket` is what the counts come in; a column is a multiple of it.
  TimeColumns(const Span& span, std::chrono::minutes bucket, std::size_t most);
  [[nodiscard]] std::size_t count() const { return count_; }
  /// The column of a bucket that starts then.
  [[nodiscard]] std::size_t of(WallTime start) const;
  [[nodiscard]] Span span(std::size_t column) const;

 private:
  std::chrono::sys_time<std::chrono::minutes> first_;
  std::chrono::minutes width_{1};
  std::size_t count_ = 1;
};

}  // namespace cachify::views
