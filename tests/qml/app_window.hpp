#pragma once
// The real window over a data directory of its own, driven as a person would: clicks and keys. Everything
// here fails the test, by an exception, when what it needs does not come within twenty seconds.

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTimer>
#include <chrono>
#include <functional>
#include <memory>

#include "studio.hpp"

namespace cachify::test {

class AppWindow {
 public:
  /// Over a data directory of its own, or this one.
  explicit AppWindow(const QString& dataDirectory = {});
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
  /// A profile of a server here, by the form without its page. Its id.
  QString addConnection(const QString& name, std::uint16_t port, const QString& dbIndex = "0");
  void openKey(const QString& name);
  /// In the middle of a row of a list whose rows are that high, counted from what is in sight.
  void clickRow(const QString& list, int row, int rowHeight,
                Qt::KeyboardModifiers modifiers = Qt::NoModifier);
  /// The longest that the GUI thread did not answer since the window came up, but for waiting for a
  /// processor.
  [[nodiscard]] std::chrono::milliseconds longestSilence() const { return longest_; }
  /// What the test itself does meanwhile, on the same thread, is no silence of the window.
  void leaveOut(const std::function<void()>& act);
  /// As by the window's own button.
  void close();
  /// Events of this type in the log, as the audit page shows them.
  [[nodiscard]] int logged(const QString& type);

 private:
  void beat();

  QTemporaryDir directory_;
  std::unique_ptr<ui::Studio> studio_;
  std::unique_ptr<QQmlApplicationEngine> engine_;
  QQuickWindow* window_ = nullptr;
  QTimer heart_;
  std::chrono::nanoseconds lastBeat_{};
  std::chrono::milliseconds longest_{};
};

}  // namespace cachify::test
