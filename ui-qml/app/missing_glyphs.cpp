#include "missing_glyphs.hpp"

#include <QGlyphRun>
#include <QHash>
#include <QList>
#include <QSet>
#include <QTextLayout>
#include <algorithm>

namespace cachify::ui {

namespace {

constexpr char32_t kEllipsis = 0x2026;

bool drawsNothing(char32_t c) {
  const bool isVariation = (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
  switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
      return true;
    default:
      return isVariation;
  }
}

/// Laid out as a window lays it out, with the fonts to fall back to. Glyph 0 is a font's box.
bool hasGlyph(char32_t c, const QFont& font) {
  QTextLayout layout(QString::fromUcs4(&c, 1), font);
  layout.beginLayout();
  layout.createLine();
  layout.endLayout();
  const auto runs = layout.glyphRuns();
  return std::ranges::none_of(runs, [](const QGlyphRun& run) { return run.glyphIndexes().contains(0); });
}

bool isDrawn(char32_t c, const QFont& font) {
  static QHash<QString, QHash<char32_t, bool>> known;  // by font
  auto& ofFont = known[font.key()];
  const auto found = ofFont.constFind(c);
  return found != ofFont.cend() ? *found : *ofFont.insert(c, drawsNothing(c) || hasGlyph(c, font));
}

/// As it is painted: dots for a password, what is left of a text that is cut short.
QString shownText(const QQuickItem& item) {
  if (item.inherits("QQuickTextInput")) return item.property("displayText").toString();
  if (!item.inherits("QQuickText") && !item.inherits("QQuickTextEdit")) return {};
  const QString text = item.property("text").toString();
  return item.property("truncated").toBool() ? text + QChar(kEllipsis) : text;
}

QString described(const QString& characters) {
  QStringList codes;
  const auto all = characters.toUcs4();
  for (const auto c : all) codes.append("U+" + QString::number(c, 16).toUpper().rightJustified(4, '0'));
  return codes.join(' ');
}

}  // namespace

QString undrawable(const QString& text, const QFont& font) {
  QString missing;
  QSet<char32_t> seen;
  const auto all = text.toUcs4();
  for (const char32_t c : all) {
    if (seen.contains(c)) continue;
    seen.insert(c);
    if (!isDrawn(c, font)) missing += QString::fromUcs4(&c, 1);
  }
  return missing;
}

QStringList missingGlyphs(const QQuickItem& root) {
  if (!root.isVisible() || root.opacity() == 0) return {};
  QStringList found;
  const QString text = shownText(root);
  const QString missing = undrawable(text, root.property("font").value<QFont>());
  if (!missing.isEmpty()) found.append(described(missing) + " in \"" + text.left(60) + '"');
  const auto children = root.childItems();
  for (const auto* child : children) found += missingGlyphs(*child);
  return found;
}

}  // namespace cachify::ui
