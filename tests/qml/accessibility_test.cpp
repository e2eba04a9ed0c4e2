// What a screen reader is told: on every page, dialog and state of the tour, whatever can be clicked, typed
// into or reached by Tab, and every row of a list, has a name and a role.

#include <gtest/gtest.h>

#include <QAccessible>
#include <QSet>
#include <QTest>

#include "qml/app_window.hpp"

namespace cachify::test {
namespace {

bool takesTaps(const QQuickItem& item) {
  return std::ranges::any_of(item.children(), [](const QObject* child) {
    return child->inherits("QQuickTapHandler") && child->property("enabled").toBool();
  });
}

bool isRow(const QQuickItem& item) {
  const auto* content = item.parentItem();
  const auto* list = content == nullptr ? nullptr : content->parentItem();
  return list != nullptr && list->inherits("QQuickItemView") &&
         list->property("contentItem").value<QQuickItem*>() == content &&
         list->property("highlightItem").value<QQuickItem*>() != &item && item.height() > 0;
}

/// "a ToolButton below Rail_QMLTYPE_3": enough to find it in the sources.
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

/// What an item lacks; empty where it lacks nothing.
QString lackOf(QQuickItem& item) {
  const auto* told = QAccessible::queryAccessibleInterface(&item);
  if (told == nullptr) return "is not told of";
  if (told->role() == QAccessible::NoRole || told->role() == QAccessible::Client) return "has no role";
  if (told->text(QAccessible::Name).trimmed().isEmpty()) return "has no name";
  return {};
}

void collectLacks(QQuickItem& item, QSet<QString>& lacks) {
  if (!item.isVisible()) return;
  if (item.activeFocusOnTab() || takesTaps(item) || isRow(item)) {
    if (const QString lack = lackOf(item); !lack.isEmpty()) lacks.insert(placeOf(item) + ' ' + lack);
  }
  for (auto* child : item.childItems()) collectLacks(*child, lacks);
}

TEST(AccessibilityOfTheApp, EveryControlAndRowOfTheTourHasANameAndARole) {
  QAccessible::setActive(true);
  AppWindow app;
  app.window().setProperty("touring", true);
  auto* tour = app.window().findChild<QObject*>("tour");
  ASSERT_NE(tour, nullptr);
  int steps = 0;
  for (;; ++steps) {
    QString step;
    QMetaObject::invokeMethod(tour, "next", Q_RETURN_ARG(QString, step));
    if (step.isEmpty()) break;
    if (step.endsWith("-dark")) continue;  // the same in other colours
    app.wait(
        [&] {
          bool ready = false;
          QMetaObject::invokeMethod(tour, "isReady", Q_RETURN_ARG(bool, ready));
          return ready;
        },
        step.toStdString());
    QTest::qWait(100);  // what came up is laid out
    QSet<QString> lacks;
    collectLacks(*app.window().contentItem(), lacks);
    for (const QString& lack : lacks) ADD_FAILURE() << step.toStdString() << ": " << lack.toStdString();
  }
  EXPECT_GT(steps, 80);
}

}  // namespace
}  // namespace cachify::test
