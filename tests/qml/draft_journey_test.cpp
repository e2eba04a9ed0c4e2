#include <QSignalSpy>
#include <QTest>

#include "qml/journey.hpp"

namespace cachify::test {
namespace {

class DraftInTheApp : public JourneyInTheApp {
 protected:
  ui::OpenKeys& open() { return *app_.studio().workspace()->openKeys(); }
  /// The question in front of what would lose the draft: first no, then yes.
  void cancelThenDiscard(const std::function<void()>& lose, const std::function<bool()>& isLost) {
    lose();
    app_.wait([&] { return app_.find("askCancel") != nullptr; }, "the question");
    EXPECT_TRUE(app_.find("askCancel")->hasActiveFocus());
    app_.press(Qt::Key_Space);
    app_.wait([&] { return app_.find("askCancel") == nullptr; }, "the end of the question");
    EXPECT_FALSE(isLost());
    EXPECT_EQ(document().draft(), "typed");
    lose();
    app_.click("askAccept");
    app_.wait(isLost, "the end of the draft");
  }
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
  QSignalSpy saving(&document(), &ui::KeyDocument::savingChanged);
  document().save(true, false, "");
  document().save(true, false, "");
  settle();
  EXPECT_EQ(saving.count(), 2) << "one begin, one end";
  EXPECT_EQ(redis({"GET", "greeting"}), "typed");
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

TEST_F(DraftInTheApp, ATabIsClosedWithItsDraftOnlyWhereThatIsWanted) {
  begin("greeting", "typed");
  app_.press(Qt::Key_5, Qt::ControlModifier);
  app_.press(Qt::Key_W, Qt::ControlModifier);
  EXPECT_EQ(app_.find("askCancel"), nullptr) << "no tab is in sight";
  EXPECT_TRUE(document().dirty());
  app_.press(Qt::Key_2, Qt::ControlModifier);
  cancelThenDiscard([&] { app_.press(Qt::Key_W, Qt::ControlModifier); },
                    [&] { return !document().isOpen(); });
}

TEST_F(DraftInTheApp, AValueIsReadAgainOverItsDraftOnlyWhereThatIsWanted) {
  begin("greeting", "typed");
  cancelThenDiscard([&] { app_.click("readAgain"); }, [&] { return !document().dirty(); });
  EXPECT_EQ(document().draft(), "hello");
}

TEST_F(DraftInTheApp, AKeyIsDeletedFromTheListWithItsDraftOnlyWhereThatIsWanted) {
  begin("greeting", "typed");
  const auto remove = [&] {
    app_.find("keyList")->forceActiveFocus();
    app_.press(Qt::Key_Delete);
  };
  cancelThenDiscard(remove, [&] { return redis({"EXISTS", "greeting"}) == "0"; });
}

TEST_F(DraftInTheApp, AnotherConnectionTakesTheDraftsPlaceOnlyWhereThatIsWanted) {
  begin("greeting", "typed");
  const auto open = [&] {
    app_.press(Qt::Key_P, Qt::ControlModifier);
    app_.wait([&] { return app_.find("paletteEntry") != nullptr; }, "the switcher");
    app_.press(Qt::Key_Return);
  };
  open();
  QTest::qWait(50);
  EXPECT_EQ(app_.find("askCancel"), nullptr) << "it is open already";
  EXPECT_EQ(document().draft(), "typed");
  const QString other = app_.addConnection("a first one", server_.port(), "1");
  cancelThenDiscard(open, [&] { return app_.studio().workspace()->connectionId() == other; });
}

TEST_F(DraftInTheApp, TheWindowIsClosedOverADraftOnlyWhereThatIsWanted) {
  begin("greeting", "typed");
  cancelThenDiscard([&] { app_.close(); }, [&] { return !app_.window().isVisible(); });
}

TEST_F(DraftInTheApp, TheWindowIsClosedOverADeletionOfManyKeysOnlyWhereThatIsWanted) {
  redis({"EVAL", "for i = 1, 15000 do redis.call('SET', 'key' .. i, 'x') end", "0"});
  connect("local");
  auto& workspace = *app_.studio().workspace();
  auto& bulk = *workspace.bulk();
  workspace.keys()->toggle(0);
  workspace.keys()->selectTo(workspace.keys()->count() - 1);
  workspace.planDeletion();
  app_.wait([&] { return bulk.planTotal() > 0 && !bulk.running(); }, "the plan");
  bulk.run("");
  app_.close();
  EXPECT_TRUE(bulk.running());
  EXPECT_TRUE(app_.window().isVisible());
  app_.click("askAccept");
  app_.wait([&] { return !app_.window().isVisible(); }, "the end of the window");
}

TEST_F(DraftInTheApp, AValueTooLargeForASnapshotIsDeletedOnceNoWayBackIsAccepted) {
  redis({"SETRANGE", "large", "70000000", "x"});
  connect("live", "prod");
  app_.openKey("large");
  app_.click("deleteKey");
  app_.type("askTyped", "live");
  QSignalSpy refused(&open(), &ui::OpenKeys::hasNoWayBack);
  app_.click("askAccept");
  app_.wait([&] { return refused.count() == 1 && app_.find("askCancel") != nullptr; }, "the question");
  EXPECT_TRUE(app_.find("askCancel")->hasActiveFocus());
  EXPECT_EQ(redis({"EXISTS", "large"}), "1");
  app_.click("askAccept");
  app_.wait([&] { return redis({"EXISTS", "large"}) == "0"; }, "the deletion");
}

}  // namespace
}  // namespace cachify::test
