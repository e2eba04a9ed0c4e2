// The models of the user interface, under Qt's own model tester.

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "connections_model.hpp"
#include "engine_host.hpp"
#include "key_tree_model.hpp"
#include "keys_model.hpp"
#include "preferences.hpp"
#include "qml/core_application.hpp"
#include "record_model.hpp"
#include "row_window.hpp"
#include "text.hpp"

namespace cachify::ui {
namespace {

using test::application;
using Tester = QAbstractItemModelTester;

QVariant at(const QAbstractItemModel& model, int row, int role) {
  return model.data(model.index(row, 0), role);
}

TEST(RecordModelOfTheApp, AppendsReplacesAndNamesItsFields) {
  RecordModel model({"first", "second"});
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.assign({{"a", 1}});
  model.append({{"b", 2}, {"c", 3}});
  model.replace(1, {"B", 20});
  EXPECT_EQ(model.count(), 3);
  EXPECT_EQ(model.get(1), (QVariantMap{{"first", "B"}, {"second", 20}}));
  EXPECT_TRUE(model.get(3).isEmpty());
}

TEST(RecordModelOfTheApp, FindsARecordAndSetsOneOfItsFields) {
  RecordModel model({"name", "text"});
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.assign({{"a", "1"}, {"b", "2"}});
  EXPECT_EQ(model.find("name", "b"), 1);
  EXPECT_EQ(model.find("name", "c"), -1);
  model.set(1, "text", "3");
  model.set(2, "text", "4");
  EXPECT_EQ(model.get(1), (QVariantMap{{"name", "b"}, {"text", "3"}}));
}

TEST(RecordModelOfTheApp, TellsWhetherAMergeChangedAnything) {
  RecordModel model({"first"});
  EXPECT_TRUE(model.merge({{"a"}, {"b"}}));
  EXPECT_FALSE(model.merge({{"a"}, {"b"}}));
  EXPECT_TRUE(model.merge({{"a"}, {"c"}}));
  EXPECT_TRUE(model.merge({{"a"}}));
}

TEST(KeysModelOfTheApp, AsksForFactsOfTheRowsThatAreLookedAtAlone) {
  application();
  std::vector<int> asked;
  KeysModel model([&](std::vector<int> rows, std::vector<Bytes>) { asked = std::move(rows); });
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.append({"a", "b", "c"});
  QTest::qWait(100);  // the tester looks at rows of its own
  asked.clear();
  at(model, 2, KeysModel::TypeRole);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !asked.empty(); }));
  EXPECT_NE(std::ranges::find(asked, 2), asked.end());
  model.describe({2}, {"c"}, {{.type = "hash", .ttl = "5 s", .size = "12 B"}});
  EXPECT_EQ(at(model, 2, KeysModel::TypeRole), "hash");
}

TEST(KeysModelOfTheApp, FactsOfARowThatHoldsAnotherKeyByNowAreDropped) {
  application();
  KeysModel model([](std::vector<int>, std::vector<Bytes>) {});
  model.append({"a", "b"});
  model.remove("a");
  model.describe({0}, {"a"}, {{.type = "hash", .ttl = {}, .size = {}}});
  EXPECT_EQ(at(model, 0, KeysModel::TypeRole), "");
}

TEST(KeysModelOfTheApp, SelectsRangesAndForgetsThemWithTheirRows) {
  application();
  KeysModel model([](std::vector<int>, std::vector<Bytes>) {});
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.append({"a", "b", "c", "d"});
  model.toggle(1);
  model.selectTo(3);
  EXPECT_EQ(model.selectedKeys(), (std::vector<Bytes>{"b", "c", "d"}));
  model.remove("c");
  EXPECT_EQ(model.selectedCount(), 0);
  EXPECT_EQ(model.count(), 3);
}

TEST(KeysModelOfTheApp, ARangeDoesNotBeginAtARowThatIsGone) {
  application();
  KeysModel model([](std::vector<int>, std::vector<Bytes>) {});
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.append({"a", "b", "c", "d", "e", "f"});
  model.toggle(3);
  model.selectTo(5);
  model.removeAll(model.selectedKeys());
  model.selectTo(1);
  EXPECT_EQ(model.selectedKeys(), std::vector<Bytes>{"b"});
}

TEST(KeysModelOfTheApp, RemovesManyInStretches) {
  application();
  KeysModel model([](std::vector<int>, std::vector<Bytes>) {});
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.append({"a", "b", "c", "d", "e", "f"});
  model.toggle(0);
  model.removeAll({"f", "a", "c", "b", "nobody"});
  EXPECT_EQ(model.count(), 2);
  EXPECT_EQ(model.keyAt(0), "d");
  EXPECT_EQ(model.keyAt(1), "e");
  EXPECT_EQ(model.selectedCount(), 0);
}

