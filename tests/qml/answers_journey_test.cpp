// Answers that come late, or not at all; and what is said where something is asked for that cannot be.

#include <QSignalSpy>
#include <QTest>
#include <QTranslator>
#include <set>

#include "connections_model.hpp"
#include "engine_host.hpp"
#include "observatory.hpp"
#include "preferences.hpp"
#include "qml/journey.hpp"
#include "workspace.hpp"

namespace cachify::test {
namespace {

class AnswersInTheApp : public JourneyInTheApp {
 protected:
  QString typeOf(int row) {
    auto& keys = *app_.studio().workspace()->keys();
    return keys.data(keys.index(row), ui::KeysModel::TypeRole).toString();
  }
};

TEST_F(AnswersInTheApp, WhatTheConnectionBeforeKnewOfAKeyIsNotShownInTheListOfTheNext) {
  RedisServer other;
  RedisCli otherCli(other);
  redis({"SET", "same", "text"});
  otherCli.must({"RPUSH", "same", "item"});
  connect("local");
  app_.wait([&] { return typeOf(0) == "string"; }, "the type");
  const auto id = app_.addConnection("other", other.port());
  redis({"CLIENT", "PAUSE", "1000", "ALL"});
  app_.studio().workspace()->keys()->forget("same");
  QTest::qWait(200);  // until it is asked
  app_.studio().workspace()->open(id);
  app_.wait([&] { return typeOf(0) == "list"; }, "the type there");
  QTest::qWait(1500);  // until the first server answered
  EXPECT_EQ(typeOf(0), "list");
}

TEST_F(AnswersInTheApp, WhatCouldNotBeLearntOfTheKeysInSightIsAskedAgainWhenOneIsOpened) {
  redis({"SET", "first", "x"});
  redis({"SET", "second", "x"});
  connect("local");
  app_.wait([&] { return !typeOf(0).isEmpty() && !typeOf(1).isEmpty(); }, "the types");
  auto& keys = *app_.studio().workspace()->keys();
  app_.leaveOut([&] { server_.process().kill(); });
  for (const auto* key : {"first", "second"}) keys.forget(key);
  QTest::qWait(3000);  // until nothing came of it
  app_.leaveOut([&] { server_.restart(); });
  RedisCli again(server_);
  for (const auto* key : {"first", "second"}) again.must({"SET", key, "x"});
  const QSignalSpy told(&keys, &ui::KeysModel::dataChanged);
  app_.clickRow("keyList", 0, 36);
  app_.wait([&] { return told.count() >= 3; }, "what is known of both");
  EXPECT_EQ(typeOf(0), "string");
  EXPECT_EQ(typeOf(1), "string");
}

TEST_F(AnswersInTheApp, TheRunsAreThoseOfTheLastFilterThatWasChosen) {
  connect("local");
  auto& workspace = *app_.studio().workspace();
  redis({"SET", "k", "x"});
  workspace.scan();
  app_.wait([&] { return workspace.keys()->count() == 1; }, "the key");
  workspace.keys()->toggle(0);
  workspace.planDeletion();
  app_.wait([&] { return !workspace.bulk()->planId().isEmpty(); }, "the dry run");
  auto& desk = *app_.studio().workflows();
  desk.loadHistory();
  app_.wait([&] { return desk.history()->count() == 1; }, "the history");
  for (int round = 0; round < 20; ++round) {
    for (int change = 0; change < 10; ++change) desk.setStatusFilter(change % 2 == 0 ? "" : "error");
    QTest::qWait(60);
    ASSERT_EQ(desk.history()->count(), 0) << "none failed";
  }
}

TEST_F(AnswersInTheApp, TheEventThatWasChosenLastIsTheOneThatIsShown) {
  connect("local");
  auto& audit = *app_.studio().audit();
  for (int round = 0; round < 20; ++round) {
    for (const auto* position : {"1", "2", "1", "2", "1", "2"}) audit.inspect(position);
    QTest::qWait(60);
    ASSERT_EQ(audit.inspected().value("position"), "2");
  }
}

TEST_F(AnswersInTheApp, AnUndoOfADeletionIsOfferedOnItsOwnConnectionAlone) {
  redis({"EVAL", "for i=1,9000 do redis.call('SET','key'..i,'x') end return 1", "0"});
  connect("live", "prod");
  const auto id = app_.addConnection("other", server_.port(), "1");
  auto& workspace = *app_.studio().workspace();
  app_.wait([&] { return workspace.keys()->count() == 9000; }, "the keys");
  workspace.keys()->toggle(0);
  workspace.keys()->selectTo(workspace.keys()->count() - 1);
  workspace.planDeletion();
  app_.wait([&] { return !workspace.bulk()->planId().isEmpty() && !workspace.bulk()->running(); },
            "the plan");
  const QSignalSpy ended(workspace.bulk(), &ui::BulkRun::ended);
  workspace.bulk()->run("live");
  workspace.open(id);
  ASSERT_EQ(ended.count(), 0);
  app_.wait([&] { return ended.count() == 1; }, "the end");
  QTest::qWait(300);
  EXPECT_EQ(app_.find("toastAction"), nullptr);
}

TEST_F(AnswersInTheApp, ADryRunThatWasMadeBeforeStillShowsWhatItPlanned) {
  for (int i = 0; i < 4; ++i) redis({"SET", "tmp:" + std::to_string(i), "x"});
  connect("local");
  auto& desk = beginDryRun("tmp:*");
  app_.wait([&] { return desk.run()->plan()->steps()->count() == 4; }, "the plan");
  app_.wait([&] { return desk.history()->count() == 1; }, "the history");
  const auto* tab = app_.find("workflowTab");
  QTest::mouseClick(&app_.window(), Qt::LeftButton, Qt::NoModifier,
                    tab->mapToScene({tab->width() - 20, tab->height() / 2}).toPoint());
  app_.clickRow("runList", 0, 48);
  app_.wait([&] { return desk.inspectedPlan()->steps()->count() == 4; }, "what was planned");
  EXPECT_NE(app_.find("runPlanned"), nullptr);
  EXPECT_EQ(app_.find("runSteps"), nullptr);
}

/// Left edges of the visible texts that read so, in the window.
std::set<int> leftOf(QQuickItem* within, const QString& text) {
  std::set<int> edges;
  if (!within->isVisible()) return edges;
  if (within->property("text") == text && within->inherits("QQuickText"))
    edges.insert(qRound(within->mapToScene({0, 0}).x()));
  for (auto* child : within->childItems()) edges.merge(leftOf(child, text));
  return edges;
}

TEST_F(AnswersInTheApp, TheHeadsOfATableStandOverItsColumnsAtAnySizeOfTheText) {
  redis({"SET", "some:key", "x"});
  connect("local");
  app_.openKey("some:key");
  edit("y");
  app_.click("saveValue");
  app_.wait([&] { return redis({"GET", "some:key"}) == "y"; }, "the value");
  auto* all = app_.window().contentItem();
  for (const int size : {100, 150, 100}) {
    app_.studio().preferences()->setTextSize(size);
    app_.press(Qt::Key_6, Qt::ControlModifier);
    app_.wait([&] { return !leftOf(all, "some:key").empty(); }, "the key in the log");
    QTest::qWait(300);
    EXPECT_EQ(leftOf(all, "Key or pattern"), leftOf(all, "some:key")) << "audit, " << size << " %";
    app_.press(Qt::Key_1, Qt::ControlModifier);
  }
}

TEST_F(AnswersInTheApp, ATextThatCannotBeSearchedForIsToldAtTheField) {
  redis({"SET", "some:key", "x"});
  connect("local");
  app_.openKey("some:key");
  app_.press(Qt::Key_4, Qt::ControlModifier);
  const auto* tab = app_.find("observabilityTabs");
  QTest::mouseClick(&app_.window(), Qt::LeftButton, Qt::NoModifier,
                    tab->mapToScene({tab->width() / 2, tab->height() / 2}).toPoint());
  auto& timeline = *app_.studio().observatory()->timeline();
  app_.wait([&] { return timeline.rows()->count() > 0; }, "what happened");
  app_.type("timelineText", "***");
  app_.press(Qt::Key_Return);
  app_.wait([&] { return app_.find("timelineTextError") != nullptr; }, "the word at the field");
  EXPECT_FALSE(timeline.error().present());
  EXPECT_GT(timeline.rows()->count(), 0) << "the list stays";
  app_.type("timelineText", "some");
  app_.press(Qt::Key_Return);
  app_.wait([&] { return app_.find("timelineTextError") == nullptr; }, "no word any more");
}

/// A language in which every word has brackets.
class Bracketed : public QTranslator {
 public:
  [[nodiscard]] bool isEmpty() const override { return false; }
  [[nodiscard]] QString translate(const char*, const char* text, const char*, int) const override {
    return QStringLiteral("[%1]").arg(text);
  }
};

TEST_F(AnswersInTheApp, AStatusIsAWordInTheLanguageOfTheApp) {
  Bracketed language;
  QCoreApplication::installTranslator(&language);
  EXPECT_EQ(app_.studio().statusText("interrupted"), "[interrupted]");
  EXPECT_EQ(app_.studio().statusText("of a plugin"), "of a plugin");
  QCoreApplication::removeTranslator(&language);
}

/// The engine of this host is not open: whatever is asked fails.
TEST(WorkspaceOfTheApp, StaysOpenWhereTheProfilesCannotBeReadAgain) {
  const QTemporaryDir directory;
  ui::EngineHost host(directory.path().toStdString());
  ui::ConnectionsModel connections(host);
  ui::Workspace workspace(host, connections);
  domain::ConnectionProfile profile;
  profile.id = ConnectionId(Uuid::makeV7(SystemClock().now()));
  connections.assign({profile});
  workspace.open(connections.idAt(0));
  connections.reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return connections.error().present(); }));
  EXPECT_TRUE(workspace.active());
}

}  // namespace
}  // namespace cachify::test
