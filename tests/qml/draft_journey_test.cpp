#include <QSignalSpy>
#include <QTest>

#include "qml/journey.hpp"

namespace cachify::test {
namespace {

class DraftInTheApp : public JourneyInTheApp {
 protected:
  ui::OpenKeys& open() { return *app_.studio().workspace()->openKeys(); }
  void settle() {
    app_.wait([&] { return !open().saving() && !document().loading(); }, "the end");
  }
  /// A key that is being edited.
  void begin(const std::string& key, const QString& typed) {
    redis({"SET", key, "hello", "EX", "500"});
    connect("local");
    app_.openKey(QString::fromStdString(key));
    edit(typed);
  }
};

TEST_F(DraftInTheApp, WhatIsTypedStaysWhereTheTtlIsChanged) {
  begin("greeting", "typed");
  document().setTtlSeconds("7000", "");
  settle();
  app_.wait([&] { return document().ttl().startsWith("1 h"); }, "the new TTL");
  EXPECT_EQ(document().draft(), "typed");
  EXPECT_TRUE(document().dirty());
  app_.click("saveValue");
  app_.wait([&] { return redis({"GET", "greeting"}) == "typed"; }, "the save");
  EXPECT_NE(redis({"TTL", "greeting"}), "-1");
}

TEST_F(DraftInTheApp, NothingIsTypedIntoAValueThatIsBeingSaved) {
  begin("greeting", "typed");
  redis({"CLIENT", "PAUSE", "20000", "WRITE"});
  app_.click("saveValue");
  app_.wait([&] { return document().saving(); }, "the save");
  EXPECT_TRUE(app_.find("valueArea")->property("readOnly").toBool());
  redis({"CLIENT", "UNPAUSE"});
  settle();
  EXPECT_FALSE(document().dirty());
  app_.type("valueArea", "more");
  EXPECT_EQ(document().draft(), "more");
}

TEST_F(DraftInTheApp, SavingTwiceSavesOnce) {
  begin("greeting", "typed");
  QSignalSpy done(&open(), &ui::OpenKeys::done);
  QTest::keyClick(&app_.window(), Qt::Key_S, Qt::ControlModifier);
  QTest::keyClick(&app_.window(), Qt::Key_S, Qt::ControlModifier);
  settle();
  EXPECT_FALSE(document().inConflict());
  EXPECT_EQ(done.count(), 1);
}

TEST_F(DraftInTheApp, TheTtlIsKeptAgainInTheNextDraft) {
  redis({"SET", "second", "2", "EX", "500"});
  begin("first", "x");
  const auto keeps = [&] { return app_.find("keepTtl")->property("checked").toBool(); };
  app_.click("keepTtl");
  EXPECT_FALSE(keeps());
  app_.click("saveValue");
  app_.wait([&] { return redis({"TTL", "first"}) == "-1"; }, "the save");
  app_.openKey("second");
  edit("y");
  EXPECT_TRUE(keeps());
  app_.click("keepTtl");
  open().openName("first");
  app_.wait([&] { return document().name() == "first" && document().exists(); }, "the other key");
  open().next(1);
  EXPECT_TRUE(keeps());
}

TEST_F(DraftInTheApp, WhatAFileCameToIsToldThoughItsTabIsClosed) {
  redis({"SET", "greeting", "hello"});
  connect("local");
  app_.openKey("greeting");
  QSignalSpy failed(&open(), &ui::OpenKeys::failed);
  const auto nowhere = QUrl::fromLocalFile("/nowhere/at/all");
  document().writeFile(nowhere);
  document().takeFile(nowhere);
  EXPECT_TRUE(app_.find("valueLoading")->property("running").toBool());
  open().closeCurrent();
  EXPECT_TRUE(open().saving());
  app_.wait([&] { return !open().saving(); }, "the end of both");
  EXPECT_EQ(failed.count(), 2);
}

}  // namespace
}  // namespace cachify::test
