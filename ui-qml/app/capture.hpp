#pragma once
// Pictures of every page, dialog and state in both themes, for the tests and the documentation.

#include <QQuickWindow>
#include <QString>

namespace cachify::ui {

/// Into a directory that is there. Drives the window's tour (Tour.qml) and ends the program's event loop:
/// with 0, or 1 when a picture could not be made in time, or when one shows a box in place of a character
/// that no font here has.
void captureTour(QQuickWindow& window, const QString& directory);

}  // namespace cachify::ui
