// A server that goes away under the real window, and comes back.

#include <QSignalSpy>

#include "qml/journey.hpp"

namespace cachify::test {
namespace {

TEST_F(JourneyInTheApp, AServerThatGoesShowsAsAnErrorAndNotAsAFreeze) {
  redis({"SET", "here", "1"});
  connect("local");
  app_.leaveOut([&] { server_.process().kill(); });
  app_.press(Qt::Key_F5);
  app_.wait([&] { return app_.studio().workspace()->error().present(); }, "the error");
  EXPECT_EQ(app_.studio().workspace()->error().code, "CONNECTION_FAILED");
  app_.wait([&] { return app_.find("scanAgain") != nullptr; }, "what to do next");
  app_.leaveOut([&] { server_.restart(); });
  app_.click("scanAgain");
  app_.wait(
      [&] { return !app_.studio().workspace()->error().present() && !app_.studio().workspace()->scanning(); },
      "the server again");
}

TEST_F(JourneyInTheApp, EachPageSaysThatTheServerIsGoneAndGoesOnOnceItIsBack) {
  redis({"SET", "greeting", "hello"});
  connect("local");
  app_.openKey("greeting");
  edit("welcome");
  app_.leaveOut([&] { server_.process().kill(); });
  const QSignalSpy told(&app_.studio(), &ui::Studio::failed);
  app_.click("saveValue");
  app_.wait([&] { return told.size() == 1 && !document().saving(); }, "the word that it is not saved");
  EXPECT_EQ(told.front().front().value<ui::StudioError>().code, "CONNECTION_FAILED");
  EXPECT_EQ(document().draft(), "welcome") << "what was typed stays";

  auto& run = *beginDryRun("tmp:*").run();
  app_.wait([&] { return !run.outcome().isEmpty() && !run.running(); }, "the end of the dry run");
  EXPECT_FALSE(run.outcomeGood());

  app_.press(Qt::Key_4, Qt::ControlModifier);
  const auto& health = *app_.studio().observatory()->health();
  app_.wait([&] { return health.count() == 1 && health.text(0, "status") == "offline"; }, "the loss");

  app_.leaveOut([&] { server_.restart(); });
  RedisCli again(server_);
  again.must({"SET", "greeting", "hello"});
  again.must({"SET", "tmp:1", "x"});
  app_.wait([&] { return health.text(0, "status") != "offline"; }, "the server again");
  app_.press(Qt::Key_3, Qt::ControlModifier);
  app_.click("dryRun");
  app_.wait([&] { return run.plan()->steps()->count() == 1; }, "the plan");
  app_.press(Qt::Key_2, Qt::ControlModifier);
  app_.click("saveValue");
  app_.wait([&] { return again.must({"GET", "greeting"}).text == "welcome"; }, "the saved value");
}

}  // namespace
}  // namespace cachify::test