TEST(KeysModelOfTheApp, ShowsBytesEscapedAndKeepsThemAsTheyAre) {
  application();
  KeysModel model([](std::vector<int>, std::vector<Bytes>) {});
  const Bytes key("\x00\xff\n", 3);
  model.append({key});
  EXPECT_EQ(at(model, 0, KeysModel::NameRole), "\\x00\\xff\\x0a");
  EXPECT_EQ(model.keyAt(0), key);
}

void appendNumbered(KeysModel& model, int from, int to) {
  std::vector<Bytes> keys;
  for (int i = from; i < to; ++i) keys.push_back("key:" + std::to_string(i));
  model.append(std::move(keys));
}

TEST(WindowOfRows, FollowsAListThatGrowsAndLosesRowsAboveWithinAndBelow) {
  application();
  KeysModel model([](std::vector<int>, std::vector<Bytes>) {});
  auto& window = *model.window();
  const Tester tester(&window, Tester::FailureReportingMode::Fatal);
  constexpr int kAll = 2 * RowWindow::kRows;
  appendNumbered(model, 0, 10);
  EXPECT_EQ(window.rowCount(), 10);
  appendNumbered(model, 10, kAll);
  EXPECT_EQ(window.rowCount(), RowWindow::kRows);
  EXPECT_FALSE(window.hold(0));
  ASSERT_TRUE(window.hold(kAll / 2));
  const int first = window.first();
  EXPECT_EQ(first, kAll / 2 - RowWindow::kRows / 2);
  EXPECT_EQ(at(window, 0, KeysModel::NameRole), QString("key:%1").arg(first));

  model.remove("key:0");
  EXPECT_EQ(window.first(), first - 1);
  EXPECT_EQ(at(window, 0, KeysModel::NameRole), QString("key:%1").arg(first));
  model.remove("key:" + std::to_string(first));
  EXPECT_EQ(window.rowCount(), RowWindow::kRows) << "it fills up from below";
  EXPECT_EQ(at(window, 0, KeysModel::NameRole), QString("key:%1").arg(first + 1));
  model.remove("key:" + std::to_string(kAll - 1));
  EXPECT_EQ(window.rowCount(), RowWindow::kRows);

  // All that it shows goes, and there is something above.
  ASSERT_TRUE(window.hold(model.count() - 1));
  std::vector<Bytes> shown;
  for (int row = window.first(); row < model.count(); ++row) shown.push_back(*model.keyAt(row));
  model.removeAll(shown);
  EXPECT_EQ(window.rowCount(), std::min(model.count(), RowWindow::kRows));
  model.clear();
  EXPECT_EQ(window.rowCount(), 0);
}

TEST(WindowOfRows, ShowsTheLastOfTenMillionWhereAViewCanPlaceIt) {
  application();
  KeysModel model([](std::vector<int>, std::vector<Bytes>) {});
  constexpr int kAtOnce = 100'000;
  for (int i = 0; i < KeysModel::kMaxRows; i += kAtOnce) appendNumbered(model, i, i + kAtOnce);
  ASSERT_EQ(model.count(), 10'000'000);
  EXPECT_TRUE(model.isFull());
  model.append({"made by hand"});
  ASSERT_EQ(model.count(), 10'000'001) << "nothing is lost without a word";
  auto& window = *model.window();
  ASSERT_TRUE(window.hold(model.count() - 1));
  const int last = window.rowCount() - 1;
  EXPECT_EQ(at(window, last, KeysModel::NameRole), "made by hand");
  constexpr int kHighestRow = 50;
  EXPECT_LT(last * kHighestRow, 1 << 24) << "a float is exact up to there";
  for (int row = 0; row < KeysModel::kMaxRows; row += 1'000) {  // somebody scrolls through all of it
    window.hold(row);
    ASSERT_EQ(at(window, row - window.first(), KeysModel::NameRole), QString("key:%1").arg(row));
  }
}

TEST(KeyTreeOfTheApp, FollowsTheListWithoutLosingWhatIsOpen) {
  application();
  KeysModel keys([](std::vector<int>, std::vector<Bytes>) {});
  KeyTreeModel tree(keys);
  const Tester tester(&tree, Tester::FailureReportingMode::Fatal);
  keys.append({"a:1", "a:b:2", "c"});
  EXPECT_EQ(tree.count(), 0) << "nothing is counted for nobody";
  tree.setActive(true);
  ASSERT_EQ(tree.count(), 2);
  tree.toggle(0);
  ASSERT_EQ(tree.count(), 4);
  EXPECT_EQ(at(tree, 1, KeyTreeModel::LabelRole), "b");
  EXPECT_EQ(at(tree, 2, KeyTreeModel::LabelRole), "1");
  EXPECT_EQ(tree.parentOf(2), 0);
  keys.append({"a:0", "d:1"});
  ASSERT_TRUE(QTest::qWaitFor([&] { return tree.count() == 6; }));
  EXPECT_EQ(at(tree, 0, KeyTreeModel::KeysRole), "3");
  keys.removeAll({"a:1", "d:1"});
  ASSERT_TRUE(QTest::qWaitFor([&] { return tree.count() == 4; }));
  EXPECT_TRUE(tree.isExpanded(0));
  tree.toggle(0);
  EXPECT_EQ(tree.count(), 2);
}

