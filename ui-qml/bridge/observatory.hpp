#pragma once
// How connections are doing: health, trend, where errors are, the timeline and slow operations, over one
// period. Live while `watching`.

#include <QObject>
#include <QQmlEngine>
#include <QTimer>
#include <QVariantList>

#include "period.hpp"
#include "record_model.hpp"
#include "studio_error.hpp"
#include "timeline.hpp"
#include "trend_chart.hpp"

namespace cachify::views {
struct Dashboard;
}

namespace cachify::ui {

class Observatory : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(QString period READ period WRITE setPeriod NOTIFY periodChanged)
  Q_PROPERTY(QString connectionId READ connectionId WRITE setConnectionId NOTIFY periodChanged)
  Q_PROPERTY(QString customFrom READ customFrom NOTIFY periodChanged)
  Q_PROPERTY(QString customTo READ customTo NOTIFY periodChanged)
  Q_PROPERTY(cachify::ui::StudioError periodError READ periodError NOTIFY periodChanged)
  Q_PROPERTY(bool watching READ watching WRITE setWatching NOTIFY watchingChanged)
  Q_PROPERTY(bool loading READ loading NOTIFY changed)
  Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
  Q_PROPERTY(QString updatedText READ updatedText NOTIFY changed)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY changed)
  Q_PROPERTY(cachify::ui::RecordModel* health READ health CONSTANT)
  Q_PROPERTY(cachify::ui::TrendChart* trend READ trend CONSTANT)
  Q_PROPERTY(cachify::ui::RecordModel* heat READ heat CONSTANT)
  Q_PROPERTY(QVariantList heatLabels READ heatLabels NOTIFY changed)
  Q_PROPERTY(bool heatTruncated READ heatTruncated NOTIFY changed)
  Q_PROPERTY(cachify::ui::RecordModel* environments READ environments CONSTANT)
  Q_PROPERTY(cachify::ui::Timeline* timeline READ timeline CONSTANT)
  Q_PROPERTY(cachify::ui::Timeline* slow READ slow CONSTANT)

 public:
  Observatory(EngineHost& host, const ConnectionsModel& connections, QObject* parent = nullptr);

  [[nodiscard]] QString period() const { return period_; }
  void setPeriod(const QString& period);
  [[nodiscard]] QString connectionId() const { return connectionId_; }
  void setConnectionId(const QString& id);
  [[nodiscard]] QString customFrom() const { return customFrom_; }
  [[nodiscard]] QString customTo() const { return customTo_; }
  [[nodiscard]] StudioError periodError() const { return periodError_; }
  [[nodiscard]] bool watching() const { return watching_; }
  void setWatching(bool watching);
  [[nodiscard]] bool loading() const { return loading_; }
  [[nodiscard]] bool loaded() const { return loaded_; }
  [[nodiscard]] QString updatedText() const { return updatedText_; }
  [[nodiscard]] StudioError error() const { return error_; }
  [[nodiscard]] RecordModel* health() { return &health_; }
  [[nodiscard]] TrendChart* trend() { return &trend_; }
  [[nodiscard]] RecordModel* heat() { return &heat_; }
  [[nodiscard]] QVariantList heatLabels() const { return heatLabels_; }
  [[nodiscard]] bool heatTruncated() const { return heatTruncated_; }
  [[nodiscard]] RecordModel* environments() { return &environments_; }
  [[nodiscard]] Timeline* timeline() { return &timeline_; }
  [[nodiscard]] Timeline* slow() { return &slow_; }

  /// Between two local times, as a person writes them.
  Q_INVOKABLE void setCustom(const QString& from, const QString& to);
  /// Everything anew.
  Q_INVOKABLE void load();
  /// The log has grown.
  void logMoved();

 signals:
  void changed();
  void periodChanged();
  void watchingChanged();

 private:
  void refresh();
  void renew();
  void take(const views::Dashboard& dashboard);
  void takeHeat(const views::Dashboard& dashboard);

  EngineHost& host_;
  const ConnectionsModel& connections_;
  RecordModel health_;
  TrendChart trend_;
  RecordModel heat_;
  RecordModel environments_;
  Timeline timeline_;
  Timeline slow_;
  QString period_ = QStringLiteral("1h");
  QString connectionId_;
  QString customFrom_;
  QString customTo_;
  StudioError periodError_;
  Span span_;
  QVariantList heatLabels_;
  QString updatedText_;
  QTimer pace_;   ///< at most one refresh in each turn of it
  QTimer clock_;  ///< time goes on without events too
  bool heatTruncated_ = false;
  bool watching_ = false;
  bool loading_ = false;
  bool loaded_ = false;
  bool stale_ = false;
  bool asking_ = false;  ///< the next question waits for the answer, however long that takes
  std::uint64_t asked_ = 0;
  StudioError error_;
};

}  // namespace cachify::ui
