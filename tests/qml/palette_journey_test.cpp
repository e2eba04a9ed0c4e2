// The keys that were opened lately, in the palette.

#include <QAccessible>
#include <QCoreApplication>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include "qml/journey.hpp"

namespace cachify::test {
namespace {

const std::string kBinary("bin\0\xff\\", 6);
const QString kBinaryShown = R"(bin\x00\xff\x5c)";

/// As the palette offers them, newest first.
QStringList recentKeys(AppWindow& app) {
  QStringList shown;
  const auto all = app.studio().recentKeys()->list();
  for (const auto& one : all) shown.append(one.toMap()["text"].toString());
  return shown;
}

/// And stays there long enough to count.
void lookAt(AppWindow& app, const QString& shown) {
  auto& workspace = *app.studio().workspace();
  app.wait([&] { return workspace.keys()->rowOf(shown) >= 0; }, "the key in the list");
  workspace.openRow(workspace.keys()->rowOf(shown));
  app.wait([&] { return workspace.document()->exists() && workspace.document()->name() == shown; },
           "the open key");
  app.wait([&] { return recentKeys(app).value(0) == shown; }, "the recent key");
}

void openPalette(AppWindow& app) {
  app.press(Qt::Key_K, Qt::ControlModifier);
  app.wait([&] { return app.find("paletteEntry") != nullptr; }, "the palette");
}

QVariantMap row(AppWindow& app, int index) {
  return app.find("paletteList")->property("model").toList().value(index).toMap();
}

TEST_F(JourneyInTheApp, ThePaletteOpensAKeyOfAnotherConnectionByItsVeryBytes) {
  redis({"SET", kBinary, "of bytes"});
  redis({"SET", "greeting", "hello"});
  redis({"SET", "farewell", "bye"});
  connect("local");
  auto& studio = app_.studio();
  const QString first = studio.workspace()->connectionId();
  lookAt(app_, kBinaryShown);
  lookAt(app_, "greeting");

  studio.workspace()->open(app_.addConnection("other", server_.port(), "1"));
  app_.press(Qt::Key_1, Qt::ControlModifier);

  openPalette(app_);
  EXPECT_EQ(row(app_, 0)["text"], "greeting") << "the newest, above all else";
  EXPECT_EQ(row(app_, 0)["group"], "local");
  EXPECT_EQ(row(app_, 1)["text"], kBinaryShown);
  EXPECT_EQ(row(app_, 2)["kind"], "connection");
  app_.type("paletteEntry", "bin");
  app_.wait([&] { return row(app_, 0)["text"] == kBinaryShown; }, "what was looked for");
  app_.press(Qt::Key_Return);
  app_.wait([&] { return document().text() == "of bytes"; }, "its value");
  EXPECT_EQ(document().key(), kBinary);
  EXPECT_EQ(studio.workspace()->connectionId(), first);
  EXPECT_NE(app_.find("documentName"), nullptr) << "the page that shows it";

  openPalette(app_);
  EXPECT_EQ(row(app_, 0)["text"], "greeting") << "not what is in sight";
}

TEST_F(JourneyInTheApp, ARecentKeyIsARowThatAScreenReaderIsToldOf) {
  QAccessible::setActive(true);
  redis({"SET", "greeting", "hello"});
  connect("local");
  lookAt(app_, "greeting");
  app_.press(Qt::Key_1, Qt::ControlModifier);
  openPalette(app_);
  const auto* content = app_.find("paletteList")->property("contentItem").value<QQuickItem*>();
  QSet<QString> told;
  for (auto* item : content->childItems()) {
    const auto* row = QAccessible::queryAccessibleInterface(item);
    if (row == nullptr || row->role() != QAccessible::ListItem) continue;
    told.insert(row->text(QAccessible::Name) + '|' + row->text(QAccessible::Description));
  }
  EXPECT_TRUE(told.contains("greeting|local"));
}

TEST_F(JourneyInTheApp, TheListGoesOnFromAKeyThatThePaletteOpened) {
  for (const auto* key : {"a", "b", "c"}) redis({"SET", key, key});
  connect("local");
  lookAt(app_, "b");
  app_.clickRow("keyList", app_.studio().workspace()->keys()->rowOf("a"), 36);
  app_.wait([&] { return document().name() == "a"; }, "the key that was clicked");
  const auto* list = app_.find("keyList");
  const auto marked = [&] { return list->property("currentItem").value<QQuickItem*>(); };
  openPalette(app_);
  app_.press(Qt::Key_Return);
  app_.wait([&] { return document().name() == "b"; }, "the key of the palette");
  ASSERT_NE(marked(), nullptr);
  EXPECT_EQ(marked()->property("name").toString(), "b");
}

TEST_F(JourneyInTheApp, AKeyThatWasOnlyPassedByIsNotRecent) {
  for (const auto* key : {"a", "b", "c"}) redis({"SET", key, key});
  connect("local");
  auto& workspace = *app_.studio().workspace();
  lookAt(app_, "a");
  workspace.openRow(workspace.keys()->rowOf("b"));
  QCoreApplication::processEvents();  // as between one press of an arrow key and the next
  lookAt(app_, "c");
  EXPECT_EQ(recentKeys(app_), (QStringList{"c", "a"}));
}

TEST_F(JourneyInTheApp, ARecentKeyOfAServerThatIsGoneSaysSo) {
  redis({"SET", "greeting", "hello"});
  connect("local");
  lookAt(app_, "greeting");
  app_.studio().workspace()->close();
  server_.process().kill();
  openPalette(app_);
  app_.press(Qt::Key_Return);
  app_.wait([&] { return app_.studio().workspace()->error().present(); },
            "what is wrong with the connection");
  app_.wait([&] { return document().error().present(); }, "what is wrong with the key");
  EXPECT_EQ(document().name(), "greeting");
}

TEST(WindowOfTheApp, RecentKeysAreThereTheNextTimeAndGoWithTheirConnection) {
  RedisServer server;
  RedisCli cli(server);
  cli.must({"SET", kBinary, "of bytes"});
  const QTemporaryDir directory;
  QString id;
  {
    AppWindow first(directory.path());
    id = first.addConnection("again", server.port());
    first.studio().workspace()->open(id);
    lookAt(first, kBinaryShown);
    first.studio().workspace()->close();
    first.close();
  }
  const auto kept = [&] {
    QFile file(directory.filePath("app.ini"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  };
  const QByteArray name = QByteArray::fromStdString(kBinary).toBase64();
  EXPECT_TRUE(kept().contains(name));
  {
    AppWindow second(directory.path());
    EXPECT_EQ(recentKeys(second), QStringList{kBinaryShown});
    openPalette(second);
    second.press(Qt::Key_Return);
    auto* document = second.studio().workspace()->document();
    second.wait([&] { return document->text() == "of bytes"; }, "the key by its bytes");
    second.studio().form()->remove(id);
    second.wait([&] { return second.studio().connections()->total() == 0; }, "the end of the profile");
    EXPECT_EQ(recentKeys(second), QStringList());
  }
  EXPECT_FALSE(kept().contains(name));
}

}  // namespace
}  // namespace cachify::test
