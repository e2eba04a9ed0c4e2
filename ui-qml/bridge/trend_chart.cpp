#include "trend_chart.hpp"

#include <QPointF>
#include <algorithm>

#include "text.hpp"
#include "views/rollups.hpp"

namespace cachify::ui {

using views::OperationCounts;

namespace {

constexpr std::size_t kMostColumns = 80;

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

double msOf(WallTime time) {
  return static_cast<double>(std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

/// Percentiles cannot be added up: of columns of several buckets the worst stands.
void add(OperationCounts& column, const OperationCounts& bucket) {
  column.operations += bucket.operations;
  column.errors += bucket.errors;
  column.blocked += bucket.blocked;
  column.p50 = std::max(column.p50, bucket.p50);
  column.p95 = std::max(column.p95, bucket.p95);
}

}  // namespace

TrendChart::TrendChart(QObject* parent)
    : QObject(parent), columns_({"label", "fromMs", "toMs", "words", "share", "errorShare"}) {}

QString TrendChart::mostOperations() const {
  return countText(most_);
}
QString TrendChart::mostTime() const {
  return latencyText(std::chrono::microseconds(static_cast<std::int64_t>(longest_)));
}
QString TrendChart::summary() const {
  return tr("%n operation(s)", nullptr, smallCount(total_)) + QStringLiteral(", ") +
         tr("%n error(s)", nullptr, smallCount(errors_));
}

void TrendChart::assign(const views::Trend& trend, const Span& span) {
  const views::TimeColumns places(span, trend.interval, kMostColumns);
  std::vector<OperationCounts> counts(places.count());
  for (const auto& bucket : trend.buckets) add(counts[places.of(bucket.start)], bucket.counts);
  most_ = total_ = errors_ = 0;
  longest_ = 0;
  times_.clear();
  for (const auto& one : counts) {
    most_ = std::max(most_, one.operations);
    total_ += one.operations;
    errors_ += one.errors;
    times_.push_back({.known = one.operations > one.blocked,
                      .p50 = static_cast<double>(one.p50.count()),
                      .p95 = static_cast<double>(one.p95.count())});
    longest_ = std::max(longest_, times_.back().p95);
  }
  std::vector<QVariantList> rows;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Span column = places.span(i);
    const auto& one = counts[i];
    const QString words = one.operations == 0
                              ? tr("%1: nothing").arg(columnText(column))
                              : tr("%1: %2 operations, %3 errors, p50 %4, p95 %5")
                                    .arg(columnText(column), countText(one.operations), countText(one.errors),
                                         latencyText(one.p50), latencyText(one.p95));
    rows.push_back({columnText(column), msOf(column.from), msOf(column.to), words,
                    share(one.operations, most_), share(one.errors, most_)});
  }
  columns_.merge(std::move(rows));
  ++version_;
  emit changed();
}

QVariantList TrendChart::lines(int, int percentile, double width, double height) const {
  QVariantList lines;
  QVariantList line;
  const double step = width / static_cast<double>(std::max<std::size_t>(times_.size(), 1));
  for (std::size_t i = 0; i < times_.size(); ++i) {
    const double x = (static_cast<double>(i) + 0.5) * step;
    if (times_[i].known) {
      const double value = percentile == 50 ? times_[i].p50 : times_[i].p95;
      const double y = longest_ > 0 ? height * (1 - value / longest_) : height;
      // A stretch of one column is a short dash, not nothing.
      if (line.isEmpty()) line.append(QPointF(x - step * 0.3, y));
      line.append(QPointF(x, y));
      if (i + 1 == times_.size() || !times_[i + 1].known) line.append(QPointF(x + step * 0.3, y));
    }
    if ((!times_[i].known || i + 1 == times_.size()) && !line.isEmpty()) {
      lines.append(QVariant::fromValue(line));
      line.clear();
    }
  }
  return lines;
}

}  // namespace cachify::ui
