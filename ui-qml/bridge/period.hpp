#pragma once
// The span of time a page looks at: a length that ends now, or two times that a person gave; and the columns
// it is drawn in.

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <cstddef>

#include "core/clock.hpp"
#include "core/result.hpp"

namespace cachify::ui {

struct Span {
  WallTime from{};
  WallTime to{};  ///< exclusive

  bool operator==(const Span&) const = default;
};

/// "15m", "1h", "6h", "24h", "7d" or "30d", up to now; else of "custom" the two local times, as
/// "2026-01-31 12:00". VALIDATION_ERROR with the field `from` or `to`.
[[nodiscard]] Result<Span> spanOf(const QString& period, const QString& from, const QString& to,
                                  WallTime now);

/// Of a bucket of a chart, in whole minutes that divide days or hours well: at most 75 for the span.
[[nodiscard]] std::chrono::minutes bucketFor(const Span& span);

/// A span in as many columns of equal length as there is room for.
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

/// "14:05", or with the day where the columns are long.
[[nodiscard]] QString columnText(const Span& column);

}  // namespace cachify::ui