TEST(KeyTreeOfTheApp, ShowsTheFirstThousandOfAFolderAndSaysHowManyMore) {
  application();
  KeysModel keys([](std::vector<int>, std::vector<Bytes>) {});
  KeyTreeModel tree(keys);
  const Tester tester(&tree, Tester::FailureReportingMode::Fatal);
  std::vector<Bytes> many;
  for (int i = 0; i < 1500; ++i) many.push_back("f:" + std::to_string(i));
  keys.append(std::move(many));
  tree.setActive(true);
  tree.toggle(0);
  EXPECT_EQ(tree.count(), 1002);
  EXPECT_EQ(at(tree, 1001, KeyTreeModel::KindRole), "more");
  EXPECT_EQ(tree.keyAt(1001), std::nullopt);
}

TEST(KeyTreeOfTheApp, SaysHowManyLieDeeperThanItTellsApart) {
  application();
  KeysModel keys([](std::vector<int>, std::vector<Bytes>) {});
  KeyTreeModel tree(keys);
  keys.append({"1:2:3:4:5:6:7:8:9:10:deep", "1:2:3:4:5:6:7:8:own"});
  tree.setActive(true);
  for (int row = 0; row < 8; ++row) tree.toggle(row);
  ASSERT_EQ(tree.count(), 10);
  EXPECT_EQ(at(tree, 8, KeyTreeModel::KindRole), "key");
  EXPECT_EQ(at(tree, 9, KeyTreeModel::KindRole), "more");
}

domain::ConnectionProfile profileNamed(std::string name, domain::Environment environment, std::string tag) {
  domain::ConnectionProfile profile;
  profile.id = ConnectionId::make(SystemClock().now());
  profile.name = std::move(name);
  profile.environment = environment;
  profile.tags = {std::move(tag)};
  return profile;
}

TEST(ConnectionsModelOfTheApp, GroupsProductionFirstAndFindsByTag) {
  application();
  const QTemporaryDir directory;
  EngineHost host(directory.path().toStdString());
  ConnectionsModel model(host);
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.assign({profileNamed("local", domain::Environment::dev, "mine"),
                profileNamed("orders", domain::Environment::prod, "eu"),
                profileNamed("carts", domain::Environment::prod, "us")});
  EXPECT_EQ(at(model, 0, ConnectionsModel::NameRole), "orders");
  EXPECT_EQ(at(model, 0, ConnectionsModel::HeadingRole), "Production");
  EXPECT_EQ(at(model, 1, ConnectionsModel::HeadingRole), "");
  EXPECT_EQ(at(model, 2, ConnectionsModel::HeadingRole), "Development");
  model.setFilter("EU");
  ASSERT_EQ(model.count(), 1);
  EXPECT_EQ(at(model, 0, ConnectionsModel::NameRole), "orders");
  EXPECT_EQ(model.total(), 3);
}

TEST(PreferencesOfTheApp, AreInTheFileOnceTheyAreGone) {
  application();
  const QTemporaryDir directory;
  const QString file = directory.filePath("app.ini");
  {
    Preferences preferences(file);
    preferences.setTheme("light");
    preferences.setTheme("dark");
    preferences.keep("width", 900);
    EXPECT_EQ(preferences.theme(), "dark");
    EXPECT_FALSE(QFile::exists(file)) << "the GUI thread does not wait for the disk";
    ASSERT_TRUE(QTest::qWaitFor([&] { return QFile::exists(file); }));
    preferences.keep("width", 1'000);
  }
  const Preferences again(file);
  EXPECT_EQ(again.theme(), "dark");
  EXPECT_EQ(again.kept("width", -1).toInt(), 1'000);
  EXPECT_EQ(again.kept("height", -1).toInt(), -1);
}

TEST(PreferencesOfTheApp, KeepATextSizeThatThereIs) {
  const QTemporaryDir directory;
  const QString file = directory.filePath("preferences.ini");
  EXPECT_EQ(ui::Preferences(file).textSize(), 100);
  ui::Preferences(file).setTextSize(125);
  EXPECT_EQ(ui::Preferences(file).textSize(), 125);
  ui::Preferences(file).setTextSize(130);
  EXPECT_EQ(ui::Preferences(file).textSize(), 100);
  QSettings(file, QSettings::IniFormat).setValue("textSize", "huge");
  EXPECT_EQ(ui::Preferences(file).textSize(), 100);
}

TEST(TextsOfTheApp, AreShortAndExact) {
  EXPECT_EQ(sizeText(120), "120 bytes");
  EXPECT_EQ(sizeText(1536), "1.5 KiB");
  EXPECT_EQ(durationText(std::chrono::seconds(3725)), "1 h 2 min");
  EXPECT_EQ(countText(12), "12");
  EXPECT_EQ(countText(1'204'000).remove(QChar(0x202F)), "1204000");
}

}  // namespace
}  // namespace cachify::ui
