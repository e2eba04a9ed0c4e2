#pragma once
// Our own icons, drawn by strokes on a grid of 24.

#include <QPainterPath>
#include <QString>

namespace cachify::ui {

/// Empty for a name that there is not. GUI thread or the thread that renders while it waits; the path is
/// kept.
[[nodiscard]] QPainterPath iconPath(const QString& name);

}  // namespace cachify::ui
