// Whole journeys in the real window, over a real redis-server.

#include <gtest/gtest.h>

#include <QTest>

#include "qml/app_window.hpp"
#include "support/raw_connection.hpp"
#include "support/server.hpp"

namespace cachify::test {
namespace {

class JourneyInTheApp : public testing::Test {
 protected:
  std::string redis(const std::vector<std::string>& command) {
    const RawReply reply = cli_.must(command);
    return reply.text.empty() ? std::to_string(reply.integer) : reply.text;
  }

  /// Adds the server through the form and opens it.
  void connect(const QString& name, const QString& environment = {}) {
    app_.click("welcomeAdd");
    app_.type("field-name", name);
    app_.type("field-port", QString::number(server_.port()));
    if (!environment.isEmpty()) app_.studio().form()->set("environment", environment);
    app_.click("saveConnection");
    app_.wait([&] { return app_.studio().connections()->total() == 1; }, "the saved profile");
    app_.wait([&] { return app_.find("connectionsList") != nullptr; }, "the list of connections");
    app_.press(Qt::Key_P, Qt::ControlModifier);
    app_.wait([&] { return app_.find("paletteEntry") != nullptr; }, "the switcher");
    app_.press(Qt::Key_Return);
    app_.wait([&] { return app_.studio().workspace()->active() && !app_.studio().workspace()->scanning(); },
              "the workspace");
  }
  void edit(const QString& text) {
    app_.click("editValue");
    app_.type("valueArea", text);
    app_.wait([&] { return document().dirty(); }, "the draft");
  }
  ui::KeyDocument& document() { return *app_.studio().workspace()->document(); }

  RedisServer server_;
  RedisCli cli_{server_};
  AppWindow app_;
};

TEST_F(JourneyInTheApp, ConnectBrowseEditConflictRollBack) {
  redis({"SET", "greeting", "hello"});
  connect("local");
  app_.openKey("greeting");
  EXPECT_EQ(document().text(), "hello");

  edit("welcome");
  app_.click("saveValue");
  app_.wait([&] { return redis({"GET", "greeting"}) == "welcome"; }, "the saved value");
  app_.wait([&] { return !document().dirty() && !document().loading(); }, "the value read again");

  // Somebody else is faster.
  redis({"SET", "greeting", "theirs"});
  app_.type("valueArea", "mine");
  app_.click("saveValue");
  app_.wait([&] { return document().inConflict(); }, "the conflict");
  EXPECT_NE(app_.find("conflictTitle"), nullptr);
  EXPECT_EQ(document().theirs(), "theirs");
  EXPECT_EQ(redis({"GET", "greeting"}), "theirs") << "nothing may be written over it";
  app_.click("overwrite");
  app_.wait([&] { return redis({"GET", "greeting"}) == "mine"; }, "the overwritten value");
  app_.wait([&] { return !document().saving() && !document().loading(); }, "the end of the save");

  // Back to what it was before: the newest snapshot is theirs.
  app_.click("openHistory");
  app_.wait([&] { return document().history()->count() == 2; }, "two snapshots");
  app_.wait([&] { return app_.find("historyList") != nullptr; }, "the history");
  auto* list = app_.find("historyList");
  const auto row = list->mapToScene({list->width() / 2, 28});
  QTest::mouseClick(&app_.window(), Qt::LeftButton, Qt::NoModifier, row.toPoint());
  app_.wait([&] { return document().diff()->count() == 2; }, "the difference");
  app_.click("restoreSnapshot");
  app_.wait([&] { return redis({"GET", "greeting"}) == "theirs"; }, "the restored value");
}

TEST_F(JourneyInTheApp, ADeletedKeyComesBackByTheToast) {
  redis({"SET", "short-lived", "value", "EX", "500"});
  connect("local");
  app_.openKey("short-lived");
  app_.click("deleteKey");
  app_.wait([&] { return redis({"EXISTS", "short-lived"}) == "0"; }, "the deletion");
  app_.click("toastAction");
  app_.wait([&] { return redis({"GET", "short-lived"}) == "value"; }, "the key");
  EXPECT_GT(std::stol(redis({"TTL", "short-lived"})), 400);
}

TEST_F(JourneyInTheApp, OnProdADeleteWantsTheNameOfTheConnection) {
  redis({"SET", "order:1", "paid"});
  connect("orders", "prod");
  app_.openKey("order:1");
  app_.click("deleteKey");
  app_.wait([&] { return app_.find("askTyped") != nullptr; }, "the question");
  EXPECT_TRUE(app_.find("askCancel")->hasActiveFocus());
  EXPECT_FALSE(app_.find("askAccept")->isEnabled());
  app_.type("askTyped", "orders");
  app_.click("askAccept");
  app_.wait([&] { return redis({"EXISTS", "order:1"}) == "0"; }, "the deletion");
}

TEST_F(JourneyInTheApp, AServerThatGoesShowsAsAnErrorAndNotAsAFreeze) {
  connect("local");
  server_.process().kill();
  app_.studio().workspace()->scan();
  app_.wait([&] { return app_.studio().workspace()->error().present(); }, "the error");
  EXPECT_EQ(app_.studio().workspace()->error().code, "CONNECTION_FAILED");
}

}  // namespace
}  // namespace cachify::test
