// Whose form an answer belongs to, and what it takes to throw away what was typed.

#include <QMetaObject>
#include <QTest>

#include "qml/journey.hpp"

namespace cachify::test {
namespace {

class FormInTheApp : public JourneyInTheApp {
 protected:
  ui::ConnectionForm& form() { return *app_.studio().form(); }
  ui::ConnectionsModel& connections() { return *app_.studio().connections(); }
  QString typed(const QString& field) { return form().values().value(field).toString(); }

  void openNew(const QString& name, std::uint16_t port) {
    app_.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    app_.type("field-name", name);
    form().set("port", QString::number(port));
  }
  void openOther(const QString& id) {
    QMetaObject::invokeMethod(&app_.window(), "editConnection", Q_ARG(QString, id));
  }
  /// As a second start of the program does.
  void giveUrl(const QString& url) {
    QMetaObject::invokeMethod(&app_.window(), "raiseWith", Q_ARG(QString, url));
  }
  QObject* made(const char* type) {
    for (auto* one : app_.window().findChildren<QObject*>()) {
      if (QByteArray(one->metaObject()->className()).startsWith(type)) return one;
    }
    throw std::runtime_error(std::string("there is no ") + type);
  }
};

TEST_F(FormInTheApp, ATestEndsWithItsFormAndTellsNoOther) {
  connect("local");
  BlackHoleServer hole(BlackHoleServer::Mode::acceptsAndIsSilent);
  openNew("hole", hole.port());
  form().set("timeoutMs", "700");
  app_.click("testConnection");
  EXPECT_TRUE(form().busy());
  app_.press(Qt::Key_Escape);
  EXPECT_FALSE(form().busy());
  openOther(connections().idOf("local"));
  EXPECT_FALSE(form().busy());
  QTest::qWait(1'500);
  EXPECT_FALSE(form().error().present()) << form().error().message.toStdString();
  EXPECT_EQ(form().stages()->count(), 0);
}

TEST_F(FormInTheApp, ASaveClosesItsOwnFormAlone) {
  connect("local");
  openNew("second", server_.port());
  form().save();
  openOther(connections().idOf("local"));
  app_.wait([&] { return connections().total() == 2; }, "the saved profile");
  QTest::qWait(100);
  EXPECT_NE(app_.find("field-name"), nullptr);
  EXPECT_EQ(typed("name"), "local");
  app_.click("saveConnection");
  app_.wait([&] { return app_.find("field-name") == nullptr; }, "the end of the form");
}

TEST_F(FormInTheApp, AUrlReplacesWhatWasTypedOnlyWhereThatIsWanted) {
  connect("local");
  openNew("typed", server_.port());
  giveUrl("gopher://nowhere");
  EXPECT_EQ(typed("name"), "typed");
  EXPECT_TRUE(form().error().message.contains("unknown scheme")) << form().error().message.toStdString();
  giveUrl("redis://other:1");
  app_.click("askCancel");
  EXPECT_EQ(typed("name"), "typed");
  giveUrl("redis://other:1");
  app_.click("askAccept");
  EXPECT_EQ(typed("name"), "other");
  giveUrl("redis://another:1");  // nobody typed since
  EXPECT_EQ(typed("name"), "another");
}

TEST_F(FormInTheApp, AnUnreadableUrlOpensNoForm) {
  connect("local");
  giveUrl("gopher://nowhere");
  QTest::qWait(100);
  EXPECT_EQ(app_.find("field-name"), nullptr);
  EXPECT_TRUE(made("Toast")->property("shown").toBool());
  EXPECT_TRUE(made("Toast")->property("text").toString().contains("unknown scheme"));
}

TEST_F(FormInTheApp, AnErrorNamesFieldValueAndRange) {
  connect("local");
  openNew("typed", server_.port());
  const auto refused = [&](const QString& field, const QString& value) {
    const QVariant before = form().values().value(field);
    form().set(field, value);
    form().save();
    const QString message = form().error().field == field ? form().error().message : QString();
    form().set(field, before);
    return message;
  };
  EXPECT_EQ(refused("port", "70000"), "port must be from 1 to 65535, not '70000'");
  EXPECT_EQ(refused("dbIndex", "-1"), "dbIndex must be from 0 to 1000000, not '-1'");
  EXPECT_EQ(refused("timeoutMs", "99999999999"), "timeoutMs must be from 100 to 120000, not '99999999999'");
  EXPECT_EQ(refused("port", "banana"), "port must be a whole number, not 'banana'");
}

TEST_F(FormInTheApp, AStoredPasswordLeavesTheUserRoom) {
  openNew("local", server_.port());
  form().set("password", "stored");
  form().save();
  app_.wait([&] { return connections().total() == 1; }, "the saved profile");
  openOther(connections().idOf("local"));
  app_.wait([&] { return app_.find("field-username") != nullptr && form().hasSecret(); }, "the form");
  QTest::qWait(50);
  EXPECT_GT(app_.find("field-username")->width(), 180);
}

TEST_F(FormInTheApp, TheStagesOfATestAreToldAsTheyEnd) {
  connect("local");
  BlackHoleServer hole(BlackHoleServer::Mode::acceptsAndIsSilent);
  openNew("hole", hole.port());
  app_.click("testConnection");
  app_.wait([&] { return form().stages()->count() > 0; }, "the first stage");
  EXPECT_TRUE(form().busy());
}

TEST_F(FormInTheApp, TheSwitcherKnowsConnectionsThatAFilterHides) {
  connect("local");
  app_.addConnection("zebra", server_.port(), "1");
  connections().setFilter("local");
  app_.press(Qt::Key_P, Qt::ControlModifier);
  app_.wait([&] { return app_.find("paletteList") != nullptr; }, "the switcher");
  EXPECT_EQ(app_.find("paletteList")->property("count").toInt(), 2);
}

TEST_F(FormInTheApp, ANewKeyIsATextAgainWhateverTheLastOneWas) {
  connect("local");
  app_.press(Qt::Key_N, Qt::ControlModifier);
  app_.wait([&] { return app_.find("newKeyName") != nullptr; }, "the dialog");
  auto* dialog = made("NewKeyDialog");
  dialog->setProperty("kind", "list");
  app_.press(Qt::Key_Escape);
  app_.wait([&] { return app_.find("newKeyName") == nullptr; }, "the end of the dialog");
  app_.press(Qt::Key_N, Qt::ControlModifier);
  app_.wait([&] { return dialog->property("opened").toBool(); }, "the dialog");
  EXPECT_EQ(dialog->property("kind"), "string");
}

}  // namespace
}  // namespace cachify::test
