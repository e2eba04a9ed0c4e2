#pragma once
// What a person should look at: alerts, one of them in full, and how many nobody has seen. The number is kept
// up to date whether or not anybody looks at the list.

#include <QObject>
#include <QQmlEngine>
#include <QVariantMap>
#include <functional>
#include <optional>

#include "alert_publishers_desk.hpp"
#include "alert_rules_desk.hpp"
#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::views {
struct AlertPage;
struct AlertRow;
struct AlertFilter;
}  // namespace cachify::views
namespace cachify::studio {
class Engine;
}

namespace cachify::ui {

class ConnectionsModel;
class EngineHost;

class AlertCentre : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::RecordModel* list READ list CONSTANT)
  Q_PROPERTY(QVariantMap filters READ filters NOTIFY filtersChanged)
  Q_PROPERTY(bool filtered READ filtered NOTIFY filtersChanged)
  Q_PROPERTY(int unread READ unread NOTIFY unreadChanged)
  Q_PROPERTY(bool watching READ watching WRITE setWatching NOTIFY watchingChanged)
  Q_PROPERTY(bool loading READ loading NOTIFY changed)
  Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY changed)
  Q_PROPERTY(QVariantMap inspected READ inspected NOTIFY inspectedChanged)
  Q_PROPERTY(cachify::ui::RecordModel* deliveries READ deliveries CONSTANT)
  Q_PROPERTY(cachify::ui::AlertRulesDesk* rules READ rules CONSTANT)
  Q_PROPERTY(cachify::ui::AlertPublishersDesk* publishers READ publishers CONSTANT)

 public:
  AlertCentre(EngineHost& host, const ConnectionsModel& connections, QObject* parent = nullptr);

  [[nodiscard]] RecordModel* list() { return &list_; }
  [[nodiscard]] QVariantMap filters() const { return filters_; }
  [[nodiscard]] bool filtered() const;
  [[nodiscard]] int unread() const { return unread_; }
  [[nodiscard]] bool watching() const { return watching_; }
  void setWatching(bool watching);
  [[nodiscard]] bool loading() const { return loading_; }
  [[nodiscard]] bool loaded() const { return loaded_; }
  [[nodiscard]] StudioError error() const { return error_; }
  [[nodiscard]] QVariantMap inspected() const { return inspected_; }
  [[nodiscard]] RecordModel* deliveries() { return &deliveries_; }
  [[nodiscard]] AlertRulesDesk* rules() { return &rules_; }
  [[nodiscard]] AlertPublishersDesk* publishers() { return &publishers_; }

  /// `name`: unread ("true"), severity, source, connection. Empty: any.
  Q_INVOKABLE void setFilter(const QString& name, const QString& value);
  Q_INVOKABLE void clearFilters();
  Q_INVOKABLE void load();
  Q_INVOKABLE void older();
  /// By the row's id: message, cause, and where it was delivered.
  Q_INVOKABLE void inspect(const QString& id);
  Q_INVOKABLE void markRead(const QString& id);
  Q_INVOKABLE void markAllRead();
  /// The log has grown.
  void logMoved();

 signals:
  void changed();
  void filtersChanged();
  void unreadChanged();
  void watchingChanged();
  void inspectedChanged();
  void failed(const cachify::ui::StudioError& error);

 private:
  enum class Into { fresh, below, live };
  [[nodiscard]] views::AlertFilter wanted() const;
  void loadList();
  void ask(views::AlertFilter filter, Into into);
  void take(const views::AlertPage& page, Into into);
  void mark(std::function<Result<std::uint64_t>(studio::Engine&)> work);
  [[nodiscard]] QVariantList record(const views::AlertRow& row) const;

  EngineHost& host_;
  const ConnectionsModel& connections_;
  RecordModel list_;
  RecordModel deliveries_;
  AlertRulesDesk rules_;
  AlertPublishersDesk publishers_;
  QVariantMap filters_;
  QVariantMap inspected_;
  std::optional<std::uint64_t> next_;
  int unread_ = 0;
  bool watching_ = false;
  bool loading_ = false;
  bool loaded_ = false;
  bool asking_ = false;
  bool stale_ = false;
  std::uint64_t asked_ = 0;
  StudioError error_;
};

}  // namespace cachify::ui
