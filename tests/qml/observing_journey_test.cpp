// From a rule to its alert, from an alert to its cause, and from a chart to the events behind it: in the real
// window, over a real redis-server.

#include <gtest/gtest.h>

#include <QAccessible>
#include <QTest>

#include "qml/app_window.hpp"
#include "support/server.hpp"

namespace cachify::test {
namespace {

class ObservingInTheApp : public testing::Test {
 protected:
  void connect(const QString& name) {
    app_.studio().workspace()->open(app_.addConnection(name, server_.port()));
    app_.wait([&] { return !app_.studio().workspace()->latency().isEmpty(); }, "the open connection");
  }
  ui::AlertCentre& alerts() { return *app_.studio().alerts(); }
  ui::Observatory& observatory() { return *app_.studio().observatory(); }

  RedisServer server_;
  AppWindow app_;
};

TEST_F(ObservingInTheApp, ARuleThatIsMetBecomesAnAlertThatIsReadAndLeadsToItsCause) {
  connect("local");
  app_.press(Qt::Key_5, Qt::ControlModifier);
  app_.wait([&] { return alerts().loaded(); }, "the alerts");
  ASSERT_EQ(alerts().unread(), 0);
  app_.click("alertTabs-rules");
  app_.click("newRule");
  app_.type("rule-name", "busy");
  app_.click("saveRule");
  app_.wait([&] { return alerts().rules()->formError().field == "threshold"; }, "the error at the threshold");
  alerts().rules()->set("metric", "operationCount");
  app_.type("rule-threshold", "0");
  app_.click("saveRule");
  app_.wait([&] { return alerts().unread() == 1; }, "the alert");
  app_.wait([&] { return alerts().rules()->rules()->count() == 1; }, "the rule in the list");

  app_.click("alertTabs-alerts");
  app_.wait([&] { return alerts().list()->count() == 1; }, "the alert in the list");
  EXPECT_EQ(alerts().list()->text(0, "title"), "busy");
  EXPECT_EQ(alerts().list()->text(0, "severity"), "warning");
  app_.click("markRead");
  app_.wait([&] { return alerts().unread() == 0; }, "the alert read");
  app_.wait([&] { return alerts().list()->text(0, "read") == "true"; }, "the row read");
}

TEST_F(ObservingInTheApp, ALostServerIsAnErrorInTheHeatmapThatLeadsToItsEventAndItsAlertToTheAudit) {
  connect("local");
  server_.process().kill();
  app_.studio().workspace()->scan();
  app_.wait([&] { return app_.studio().workspace()->error().present(); }, "the error");
  app_.press(Qt::Key_4, Qt::ControlModifier);
  app_.wait([&] { return observatory().health()->text(0, "status") == "offline"; },
            "the card of who is away");
  app_.click("heatOfErrors");
  auto& timeline = *observatory().timeline();
  app_.wait([&] { return !timeline.rangeText().isEmpty() && timeline.rows()->count() > 0; }, "the events");
  bool found = false;
  for (int row = 0; row < timeline.rows()->count(); ++row)
    found = found || (timeline.rows()->text(row, "action") == "keys.list" &&
                      timeline.rows()->text(row, "status") == "error");
  EXPECT_TRUE(found);

  // The way from the alert to its cause.
  app_.press(Qt::Key_5, Qt::ControlModifier);
  app_.wait([&] { return alerts().list()->count() > 0 && app_.find("showCause") != nullptr; }, "the alert");
  app_.click("showCause");
  app_.wait([&] { return app_.find("eventSheetBody") != nullptr; }, "the event in the audit");
  app_.wait([&] { return !app_.studio().audit()->inspected().isEmpty(); }, "the event");
  EXPECT_NE(app_.studio().audit()->inspected().value("type").toString(), "alert.raised");
}

TEST_F(ObservingInTheApp, TheTrendSaysWhatTheChosenColumnHoldsAlsoWhenThatChanges) {
  connect("local");
  app_.press(Qt::Key_4, Qt::ControlModifier);
  const auto& columns = *observatory().trend()->columns();
  const auto words = [&](int fromLast) { return columns.text(columns.count() - 1 - fromLast, "words"); };
  app_.wait([&] { return !observatory().trend()->empty() && app_.find("trendColumns") != nullptr; },
            "the trend");
  auto* chart = app_.find("trendColumns");
  // Qt tells a reader whenever this changes.
  const auto said = [&] {
    return QAccessible::queryAccessibleInterface(chart)->text(QAccessible::Description);
  };
  chart->forceActiveFocus();
  app_.wait([&] { return said() == words(0); }, "the last column");
  const QString old = words(0);
  app_.studio().workspace()->scan();
  app_.wait([&] { return words(0) != old; }, "another operation");
  EXPECT_EQ(said(), words(0));
  // The pointer rests on another column.
  QTest::mouseMove(&app_.window(), chart->mapToScene({5, chart->height() / 2}).toPoint());
  app_.press(Qt::Key_Left);
  app_.wait([&] { return said() == words(1); }, "the one before");
}

TEST_F(ObservingInTheApp, TheTimelineGoesOnByItselfAndSamplesOfTheServerAppear) {
  connect("local");
  app_.press(Qt::Key_4, Qt::ControlModifier);
  auto& timeline = *observatory().timeline();
  app_.wait([&] { return timeline.loaded() && timeline.rows()->count() > 0; }, "the timeline");
  const int before = timeline.rows()->count();
  app_.studio().workspace()->scan();
  app_.wait([&] { return timeline.rows()->count() > before; }, "the new event");
  EXPECT_EQ(timeline.rows()->text(0, "action"), "keys.list");
  app_.wait([&] { return !observatory().health()->text(0, "server").isEmpty(); }, "a sample of the server");
}

}  // namespace
}  // namespace cachify::test
