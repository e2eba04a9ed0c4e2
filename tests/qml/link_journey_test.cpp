// What the window says of a server that goes away while nobody does anything.

#include "qml/journey.hpp"

namespace cachify::test {
namespace {

TEST_F(JourneyInTheApp, AnIdleWindowSaysThatTheServerIsGoneAndThatItIsBack) {
  redis({"SET", "greeting", "hello"});
  connect("local");
  app_.openKey("greeting");
  auto& workspace = *app_.studio().workspace();
  const auto& connections = *app_.studio().connections();
  const auto link = [&] { return connections.data(connections.index(0), ui::ConnectionsModel::LinkRole); };
  app_.wait([&] { return link() == "open" && !workspace.latency().isEmpty(); }, "the open connection");
  app_.leaveOut([&] { server_.process().kill(); });
  app_.wait([&] { return app_.find("notReachable") != nullptr; }, "the word in the trust chip");
  EXPECT_NE(app_.find("serverAway"), nullptr);
  EXPECT_EQ(link(), "lost");
  EXPECT_TRUE(workspace.latency().isEmpty()) << "nothing of what is not so any more";
  app_.press(Qt::Key_F5);
  app_.wait([&] { return app_.find("scanAgain") != nullptr; }, "what is wrong with the list");

  app_.leaveOut([&] { server_.restart(); });
  app_.wait([&] { return app_.find("notReachable") == nullptr && link() == "open"; }, "the server again");
  app_.wait([&] { return !workspace.error().present() && !workspace.scanning(); }, "the list, by itself");
  EXPECT_EQ(app_.find("scanAgain"), nullptr);
}

TEST_F(JourneyInTheApp, AFavouriteComesFirst) {
  app_.addConnection("alpha", server_.port());
  const QString beta = app_.addConnection("beta", server_.port());
  app_.press(Qt::Key_1, Qt::ControlModifier);
  app_.click("favourite-beta");
  const auto& connections = *app_.studio().connections();
  app_.wait([&] { return connections.idAt(0) == beta; }, "the favourite in front");
  app_.wait([&] { return app_.logged("connection.updated") == 1; }, "its event");
  app_.click("favourite-beta");
  app_.wait([&] { return connections.idAt(1) == beta; }, "its place among the others");
}

TEST(WindowOfTheApp, AConnectionSaysWhenItWasUsedLast) {
  const RedisServer server;
  const QTemporaryDir directory;
  const auto lastUsed = [](AppWindow& app) {
    const auto& connections = *app.studio().connections();
    return connections.data(connections.index(0), ui::ConnectionsModel::LastUsedRole).toString();
  };
  {
    AppWindow first(directory.path());
    const QString id = first.addConnection("local", server.port());
    EXPECT_EQ(lastUsed(first), "");
    first.studio().workspace()->open(id);
    first.wait([&] { return lastUsed(first) == "used just now"; }, "the use");
    first.studio().workspace()->close();
    first.close();
  }
  AppWindow again(directory.path());
  again.wait([&] { return lastUsed(again) == "used just now"; }, "what is known of it");
}

}  // namespace
}  // namespace cachify::test
