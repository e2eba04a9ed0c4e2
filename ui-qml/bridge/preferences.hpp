#pragma once
// What a person set for this program on this machine: looks, window, last page. Kept beside the log.

#include <QObject>
#include <QQmlEngine>

#include "settings_file.hpp"

namespace cachify::ui {

class Preferences : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY changed)
  Q_PROPERTY(QString density READ density WRITE setDensity NOTIFY changed)
  Q_PROPERTY(int textSize READ textSize WRITE setTextSize NOTIFY changed)
  Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY changed)
  Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY changed)
  Q_PROPERTY(int newTimeoutMs READ newTimeoutMs WRITE setNewTimeoutMs NOTIFY changed)
  Q_PROPERTY(bool newProdIsReadOnly READ newProdIsReadOnly WRITE setNewProdIsReadOnly NOTIFY changed)
  Q_PROPERTY(QString page READ page WRITE setPage NOTIFY changed)

 public:
  explicit Preferences(const QString& file, QObject* parent = nullptr) : QObject(parent), settings_(file) {}

  [[nodiscard]] QString theme() const { return text("theme", "system"); }
  void setTheme(const QString& theme) { set("theme", theme); }
  [[nodiscard]] QString density() const { return text("density", "comfortable"); }
  void setDensity(const QString& density) { set("density", density); }
  /// Of all text, in percent: 100, 125 or 150; what is kept as anything else is 100.
  [[nodiscard]] int textSize() const { return textSizeOr100(settings_.value("textSize", 100).toInt()); }
  void setTextSize(int percent) { set("textSize", textSizeOr100(percent)); }
  [[nodiscard]] static constexpr bool isTextSize(int percent) {
    return percent == 100 || percent == 125 || percent == 150;
  }
  /// system, en, de, id.
  [[nodiscard]] QString language() const { return text("language", "system"); }
  void setLanguage(const QString& language) { set("language", language); }
  [[nodiscard]] bool reducedMotion() const { return settings_.value("reducedMotion", false).toBool(); }
  void setReducedMotion(bool reduced) { set("reducedMotion", reduced); }
  /// Of connections that are made: how long an attempt may take, and whether one to production begins
  /// read-only.
  [[nodiscard]] int newTimeoutMs() const { return settings_.value("newTimeoutMs", 5000).toInt(); }
  void setNewTimeoutMs(int milliseconds) { set("newTimeoutMs", milliseconds); }
  [[nodiscard]] bool newProdIsReadOnly() const {
    return settings_.value("newProdIsReadOnly", false).toBool();
  }
  void setNewProdIsReadOnly(bool readOnly) { set("newProdIsReadOnly", readOnly); }
  [[nodiscard]] QString page() const { return text("page", "connections"); }
  void setPage(const QString& page) { set("page", page); }

  /// What the window remembers of itself; `otherwise` where nothing is kept.
  Q_INVOKABLE [[nodiscard]] QVariant kept(const QString& name, const QVariant& otherwise) const {
    return settings_.value("window/" + name, otherwise);
  }
  Q_INVOKABLE void keep(const QString& name, const QVariant& value) {
    settings_.setValue("window/" + name, value);
  }

 signals:
  void changed();

 private:
  [[nodiscard]] static constexpr int textSizeOr100(int percent) {
    return isTextSize(percent) ? percent : 100;
  }
  [[nodiscard]] QString text(const char* name, const char* otherwise) const {
    return settings_.value(QLatin1String(name), QLatin1String(otherwise)).toString();
  }
  void set(const char* name, const QVariant& value) {
    if (settings_.value(QLatin1String(name)) == value) return;
    settings_.setValue(QLatin1String(name), value);
    emit changed();
  }

  SettingsFile settings_;
};

}  // namespace cachify::ui
