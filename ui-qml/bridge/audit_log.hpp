#pragma once
// The event log itself: its events, newest first, one of them in full, whether all of it holds, and all of it
// as a file.

#include <QObject>
#include <QQmlEngine>
#include <QUrl>
#include <stop_token>

#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::ui {

class EngineHost;

class AuditLog : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::RecordModel* events READ events CONSTANT)
  Q_PROPERTY(bool loading READ loading NOTIFY changed)
  Q_PROPERTY(bool verifying READ verifying NOTIFY changed)
  /// Words that the events of the list hold, in any of its columns; empty: all.
  Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY changed)
  Q_PROPERTY(bool exporting READ exporting NOTIFY changed)
  Q_PROPERTY(QString exportedLines READ exportedLines NOTIFY changed)
  Q_PROPERTY(bool hasOlder READ hasOlder NOTIFY changed)
  Q_PROPERTY(QString verdict READ verdict NOTIFY changed)
  Q_PROPERTY(bool sound READ sound NOTIFY changed)
  Q_PROPERTY(QVariantMap inspected READ inspected NOTIFY inspectedChanged)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY changed)

 public:
  explicit AuditLog(EngineHost& host, QObject* parent = nullptr);
  /// Ends an export.
  ~AuditLog() override;

  [[nodiscard]] RecordModel* events() { return &events_; }
  [[nodiscard]] bool loading() const { return loading_; }
  [[nodiscard]] bool verifying() const { return verifying_; }
  [[nodiscard]] QString filter() const { return filter_; }
  void setFilter(const QString& words);
  [[nodiscard]] bool exporting() const { return exporting_; }
  [[nodiscard]] QString exportedLines() const { return exportedLines_; }
  [[nodiscard]] bool hasOlder() const { return oldest_ > 1; }
  [[nodiscard]] QString verdict() const { return verdict_; }
  [[nodiscard]] bool sound() const { return sound_; }
  [[nodiscard]] QVariantMap inspected() const { return inspected_; }
  [[nodiscard]] StudioError error() const { return error_; }

  Q_INVOKABLE void load();
  Q_INVOKABLE void older();
  Q_INVOKABLE void inspect(const QString& position);
  /// Every frame and digest, in a process of its own.
  Q_INVOKABLE void verify();
  /// See audit_export.hpp.
  Q_INVOKABLE void exportTo(const QUrl& file);
  Q_INVOKABLE void stopExport();

 signals:
  void changed();
  void inspectedChanged();
  void exported(const QString& lines, const QString& fileName);

 private:
  void loadBefore(std::uint64_t position);

  EngineHost& host_;
  RecordModel events_;
  bool loading_ = false;
  bool verifying_ = false;
  bool sound_ = true;
  bool exporting_ = false;
  std::stop_source exportStop_;
  QString exportedLines_;
  QString filter_;
  std::uint64_t ticket_ = 0;         ///< of the page that was asked for last
  std::uint64_t inspectTicket_ = 0;  ///< of the event that was asked for last
  std::uint64_t oldest_ = 0;
  QString verdict_;
  QVariantMap inspected_;
  StudioError error_;
};

}  // namespace cachify::ui
