#include "icon_path.hpp"

#include <QHash>
#include <QRegularExpression>
#include <cmath>
#include <numbers>

namespace cachify::ui {

namespace {

// The language is that of SVG's path data, with circles for arcs.
const QHash<QString, const char*>& drawnIcons() {
  static const QHash<QString, const char*> icons{
      {"connections", "M5 5h14v5H5z M5 14h14v5H5z M8 7.5h.01 M8 16.5h.01"},
      {"workspace", "M4 5h16v14H4z M10 5v14 M13 9h4 M13 12h4"},
      {"workflows", "M6 4v6a3 3 0 0 0 3 3h6a3 3 0 0 1 3 3v4 M3 7l3-3 3 3 M15 17l3 3 3-3"},
      {"observability", "M3 13h4l3-8 4 14 3-6h4"},
      {"alerts", "M6 16v-5a6 6 0 0 1 12 0v5l2 2H4z M10 21h4"},
      {"audit", "M6 3h9l4 4v14H6z M10 12h5 M10 16h5 M10 8h2"},
      {"settings", "M4 7h9 M17 7h3 M4 17h3 M11 17h9 M15 5v4 M9 15v4"},
      {"search", "M11 4a7 7 0 1 0 0 14 7 7 0 1 0 0-14 M16 16l4 4"},
      {"plus", "M12 5v14 M5 12h14"},
      {"close", "M6 6l12 12 M18 6L6 18"},
      {"check", "M5 13l4 4L19 7"},
      {"lock", "M6 11h12v9H6z M9 11V8a3 3 0 0 1 6 0v3"},
      {"unlock", "M6 11h12v9H6z M9 11V8a3 3 0 0 1 5.5-1.5"},
      {"warning", "M12 4l9 16H3z M12 10v4 M12 17h.01"},
      {"shield", "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6z"},
      {"leaf", "M5 19c0-8 5-13 14-14 0 9-5 14-12 13 M5 19c2-4 5-7 8-8"},
      {"flask", "M9 3h6 M10 3v6l-5 9a2 2 0 0 0 2 3h10a2 2 0 0 0 2-3l-5-9V3"},
      {"down", "M6 9l6 6 6-6"},
      {"right", "M9 6l6 6-6 6"},
      {"key", "M8 11a4 4 0 1 0 0 8 4 4 0 1 0 0-8 M11 12l8-8 M16 7l3 3"},
      {"folder", "M3 6h6l2 2h10v11H3z"},
      {"list", "M4 7h16 M4 12h16 M4 17h16"},
      {"tree", "M5 4v14h6 M5 9h6 M14 7h6v4h-6z M14 16h6v4h-6z"},
      {"refresh", "M20 12a8 8 0 1 1-2.5-5.8 M20 3v4h-4"},
      {"trash", "M4 7h16 M9 7V4h6v3 M6 7l1 13h10l1-13"},
      {"edit", "M4 20l1-5L16 4l4 4L9 19z"},
      {"clock", "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18 M12 7v5l3 3"},
      {"undo", "M8 5L3 10l5 5 M3 10h11a6 6 0 0 1 6 6v3"},
      {"copy", "M9 9h11v11H9z M5 15H4V4h11v1"},
      {"star", "M12 4l2.5 5.2 5.5.8-4 4 1 5.7-5-2.7-5 2.7 1-5.7-4-4 5.5-.8z"},
      {"play", "M7 5l12 7-12 7z"},
      {"stop", "M6 6h12v12H6z"},
      {"link", "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1 M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"},
      {"import", "M12 4v11 M7 10l5 5 5-5 M4 20h16"},
      {"export", "M12 15V4 M7 9l5-5 5 5 M4 20h16"},
      {"info", "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18 M12 11v6 M12 8h.01"},
      {"eye", "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12z M12 9a3 3 0 1 0 0 6 3 3 0 1 0 0-6"},
      {"eyeOff", "M4 4l16 16 M9 6c8-3 13 6 13 6l-3 4 M6 8l-4 4s4 7 10 7l3-1"},
      {"command",
       "M7 7h10v10H7z M7 7H5a2 2 0 1 1 2-2z M17 7V5a2 2 0 1 1 2 2z M7 17v2a2 2 0 1 1-2-2z M17 17h2a2 2 0 1 "
       "1-2 2z"},
      {"plug", "M9 3v5 M15 3v5 M6 8h12v3a6 6 0 0 1-12 0z M12 17v4"},
  };
  return icons;
}

class IconReader {
 public:
  explicit IconReader(const QString& text) {
    static const QRegularExpression token("[A-Za-z]|-?(?:\\d+\\.?\\d*|\\.\\d+)");
    for (auto found = token.globalMatch(text); found.hasNext();) tokens_.append(found.next().captured());
  }

