#pragma once
// Operations, errors and times of a period in columns, as the trend chart draws them. The GUI thread's.

#include <QObject>
#include <QQmlEngine>
#include <QVariantList>

#include "period.hpp"
#include "record_model.hpp"

namespace cachify::views {
struct Trend;
}

namespace cachify::ui {

class TrendChart : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::RecordModel* columns READ columns CONSTANT)
  Q_PROPERTY(int version READ version NOTIFY changed)
  Q_PROPERTY(bool empty READ empty NOTIFY changed)
  Q_PROPERTY(QString mostOperations READ mostOperations NOTIFY changed)
  Q_PROPERTY(QString mostTime READ mostTime NOTIFY changed)
  Q_PROPERTY(QString summary READ summary NOTIFY changed)

 public:
  explicit TrendChart(QObject* parent = nullptr);

  /// label, fromMs, toMs, words (for a tip), share and errorShare of the highest column.
  [[nodiscard]] RecordModel* columns() { return &columns_; }
  /// Grows with each change: what is asked by `lines` depends on it.
  [[nodiscard]] int version() const { return version_; }
  [[nodiscard]] bool empty() const { return total_ == 0; }
  [[nodiscard]] QString mostOperations() const;
  [[nodiscard]] QString mostTime() const;
  [[nodiscard]] QString summary() const;

  /// Lines of points in a field of that size, one for each stretch of columns with operations. `percentile`:
  /// 50 or 95.
  Q_INVOKABLE [[nodiscard]] QVariantList lines(int version, int percentile, double width,
                                               double height) const;

  void assign(const views::Trend& trend, const Span& span);

 signals:
  void changed();

 private:
  struct Times {
    bool known = false;
    double p50 = 0;  ///< microseconds
    double p95 = 0;
  };
  RecordModel columns_;
  std::vector<Times> times_;
  std::uint64_t most_ = 0;
  std::uint64_t total_ = 0;
  std::uint64_t errors_ = 0;
  double longest_ = 0;
  int version_ = 0;
};

}  // namespace cachify::ui
