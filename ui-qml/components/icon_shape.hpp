#pragma once
// One icon as an item. Painted rather than a Shape: it is lighter, and software rendering clips it.

#include <QColor>
#include <QQuickPaintedItem>

namespace cachify::ui {

class IconShape : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(QString name MEMBER name_ NOTIFY changed)
  Q_PROPERTY(QColor color MEMBER color_ NOTIFY changed)
  Q_PROPERTY(qreal stroke MEMBER stroke_ NOTIFY changed)

 public:
  explicit IconShape(QQuickItem* parent = nullptr);

  void paint(QPainter* painter) override;

 signals:
  void changed();

 private:
  QString name_;
  QColor color_;
  qreal stroke_ = 1.7;  ///< in pixels
};

}  // namespace cachify::ui
