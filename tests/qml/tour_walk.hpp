#pragma once
// The tour of `--capture` (Tour.qml), walked in the window of a test.

#include <QQuickItem>
#include <QString>
#include <functional>

#include "qml/app_window.hpp"

namespace cachify::test {

enum class Themes { both, light };

/// Goes through every step in these themes, light first, and calls `look` with its name ("audit-dark") once
/// it is ready and laid out. The number of steps. Fails the test, by an exception, where one does not get
/// ready.
int walkTour(AppWindow& app, const std::function<void(const QString& step)>& look,
             Themes themes = Themes::both);

/// "ToolButton in Rail in Main": enough to find an item in the sources.
QString placeOf(const QQuickItem& item);

}  // namespace cachify::test
