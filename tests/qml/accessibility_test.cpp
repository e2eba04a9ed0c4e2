// What a screen reader is told: on every page, dialog and state of the tour, whatever can be clicked, typed
// into or reached by Tab, and every row of a list, has a name and a role.

#include <gtest/gtest.h>

#include <QAccessible>
#include <QSet>

#include "qml/tour_walk.hpp"

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
  const int steps = walkTour(app, [&](const QString& step) {
    if (step.endsWith("-dark")) return;  // the same in other colours
    QSet<QString> lacks;
    collectLacks(*app.window().contentItem(), lacks);
    for (const QString& lack : lacks) ADD_FAILURE() << step.toStdString() << ": " << lack.toStdString();
  });
  EXPECT_GT(steps, 100);
}

}  // namespace
}  // namespace cachify::test
