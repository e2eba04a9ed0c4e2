#pragma once
// An INI file, held in memory and written by a thread of its own: it is synced to the disk, which takes as
// long as the disk is busy.
//
// Threads: the GUI thread's. The last that was set is in the file once this is gone.

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QVariant>
#include <QVariantMap>

namespace cachify::ui {

class SettingsFile : public QObject {
  Q_OBJECT

 public:
  explicit SettingsFile(QString file);
  ~SettingsFile() override;

  [[nodiscard]] QVariant value(const QString& name, const QVariant& otherwise = {}) const {
    return values_.value(name, otherwise);
  }
  void setValue(const QString& name, const QVariant& value);

 private:
  void write();

  QString file_;
  QVariantMap values_;
  QVariantMap changed_;  ///< and not handed to the writer yet
  QThreadPool writer_;
};

}  // namespace cachify::ui
