#pragma once
// Whether the fonts of this machine can draw what the window says: what none of them can is a box.
//
// Threads: the GUI thread's.

#include <QFont>
#include <QQuickItem>
#include <QString>
#include <QStringList>

namespace cachify::ui {

/// The characters that neither the font nor any that it falls back to has a glyph for, each once, in their
/// order. What draws nothing, as a line end or a joiner, needs none.
[[nodiscard]] QString undrawable(const QString& text, const QFont& font);

/// Each text in sight, in this item or below it, that has such characters: which, and in what text.
[[nodiscard]] QStringList missingGlyphs(const QQuickItem& root);

}  // namespace cachify::ui
