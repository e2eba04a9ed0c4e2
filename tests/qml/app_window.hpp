#pragma once
// The real window over a data directory of its own, driven as a person would: clicks and keys. Everything
// here fails the test, by an exception, when what it needs does not come within twenty seconds.

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <functional>
#include <memory>

#include "studio.hpp"

namespace cachify::test {

class AppWindow {
 public:
  AppWindow();
  ~AppWindow();

  [[nodiscard]] ui::Studio& studio() { return *studio_; }
  [[nodiscard]] QQuickWindow& window() { return *window_; }
  /// Visible, by objectName, in the window or a popup over it.
  [[nodiscard]] QQuickItem* find(const QString& name) const;
  void wait(const std::function<bool()>& condition, const std::string& what) const;
  void click(const QString& name);
  /// Replaces what is in the field.
  void type(const QString& name, const QString& text);
  void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
  void openKey(const QString& name);

 private:
  QTemporaryDir directory_;
  std::unique_ptr<ui::Studio> studio_;
  std::unique_ptr<QQmlApplicationEngine> engine_;
  QQuickWindow* window_ = nullptr;
};

}  // namespace cachify::test
