// Elements of a key, in the real window over a real redis-server: each change hits the one that it was asked
// for. And lists that are worked by keyboard, and what is masked.

#include <QQmlContext>
#include <QQmlProperty>
#include <QSignalSpy>
#include <QTest>

#include "key_tree_model.hpp"
#include "qml/journey.hpp"

namespace cachify::test {
namespace {

constexpr int kRowHeight = 36;

class ElementsInTheApp : public JourneyInTheApp {
 protected:
  /// A key with a snapshot.
  void saveTwo() {
    redis({"SET", "k", "one"});
    connect("local");
    app_.openKey("k");
    edit("two");
    app_.click("saveValue");
    settled();
  }
  void settled() {
    app_.wait([&] { return !document().saving() && !document().loading(); }, "the end");
  }
  void elsewhere(const std::vector<std::string>& command) {
    redis(command);
    document().reload();
    settled();
  }
  void openElements(const QString& key) {
    app_.openKey(key);
    app_.wait([&] { return app_.find("elementList") != nullptr; }, "the elements");
  }
  void changeByMouse(int row) {
    QTest::qWait(50);
    auto* list = app_.find("elementList");
    const auto at = list->mapToScene({list->width() / 3, (row + 0.5) * kRowHeight}).toPoint();
    QTest::mouseDClick(&app_.window(), Qt::LeftButton, Qt::NoModifier, at);
    app_.wait([&] { return app_.find("elementSecond") != nullptr; }, "the dialog");
  }
  void focusOn(const QString& list, int row) {
    app_.wait([&] { return app_.find(list) != nullptr && app_.find(list)->property("count").toInt() > row; },
              list.toStdString());
    app_.find(list)->forceActiveFocus(Qt::TabFocusReason);
    app_.find(list)->setProperty("currentIndex", row);
  }
  void cancelled() {
    app_.click("askCancel");
    app_.wait([&] { return app_.find("askCancel") == nullptr; }, "the end of the dialog");
  }
  /// To be seen or heard, there or below it.
  static bool tells(const QQuickItem& item, const QString& text) {
    if (!item.isVisible()) return false;
    const QQmlProperty heard(const_cast<QQuickItem*>(&item), "Accessible.name", qmlContext(&item));
    if (item.property("text").toString().contains(text) || heard.read().toString().contains(text))
      return true;
    return std::ranges::any_of(item.childItems(), [&](auto* child) { return tells(*child, text); });
  }
};

TEST_F(ElementsInTheApp, AChangeHitsItsElementThoughTheRowsMoved) {
  redis({"HSET", "h", "a", "1", "b", "2", "c", "3"});
  connect("local");
  openElements("h");
  changeByMouse(1);
  elsewhere({"HDEL", "h", "a"});
  app_.type("elementSecond", "changed");
  app_.click("askAccept");
  app_.wait([&] { return app_.find("elementSecond") == nullptr; }, "the end of the dialog");
  EXPECT_EQ(redis({"HGET", "h", "b"}), "changed");
  EXPECT_EQ(redis({"HGET", "h", "c"}), "3");
}

TEST_F(ElementsInTheApp, AnElementThatIsNotWhatWasSeenIsLeftAlone) {
  redis({"ZADD", "z", "1", "a", "2", "b"});
  connect("local");
  openElements("z");
  const auto seen = document().element(1);
  changeByMouse(1);
  elsewhere({"ZADD", "z", "7", "b"});
  app_.type("elementSecond", "5");
  app_.click("askAccept");
  app_.wait([&] { return app_.find("elementError") != nullptr; }, "the refusal");
  EXPECT_EQ(app_.find("elementError")->property("code").toString(), "CONFLICT");
  EXPECT_EQ(app_.find("elementSecond")->property("text").toString(), "5");
  elsewhere({"ZREM", "z", "b"});
  app_.click("askAccept");
  settled();
  EXPECT_EQ(redis({"ZCARD", "z"}), "1");
  QSignalSpy failed(&app_.studio(), &ui::Studio::failed);
  document().removeElement(seen, "");
  EXPECT_EQ(failed.count(), 1);
  EXPECT_EQ(redis({"ZCARD", "z"}), "1");
}

TEST_F(ElementsInTheApp, WhatWasTypedForARefusedElementStays) {
  redis({"HSET", "h", "a", "1"});
  connect("local");
  openElements("h");
  app_.click("addElement");
  app_.type("elementFirst", "a");
  app_.type("elementSecond", "words");
  app_.click("askAccept");
  app_.wait([&] { return app_.find("elementError") != nullptr; }, "the refusal");
  EXPECT_EQ(redis({"HGET", "h", "a"}), "1");
  app_.type("elementFirst", "b");
  app_.click("askAccept");
  app_.wait([&] { return app_.find("elementSecond") == nullptr; }, "the end of the dialog");
  EXPECT_EQ(redis({"HGET", "h", "b"}), "words");
}

TEST_F(ElementsInTheApp, DeleteInTheKeysIsForTheOneInTheCurrentRow) {
  redis({"SET", "aa:1", "x"});
  redis({"SET", "zz", "y"});
  connect("local");
  app_.openKey("zz");
  focusOn("keyList", -1);
  app_.press(Qt::Key_Delete);
  app_.type("keySearch", "");
  app_.press(Qt::Key_Return);
  app_.studio().workspace()->tree()->setActive(true);
  focusOn("keyTree", 1);
  focusOn("keyTree", 0);
  ASSERT_TRUE(app_.studio().workspace()->tree()->isFolder(0));
  app_.press(Qt::Key_Delete);
  EXPECT_FALSE(document().saving()) << "there was no key in the current row";
  EXPECT_EQ(redis({"EXISTS", "zz"}), "1");
  app_.press(Qt::Key_Down);
  app_.press(Qt::Key_Delete);
  app_.wait([&] { return redis({"EXISTS", "zz"}) == "0"; }, "the end of the key");
}

TEST_F(ElementsInTheApp, TheCurrentElementIsChangedAndRemovedByKeyboard) {
  redis({"HSET", "h", "a", "1", "b", "2", "c", "3"});
  connect("local", "staging");
  openElements("h");
  EXPECT_EQ(app_.find("removeElement"), nullptr);
  focusOn("elementList", 1);
  EXPECT_NE(app_.find("changeElement"), nullptr);
  EXPECT_NE(app_.find("removeElement"), nullptr);
  app_.find("removeElement")->forceActiveFocus(Qt::TabFocusReason);
  app_.press(Qt::Key_Return);
  EXPECT_EQ(app_.find("elementSecond"), nullptr) << "the focus was on another button";
  focusOn("elementList", 1);
  app_.find("elementList")
      ->property("currentItem")
      .value<QQuickItem*>()
      ->forceActiveFocus(Qt::TabFocusReason);
  app_.press(Qt::Key_Return);
  app_.type("elementSecond", "changed");
  app_.click("askAccept");
  app_.wait([&] { return redis({"HGET", "h", "b"}) == "changed"; }, "the change");
  app_.wait([&] { return app_.find("elementSecond") == nullptr; }, "the end of the dialog");
  settled();
  focusOn("elementList", 1);
  app_.press(Qt::Key_Delete);
  app_.wait([&] { return app_.find("askAccept") != nullptr; }, "the question");
  elsewhere({"HDEL", "h", "a"});
  app_.click("askAccept");
  app_.wait([&] { return redis({"HLEN", "h"}) == "1"; }, "the removal");
  EXPECT_EQ(redis({"HGET", "h", "c"}), "3");
}

TEST_F(ElementsInTheApp, EventsAndSnapshotsAreChosenByReturn) {
  saveTwo();
  app_.click("openHistory");
  focusOn("historyList", 0);
  app_.press(Qt::Key_Return);
  app_.wait([&] { return document().diff()->count() > 0; }, "the difference");
  app_.press(Qt::Key_Escape);
  app_.press(Qt::Key_6, Qt::ControlModifier);
  focusOn("auditList", 1);
  app_.press(Qt::Key_Return);
  app_.wait([&] { return app_.find("eventSheetBody") != nullptr; }, "the event");
}

TEST_F(ElementsInTheApp, CtrlRRefreshesAsF5) {
  connect("local");
  redis({"SET", "new", "x"});
  app_.press(Qt::Key_R, Qt::ControlModifier);
  app_.wait([&] { return app_.studio().workspace()->keys()->rowOf("new") >= 0; }, "the key");
  app_.press(Qt::Key_Slash, Qt::ControlModifier);
  app_.wait([&] { return tells(*app_.window().contentItem(), "F5, Ctrl+R"); }, "both in the sheet");
}

TEST_F(ElementsInTheApp, MaskedAreMembersAndBothSidesOfAConflict) {
  redis({"SADD", "s", "secret-member"});
  redis({"SET", "k", "secret-one"});
  connect("local");
  openElements("s");
  app_.wait([&] { return tells(*app_.find("elementList"), "secret"); }, "the member");
  app_.window().setProperty("masked", true);
  EXPECT_FALSE(tells(*app_.find("elementList"), "secret"));
  app_.openKey("k");
  edit("secret-two");
  redis({"SET", "k", "secret-three"});
  app_.click("saveValue");
  app_.wait([&] { return app_.find("conflict") != nullptr; }, "the conflict");
  EXPECT_FALSE(tells(*app_.find("conflict"), "secret"));
  app_.window().setProperty("masked", false);
  EXPECT_TRUE(tells(*app_.find("conflict"), "secret-three"));
}

TEST_F(ElementsInTheApp, AConflictIsToldOfItsSnapshotAlone) {
  saveTwo();
  app_.type("valueArea", "three");
  app_.click("saveValue");
  settled();
  redis({"SET", "k", "theirs"});
  app_.click("openHistory");
  app_.clickRow("historyList", 0, 56);
  app_.click("restoreSnapshot");
  app_.wait([&] { return app_.find("restoreAllTheSame") != nullptr; }, "the conflict");
  app_.clickRow("historyList", 1, 56);
  EXPECT_EQ(app_.find("restoreAllTheSame"), nullptr);
  settled();
  EXPECT_EQ(redis({"GET", "k"}), "theirs");
}

}  // namespace
}  // namespace cachify::test
