// What a person does with keys, in the real window over a real redis-server.

#include "qml/journey.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <map>
#include <set>

namespace cachify::test {
namespace {

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

TEST_F(JourneyInTheApp, WhatAKeyHoldsIsInSight) {
  redis({"SET", "words", "hello"});
  redis({"SET", "long", manyLines(500'000)});
  redis({"HSET", "hash", "field", "value"});
  connect("local");
  for (const auto& [key, view] :
       {std::pair("words", "valueText"), {"long", "valueLines"}, {"hash", "elementList"}}) {
    app_.openKey(key);
    app_.wait([&] { return app_.find(view) != nullptr && app_.find(view)->height() > 300; }, view);
    for (const auto* other : {"valueText", "valueLines", "elementList"})
      EXPECT_TRUE(other == std::string_view(view) || app_.find(other) == nullptr) << key << ": " << other;
  }
}

TEST_F(JourneyInTheApp, AnElementThatNoTextFieldGivesBackIsNotEditedInOne) {
  redis({"HSET", "h", "plain", "words", "lines", "one\ntwo", "bytes", std::string("\xff\0", 2)});
  connect("local");
  app_.openKey("h");
  const auto& elements = *document().elements();
  ASSERT_EQ(elements.count(), 3);
  for (int row = 0; row < 3; ++row)
    EXPECT_EQ(elements.value(row, "plain").toBool(), elements.value(row, "first") == "plain");
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

TEST_F(JourneyInTheApp, TheToastUndoesWhatItTellsOfThoughAnotherKeyIsInSight) {
  redis({"SET", "changed", "before"});
  redis({"SET", "other", "untouched"});
  connect("local");
  app_.openKey("changed");
  app_.press(Qt::Key_D, Qt::ControlModifier);
  edit("after");
  app_.click("saveValue");
  app_.wait([&] { return redis({"GET", "changed"}) == "after"; }, "the saved value");
  app_.wait([&] { return !document().dirty() && !document().loading(); }, "the value read again");
  app_.openKey("other");
  app_.click("toastAction");
  app_.wait([&] { return redis({"GET", "changed"}) == "before"; }, "what it was before");
  EXPECT_EQ(document().name(), "other");
}

TEST_F(JourneyInTheApp, WhatASaveCameToIsToldThoughItsTabIsClosed) {
  redis({"SET", "mine", "before"});
  redis({"SET", "theirs", "before"});
  connect("local");
  auto& open = *app_.studio().workspace()->openKeys();
  QSignalSpy done(&open, &ui::OpenKeys::done);
  QSignalSpy failed(&app_.studio(), &ui::Studio::failed);
  app_.openKey("mine");
  edit("after");
  redis({"CLIENT", "PAUSE", "20000", "WRITE"});
  app_.click("saveValue");
  app_.wait([&] { return open.saving(); }, "the save");
  app_.press(Qt::Key_W, Qt::ControlModifier);
  EXPECT_FALSE(document().isOpen());
  redis({"CLIENT", "UNPAUSE"});
  app_.wait([&] { return done.size() == 1; }, "the word that it is saved");
  EXPECT_EQ(redis({"GET", "mine"}), "after");
  app_.wait([&] { return !open.saving(); }, "the end of the save");
  app_.click("toastAction");
  app_.wait([&] { return redis({"GET", "mine"}) == "before"; }, "the way back");

  app_.openKey("theirs");
  edit("after");
  redis({"SET", "theirs", "changed"});
  redis({"CLIENT", "PAUSE", "800", "ALL"});
  app_.click("saveValue");
  app_.wait([&] { return open.saving(); }, "the save");
  app_.studio().workspace()->close();
  app_.wait([&] { return failed.size() == 1; }, "the word that it is not");
}

TEST_F(JourneyInTheApp, TheWindowWaitsForASaveAndStaysWhereItFails) {
  redis({"SET", "greeting", "hello"});
  connect("local");
  app_.openKey("greeting");
  auto& open = *app_.studio().workspace()->openKeys();
  const auto saveAndClose = [&] {
    redis({"CLIENT", "PAUSE", "20000", "WRITE"});
    app_.click("saveValue");
    app_.wait([&] { return open.saving(); }, "the save");
    app_.close();
    EXPECT_TRUE(app_.window().isVisible());
    redis({"CLIENT", "UNPAUSE"});
    app_.wait([&] { return !open.saving(); }, "the end of the save");
  };
  edit("mine");
  redis({"SET", "greeting", "theirs"});
  saveAndClose();
  app_.wait([&] { return document().inConflict(); }, "the conflict");
  EXPECT_TRUE(app_.window().isVisible());
  app_.click("takeTheirs");
  app_.wait([&] { return document().text() == "theirs" && !document().loading(); }, "what is there");
  app_.type("valueArea", "mine");
  saveAndClose();
  app_.wait([&] { return !app_.window().isVisible(); }, "the end of the window");
  EXPECT_EQ(redis({"GET", "greeting"}), "mine");
}

TEST_F(JourneyInTheApp, ADialogThatWasNeverOpenFollowsTheSizeOfText) {
  connect("local");
  app_.studio().preferences()->setTextSize(150);
  QTest::qWait(100);  // a frame
  app_.studio().preferences()->setTextSize(100);
  app_.press(Qt::Key_N, Qt::ControlModifier);
  app_.wait([&] { return app_.find("newKeyName") != nullptr; }, "the dialog");
  QTest::qWait(100);
  for (const auto* field : {"newKeyName", "newKeyFirst"})
    EXPECT_EQ(app_.find(field)->height(), app_.find(field)->implicitHeight()) << field;
}

TEST_F(JourneyInTheApp, WhatWasTypedOfANewKeyStaysWhereItCannotBeMade) {
  redis({"SET", "taken", "theirs"});
  connect("local");
  app_.press(Qt::Key_N, Qt::ControlModifier);
  app_.type("newKeyName", "taken");
  app_.type("newKeyFirst", "mine");
  app_.click("askAccept");
  app_.wait([&] { return app_.find("newKeyError") != nullptr; }, "what is wrong, in the dialog");
  EXPECT_EQ(app_.find("newKeyFirst")->property("text"), "mine");
  EXPECT_EQ(redis({"GET", "taken"}), "theirs");
  app_.type("newKeyName", "free");
  app_.click("askAccept");
  app_.wait([&] { return redis({"GET", "free"}) == "mine"; }, "the key");
  app_.wait([&] { return app_.find("newKeyName") == nullptr && document().name() == "free"; }, "its value");
}

TEST_F(JourneyInTheApp, AFullListSaysSoAndLosesNoKey) {
  redis({"EVAL", "for i = 1, 5000 do redis.call('SET', 'key:' .. i, i) end", "0"});
  connect("local");
  auto& workspace = *app_.studio().workspace();
  auto& keys = *workspace.keys();
  keys.setLimit(3'000);
  std::set<QString> seen;
  const auto look = [&] {
    app_.wait([&] { return !workspace.scanning(); }, "the end of a stretch");
    for (int row = 0; row < keys.count(); ++row) seen.insert(QString::fromStdString(*keys.keyAt(row)));
  };
  workspace.scan();
  look();
  EXPECT_GE(keys.count(), 3'000);
  ASSERT_TRUE(workspace.hasMore());
  EXPECT_TRUE(workspace.note().contains("limit")) << workspace.note().toStdString();
  for (int stretch = 0; workspace.hasMore() && stretch < 5; ++stretch) {
    workspace.more();
    look();
  }
  EXPECT_EQ(seen.size(), 5'000);
  EXPECT_FALSE(workspace.note().contains("limit"));
}

TEST_F(JourneyInTheApp, OnProdADeleteWantsTheNameOfTheConnection) {
  redis({"SET", "order:1", "paid"});
  connect("orders", "prod");
  app_.openKey("order:1");
  app_.click("deleteKey");
  app_.wait([&] { return app_.find("askTyped") != nullptr; }, "the question");
  EXPECT_TRUE(app_.find("askCancel")->hasActiveFocus());
  EXPECT_TRUE(app_.find("askCancel")->property("visualFocus").toBool()) << "its ring is seen";
  EXPECT_FALSE(app_.find("askAccept")->isEnabled());
  app_.type("askTyped", "orders");
  app_.click("askAccept");
  app_.wait([&] { return redis({"EXISTS", "order:1"}) == "0"; }, "the deletion");
}

TEST_F(JourneyInTheApp, TabsKeepKeysOpenAndGoWithTheirConnection) {
  for (const auto* key : {"a", "b", "c"}) redis({"SET", key, std::string("value of ") + key});
  connect("local");
  app_.openKey("a");
  app_.press(Qt::Key_D, Qt::ControlModifier);
  app_.openKey("b");
  EXPECT_EQ(app_.studio().workspace()->openKeys()->tabs()->count(), 2);
  app_.openKey("c");  // b was not pinned
  EXPECT_EQ(app_.studio().workspace()->openKeys()->tabs()->count(), 2);
  edit("changed");
  app_.openKey("b");  // what is being edited stays
  EXPECT_EQ(app_.studio().workspace()->openKeys()->tabs()->count(), 3);
  app_.press(Qt::Key_W, Qt::ControlModifier);
  app_.wait([&] { return app_.studio().workspace()->openKeys()->tabs()->count() == 2; }, "one tab less");
  EXPECT_EQ(document().name(), "c");
  EXPECT_EQ(document().draft(), "changed");

  auto& studio = app_.studio();
  studio.form()->remove(studio.workspace()->connectionId());
  app_.wait([&] { return !studio.workspace()->active(); }, "the workspace without its connection");
  EXPECT_EQ(studio.workspace()->openKeys()->tabs()->count(), 0);
}

TEST_F(JourneyInTheApp, ATreeShowsFoldersWithCountsAndOpensTheirKeys) {
  for (int i = 0; i < 12; ++i) redis({"SET", "user:" + std::to_string(i) + ":name", "N"});
  redis({"SET", "user:count", "12"});
  redis({"SET", "top", "1"});
  connect("local");
  app_.press(Qt::Key_T, Qt::ControlModifier);
  auto& tree = *app_.studio().workspace()->tree();
  app_.wait([&] { return tree.count() == 2; }, "a folder and a key");
  EXPECT_EQ(tree.data(tree.index(0), ui::KeyTreeModel::LabelRole), "user");
  EXPECT_EQ(tree.data(tree.index(0), ui::KeyTreeModel::KeysRole), "13");
  app_.clickRow("keyTree", 0, 36);
  app_.wait([&] { return tree.count() == 15; }, "what is in the folder");
  app_.clickRow("keyTree", 13, 36);
  app_.wait([&] { return document().name() == "user:count" && document().exists(); }, "the key");
  app_.press(Qt::Key_Left);
  app_.press(Qt::Key_Left);
  app_.wait([&] { return tree.count() == 2; }, "the closed folder");
}

TEST_F(JourneyInTheApp, NoValueHarmsTheWindow) {
  using namespace std::string_literals;
  const std::map<std::string, std::string> values{
      {"html", "<b>bold</b><img src=\"http://127.0.0.1:1/x.png\"><script>1</script>"},
      {"escapes", "\x1b[31mred\x1b[0m\x07"},
      {"direction", "safe \u202Egnp.exe"},
      {"nul", "before\0after"s},
      {"broken", "\xff\xfe\xc3("},
      {"long-json", R"({"items":[")" + std::string(10'000'000, 'x') + R"("]})"},
      {"plain-line", std::string(1'000'000, 'y')},
      {"plain-lines", manyLines(1'000'000)},
  };
  for (const auto& [key, value] : values) redis({"SET", key, value});
  connect("local");
  for (const auto& [key, value] : values) {
    app_.openKey(QString::fromStdString(key));
    QTest::qWait(100);  // frames
    const QString shown = document().text();
    EXPECT_FALSE(shown.isEmpty()) << key;
    for (const QChar never : {QChar(0x1b), QChar(0x07), QChar(0), QChar(0x202E)})
      EXPECT_FALSE(shown.contains(never)) << key;
    EXPECT_EQ(redis({"STRLEN", key}), std::to_string(value.size()));
  }
  EXPECT_TRUE(document().isLarge());
}

TEST_F(JourneyInTheApp, ALargeElementIsShownShortAndChangedWhole) {
  const std::string large(900'000, 'y');
  redis({"HSET", "hash", "field", large});
  connect("local");
  app_.openKey("hash");
  QTest::qWait(200);  // frames
  const auto& elements = *document().elements();
  EXPECT_LT(elements.text(0, "second").size(), 10'000);
  EXPECT_EQ(elements.text(0, "wholeSecond").size(), static_cast<qsizetype>(large.size()));
  document().copy("pretty");
  app_.wait([&] { return QGuiApplication::clipboard()->text() == QString::fromStdString("field\t" + large); },
            "the copy");
}

TEST_F(JourneyInTheApp, TheViewThatWasChosenLastIsShown) {
  redis({"SET", "large", "[\"" + std::string(900'000, 'x') + "\"]"});
  connect("local");
  app_.openKey("large");
  for (const auto* view : {"hex", "json", "raw", "hex", "json"}) document().setView(view);
  app_.wait([&] { return document().chain() == "json"; }, "the view");
  QTest::qWait(200);  // what was asked for before has come by now
  EXPECT_EQ(document().chain(), "json");
}

TEST(WindowOfTheApp, WhatWasOpenIsOpenAgainTheNextTime) {
  RedisServer server;
  RedisCli cli(server);
  cli.must({"SET", "greeting", "hello"});
  const QTemporaryDir directory;
  QString id;
  {
    AppWindow first(directory.path());
    id = first.addConnection("again", server.port());
    first.studio().workspace()->open(id);
    first.press(Qt::Key_2, Qt::ControlModifier);
    first.openKey("greeting");
    first.window().resize(1100, 700);
    first.close();
  }
  AppWindow second(directory.path());
  second.wait([&] { return second.studio().workspace()->document()->text() == "hello"; }, "the open key");
  EXPECT_EQ(second.studio().workspace()->connectionId(), id);
  EXPECT_EQ(second.window().size(), QSize(1100, 700));
  EXPECT_NE(second.find("documentName"), nullptr) << "the page that was in sight";
}

}  // namespace
}  // namespace cachify::test
