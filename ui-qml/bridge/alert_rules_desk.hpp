#pragma once
// What raises alerts: the product's own sources, threshold rules with what they say now, and the form of one.

#include <QObject>
#include <QQmlEngine>
#include <QVariantMap>
#include <functional>

#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::domain {
struct AlertRule;
}
namespace cachify::studio {
class Engine;
}

namespace cachify::ui {

class ConnectionsModel;
class EngineHost;

class AlertRulesDesk : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::RecordModel* sources READ sources CONSTANT)
  Q_PROPERTY(cachify::ui::RecordModel* rules READ rules CONSTANT)
  Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY changed)
  Q_PROPERTY(QVariantMap form READ form NOTIFY formChanged)
  Q_PROPERTY(bool saving READ saving NOTIFY formChanged)
  Q_PROPERTY(cachify::ui::StudioError formError READ formError NOTIFY formChanged)

 public:
  AlertRulesDesk(EngineHost& host, const ConnectionsModel& connections, QObject* parent = nullptr);

  [[nodiscard]] RecordModel* sources() { return &sources_; }
  [[nodiscard]] RecordModel* rules() { return &rules_; }
  [[nodiscard]] bool loaded() const { return loaded_; }
  [[nodiscard]] StudioError error() const { return error_; }
  [[nodiscard]] QVariantMap form() const { return form_; }
  [[nodiscard]] bool saving() const { return saving_; }
  [[nodiscard]] StudioError formError() const { return formError_; }

  Q_INVOKABLE void load();
  Q_INVOKABLE void switchSource(const QString& source, bool enabled);
  Q_INVOKABLE void switchRule(const QString& ruleId, bool enabled);
  Q_INVOKABLE void remove(const QString& ruleId);
  Q_INVOKABLE void startNew();
  Q_INVOKABLE void startEdit(const QString& ruleId);
  /// A field of the form as typed or chosen: name, metric, comparator, threshold, lookBackMinutes, severity,
  /// connectionId, environment.
  Q_INVOKABLE void set(const QString& field, const QString& value);
  /// Also raises the alert if the rule is met now. Emits `saved`, or leaves what is wrong in `formError`.
  Q_INVOKABLE void save();

 signals:
  void changed();
  void formChanged();
  void saved();
  void failed(const cachify::ui::StudioError& error);

 private:
  void act(std::function<Result<void>(studio::Engine&)> work);
  [[nodiscard]] QVariantList record(const domain::AlertRule& rule, const QString& now) const;

  EngineHost& host_;
  const ConnectionsModel& connections_;
  RecordModel sources_;
  RecordModel rules_;
  QVariantMap form_;
  bool loaded_ = false;
  bool saving_ = false;
  std::uint64_t asked_ = 0;
  StudioError error_;
  StudioError formError_;
};

}  // namespace cachify::ui
