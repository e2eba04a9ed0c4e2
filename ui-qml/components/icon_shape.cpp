#include "icon_shape.hpp"

#include <QPainter>
#include <QPen>

#include "icon_path.hpp"

namespace cachify::ui {

namespace {

constexpr qreal kGrid = 24;
constexpr qreal kThinnestAt = 18;  ///< pixels; larger icons keep this line in proportion

}  // namespace

IconShape::IconShape(QQuickItem* parent) : QQuickPaintedItem(parent) {
  setAntialiasing(true);
  connect(this, &IconShape::changed, this, [this] { update(); });
}

void IconShape::paint(QPainter* painter) {
  const qreal size = std::min(width(), height());
  if (size <= 0) return;
  painter->translate((width() - size) / 2, (height() - size) / 2);
  painter->scale(size / kGrid, size / kGrid);
  painter->setPen(QPen(color_, stroke_ * kGrid / std::max(size, kThinnestAt), Qt::SolidLine, Qt::RoundCap,
                       Qt::RoundJoin));
  painter->drawPath(iconPath(name_));
}

}  // namespace cachify::ui
