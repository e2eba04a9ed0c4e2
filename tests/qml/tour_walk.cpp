#include "qml/tour_walk.hpp"

#include <QTest>

namespace cachify::test {

int walkTour(AppWindow& app, const std::function<void(const QString& step)>& look, Themes themes) {
  app.window().setProperty("touring", true);
  auto* tour = app.window().findChild<QObject*>("tour");
  if (tour == nullptr) throw std::runtime_error("the window has no tour");
  for (int steps = 0;; ++steps) {
    QString step;
    QMetaObject::invokeMethod(tour, "next", Q_RETURN_ARG(QString, step));
    if (step.isEmpty()) return steps;
    if (themes == Themes::light && step.endsWith("-dark")) continue;
    app.wait(
        [&] {
          bool ready = false;
          QMetaObject::invokeMethod(tour, "isReady", Q_RETURN_ARG(bool, ready));
          return ready;
        },
        step.toStdString());
    QTest::qWait(100);  // what came up is laid out
    look(step);
  }
}

QString placeOf(const QQuickItem& item) {
  const auto type = [](const QQuickItem& of) {
    return QString::fromLatin1(of.metaObject()->className()).section("_QML", 0, 0);
  };
  QString place = type(item) + ' ' + item.objectName();
  for (const auto* above = item.parentItem(); above != nullptr; above = above->parentItem()) {
    if (QByteArray(above->metaObject()->className()).contains("_QMLTYPE_")) place += " in " + type(*above);
  }
  return place;
}

}  // namespace cachify::test
