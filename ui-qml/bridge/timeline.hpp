#pragma once
// What happened, newest first, page by page, by what a person looks for; new events come in above while one
// looks. One for the whole timeline, one for slow operations alone.

#include <QObject>
#include <QQmlEngine>
#include <QVariantMap>
#include <optional>

#include "period.hpp"
#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::views {
struct HistoryFilter;
struct HistoryPage;
struct HistoryRow;
}  // namespace cachify::views

namespace cachify::ui {

class ConnectionsModel;
class EngineHost;

class Timeline : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::RecordModel* rows READ rows CONSTANT)
  Q_PROPERTY(QVariantMap filters READ filters NOTIFY filtersChanged)
  Q_PROPERTY(bool filtered READ filtered NOTIFY filtersChanged)
  Q_PROPERTY(QString rangeText READ rangeText NOTIFY filtersChanged)
  Q_PROPERTY(QString connectionText READ connectionText NOTIFY filtersChanged)
  Q_PROPERTY(bool loading READ loading NOTIFY changed)
  Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY changed)
  Q_PROPERTY(cachify::ui::StudioError textError READ textError NOTIFY changed)

 public:
  enum class Kind { all, slowOnly };
  Timeline(EngineHost& host, const ConnectionsModel& connections, Kind kind, QObject* parent = nullptr);

  [[nodiscard]] RecordModel* rows() { return &rows_; }
  [[nodiscard]] QVariantMap filters() const { return filters_; }
  [[nodiscard]] bool filtered() const;
  [[nodiscard]] QString rangeText() const;
  /// Name of the connection that is filtered by; empty: none.
  [[nodiscard]] QString connectionText() const;
  [[nodiscard]] bool loading() const { return loading_; }
  [[nodiscard]] bool loaded() const { return loaded_; }
  [[nodiscard]] StudioError error() const { return error_; }
  /// The text that is searched for is not one; the rows are those before it.
  [[nodiscard]] StudioError textError() const { return textError_; }

  /// `name`: connection, environment, source, status, action, text. Empty: any.
  Q_INVOKABLE void setFilter(const QString& name, const QString& value);
  /// All of them at once, within a part of the period: what is behind a place in a chart. Milliseconds since
  /// 1970; 0 and 0: the whole period.
  Q_INVOKABLE void show(const QVariantMap& filters, double fromMs, double toMs);
  Q_INVOKABLE void clearFilters();
  Q_INVOKABLE void load();
  Q_INVOKABLE void older();
  /// Only what is new by now.
  void refresh();
  /// Of this connection alone, where no filter says another; empty: of all.
  void setScope(const QString& connectionId);
  /// `isLive`: it ends now, whenever that is.
  void setPeriod(const Span& span, bool isLive);

 signals:
  void changed();
  void filtersChanged();

 private:
  [[nodiscard]] views::HistoryFilter wanted() const;
  enum class Into { fresh, below, above };
  void ask(views::HistoryFilter filter, Into into);
  void take(const views::HistoryPage& page, Into into);
  [[nodiscard]] QVariantList record(const views::HistoryRow& row) const;

  EngineHost& host_;
  const ConnectionsModel& connections_;
  Kind kind_;
  RecordModel rows_;
  QVariantMap filters_;
  QString scope_;
  Span period_;
  bool isLive_ = true;
  std::optional<Span> part_;
  std::optional<std::uint64_t> next_;
  std::uint64_t newest_ = 0;
  std::uint64_t asked_ = 0;  ///< answers to earlier questions are dropped
  bool loading_ = false;
  bool refreshing_ = false;
  bool loaded_ = false;
  StudioError error_;
  StudioError textError_;
};

}  // namespace cachify::ui
