// A million keys, which come in while a person looks.

#include <QTest>
#include <future>

#include "qml/journey.hpp"

namespace cachify::test {
namespace {

using namespace std::chrono_literals;

TEST_F(JourneyInTheApp, AMillionKeysStreamInAndStopIsHonouredAtOnce) {
  const auto filled = std::async(std::launch::async, [&] {
    cli_.must({"EVAL", "for i = 1, 1000000 do redis.call('SET', 'key:' .. i, i) end", "0"});
  });
  app_.wait([&] { return filled.wait_for(0s) == std::future_status::ready; }, "a million keys");
  connect("local");
  auto& workspace = *app_.studio().workspace();
  while (workspace.keys()->count() < 400'000) {
    const int before = workspace.keys()->count();
    app_.click("scanToggle");  // More
    app_.wait([&] { return workspace.keys()->count() > before && !workspace.scanning(); }, "more keys");
  }

  // The last of more rows than a view can place at once, and the first again.
  const auto shownFrom = [&] { return app_.find("keyList")->property("topRow").toInt(); };
  const int last = workspace.keys()->count() - 1;
  app_.clickRow("keyList", 1, 36);
  app_.press(Qt::Key_End);
  app_.wait(
      [&] { return document().exists() && document().name().toStdString() == workspace.keys()->keyAt(last); },
      "the last key");
  EXPECT_GT(shownFrom(), last - 30);
  EXPECT_GT(workspace.keys()->window()->first(), 0);
  app_.press(Qt::Key_Home);
  app_.wait(
      [&] { return document().exists() && document().name().toStdString() == workspace.keys()->keyAt(0); },
      "the first key");
  EXPECT_EQ(shownFrom(), 0);
  // By hand: what is in sight stays in its place when the window of rows moves along.
  constexpr int kStep = 36 * 10'000;
  auto* list = app_.find("keyList");
  for (int from = 0; shownFrom() < last - 20'000; from += 10'000) {
    ASSERT_EQ(shownFrom(), from);
    list->setProperty("contentY", list->property("contentY").toDouble() + kStep);
    QTest::qWait(5);
  }

  // Stop does not wait for the server, which is silent now, and what it answers later is not taken.
  redis({"CLIENT", "PAUSE", "800"});
  app_.type("keySearch", "9");
  app_.press(Qt::Key_Return);
  app_.wait([&] { return workspace.scanning(); }, "the scan");
  app_.click("scanToggle");  // Stop
  EXPECT_FALSE(workspace.scanning());
  EXPECT_EQ(workspace.keys()->count(), 0);
  QTest::qWait(1'200);
  EXPECT_FALSE(workspace.scanning()) << "nothing begins again by itself";
  EXPECT_EQ(workspace.keys()->count(), 0);
}

}  // namespace
}  // namespace cachify::test