  QPainterPath read() {
    while (at_ < tokens_.size()) {
      // Without a letter the last command goes on; after a move, lines follow.
      if (tokens_[at_].front().isLetter()) {
        letter_ = tokens_[at_++].front();
      } else if (letter_.toUpper() == 'M') {
        letter_ = letter_ == 'M' ? QChar('L') : QChar('l');
      }
      step();
      if (letter_.toUpper() != 'C' && letter_.toUpper() != 'S') control_ = path_.currentPosition();
    }
    return path_;
  }

 private:
  void step() {
    const QPointF from = letter_.isLower() ? path_.currentPosition() : QPointF();
    switch (letter_.toUpper().toLatin1()) {
      case 'M':
        return path_.moveTo(from + point());
      case 'L':
        return path_.lineTo(from + point());
      case 'H':
        return path_.lineTo(from.x() + number(), path_.currentPosition().y());
      case 'V':
        return path_.lineTo(path_.currentPosition().x(), from.y() + number());
      case 'C': {
        const QPointF first = from + point();
        return curve(first, from);
      }
      case 'S':
        return curve(2 * path_.currentPosition() - control_, from);
      case 'A':
        return arc(from);
      default:
        return path_.closeSubpath();
    }
  }

  void curve(QPointF first, QPointF from) {
    control_ = from + point();
    path_.cubicTo(first, control_, from + point());
  }

  void arc(QPointF from) {
    const double radius = number();
    number();  // the other radius, which is the same
    number();  // a circle has no rotation
    const bool large = number() != 0;
    const bool sweep = number() != 0;
    const QPointF start = path_.currentPosition();
    const QPointF end = from + point();
    const QPointF half = (end - start) / 2;
    const double chord = std::hypot(half.x(), half.y());
    const double r = std::max(radius, chord);
    const double away = std::sqrt(std::max(0.0, r * r - chord * chord)) / chord * (large == sweep ? -1 : 1);
    const QPointF centre = start + half + QPointF(half.y(), -half.x()) * -away;
    const auto angle = [&](QPointF at) {
      return std::atan2(centre.y() - at.y(), at.x() - centre.x()) * 180 / std::numbers::pi;
    };
    double turn = angle(end) - angle(start);
    if (sweep && turn > 0) turn -= 360;
    if (!sweep && turn < 0) turn += 360;
    path_.arcTo(QRectF(centre.x() - r, centre.y() - r, 2 * r, 2 * r), angle(start), turn);
  }

  double number() { return at_ < tokens_.size() ? tokens_[at_++].toDouble() : 0; }
  QPointF point() {
    const double x = number();
    return {x, number()};
  }

  QStringList tokens_;
  qsizetype at_ = 0;
  QChar letter_ = 'M';
  QPointF control_;
  QPainterPath path_;
};

}  // namespace

QPainterPath iconPath(const QString& name) {
  static QHash<QString, QPainterPath> read;
  const auto known = read.constFind(name);
  if (known != read.cend()) return *known;
  return *read.insert(name, IconReader(QString::fromLatin1(drawnIcons().value(name, ""))).read());
}

}  // namespace cachify::ui
