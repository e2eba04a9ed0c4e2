#include "settings_file.hpp"

#include <QSettings>
#include <utility>

namespace cachify::ui {

SettingsFile::SettingsFile(QString file) : file_(std::move(file)) {
  writer_.setMaxThreadCount(1);  // in order
  const QSettings kept(file_, QSettings::IniFormat);
  const QStringList names = kept.allKeys();
  for (const auto& name : names) values_[name] = kept.value(name);
}

SettingsFile::~SettingsFile() {
  write();
  writer_.waitForDone();
}

void SettingsFile::setValue(const QString& name, const QVariant& value) {
  values_[name] = value;
  if (changed_.isEmpty()) QMetaObject::invokeMethod(this, &SettingsFile::write, Qt::QueuedConnection);
  changed_[name] = value;
}

void SettingsFile::write() {
  if (changed_.isEmpty()) return;
  writer_.start([file = file_, changed = std::exchange(changed_, {})] {
    QSettings kept(file, QSettings::IniFormat);
    for (auto at = changed.begin(); at != changed.end(); ++at) kept.setValue(at.key(), at.value());
  });
}

}  // namespace cachify::ui
