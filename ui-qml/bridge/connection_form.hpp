#pragma once
// One profile being made or changed, its test, and what is wrong with it.

#include <QObject>
#include <QQmlEngine>
#include <QVariantMap>
#include <stop_token>

#include "domain/profile.hpp"
#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::actions {
struct TestReport;
}

namespace cachify::ui {

class EngineHost;
class ConnectionsModel;
class Preferences;

class ConnectionForm : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  /// By the names that errors give the profile's fields; numbers as text. Secrets are never filled in:
  /// `password` and `tls.keyPassphrase`. Left empty, a stored one is kept, or forgotten where
  /// `password.forget` or `tls.keyPassphrase.forget` is true.
  Q_PROPERTY(QVariantMap values READ values NOTIFY changed)
  Q_PROPERTY(QString connectionId READ connectionId NOTIFY changed)
  Q_PROPERTY(bool isNew READ isNew NOTIFY changed)
  Q_PROPERTY(bool hasSecret READ hasSecret NOTIFY changed)
  Q_PROPERTY(bool hasKeyPassphrase READ hasKeyPassphrase NOTIFY changed)
  /// Something was typed or chosen since it was shown.
  Q_PROPERTY(bool dirty READ dirty NOTIFY changed)
  Q_PROPERTY(bool busy READ busy NOTIFY changed)
  Q_PROPERTY(bool testing READ testing NOTIFY changed)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY changed)
  Q_PROPERTY(cachify::ui::RecordModel* stages READ stages CONSTANT)
  Q_PROPERTY(QString verdict READ verdict NOTIFY changed)

 public:
  ConnectionForm(EngineHost& host, ConnectionsModel& connections, const Preferences& preferences,
                 QObject* parent = nullptr);
  ~ConnectionForm() override;

  [[nodiscard]] QVariantMap values() const { return values_; }
  [[nodiscard]] QString connectionId() const { return QString::fromStdString(profile_.id.toString()); }
  [[nodiscard]] bool isNew() const { return profile_.id.isNil(); }
  [[nodiscard]] bool hasSecret() const { return !profile_.secretRef.empty(); }
  [[nodiscard]] bool hasKeyPassphrase() const { return !profile_.tls.keySecretRef.empty(); }
  [[nodiscard]] bool dirty() const { return values_ != shownValues_; }
  /// It is being saved or tested.
  [[nodiscard]] bool busy() const { return busy_; }
  [[nodiscard]] bool testing() const { return testing_; }
  [[nodiscard]] StudioError error() const { return error_; }
  [[nodiscard]] RecordModel* stages() { return &stages_; }
  [[nodiscard]] QString verdict() const { return verdict_; }

  Q_INVOKABLE void startNew();
  Q_INVOKABLE void startEdit(const QString& id);
  /// False, with `error` set and nothing else touched, for a URL that is none.
  Q_INVOKABLE bool understands(const QString& url);
  /// The same, and a new profile of what the URL says.
  Q_INVOKABLE bool paste(const QString& url);
  Q_INVOKABLE void set(const QString& field, const QVariant& value);
  Q_INVOKABLE void save();
  Q_INVOKABLE void test();
  Q_INVOKABLE void cancelTest();
  /// Out of sight: the secrets that were typed are forgotten, and what is still under way is another's.
  Q_INVOKABLE void leave();
  Q_INVOKABLE void remove(const QString& id);
  Q_INVOKABLE void duplicate(const QString& id);

 signals:
  void changed();
  /// The one that is shown; what was saved after its form was left comes without.
  void saved(const QString& id);
  void removed(const QString& id);
  /// Where no form shows it.
  void failed(const cachify::ui::StudioError& error);

 private:
  void show(const domain::ConnectionProfile& profile, const QString& password = {});
  /// Answers to what was asked for before are none of this form's any more.
  void turn();
  /// Sets `error` where it is none.
  [[nodiscard]] std::optional<domain::ParsedUrl> parsed(const QString& url);
  /// As a person wants new ones.
  [[nodiscard]] domain::ConnectionProfile withDefaults(domain::ConnectionProfile profile) const;
  [[nodiscard]] Result<domain::ConnectionProfile> described() const;
  void saveEnded(const Result<domain::ConnectionProfile>& profile, bool isShown);
  void testEnded(const Result<actions::TestReport>& report);
  void setError(StudioError error);

  EngineHost& host_;
  ConnectionsModel& connections_;
  const Preferences& preferences_;
  domain::ConnectionProfile profile_;
  QVariantMap values_;
  QVariantMap shownValues_;  ///< as they were before anybody typed
  RecordModel stages_;
  StudioError error_;
  QString verdict_;
  bool busy_ = false;
  bool testing_ = false;
  unsigned turn_ = 0;
  std::stop_source stop_;
};

}  // namespace cachify::ui
