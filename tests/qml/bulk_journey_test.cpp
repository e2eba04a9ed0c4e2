// Bulk work, in the real window over a real redis-server: plans, runs, and the way back.

#include <QSignalSpy>
#include <QTest>

#include "qml/journey.hpp"

namespace cachify::test {
namespace {

TEST_F(JourneyInTheApp, APlanGoesWithTheConnectionItWasMadeFor) {
  redis({"SET", "tmp:1", "x"});
  connect("local");
  app_.clickRow("keyList", 0, 36, Qt::ControlModifier);
  app_.click("deleteSelected");
  auto& workspace = *app_.studio().workspace();
  app_.wait([&] { return workspace.bulk()->plan()->steps()->count() == 1; }, "the plan");
  workspace.close();
  EXPECT_EQ(workspace.bulk()->planId(), "");
  EXPECT_EQ(workspace.bulk()->plan()->steps()->count(), 0);
}

TEST_F(JourneyInTheApp, ManyKeysOnProdGoByAFreshDryRunAndComeBackTogether) {
  for (int i = 0; i < 5; ++i) redis({"SET", "cart:" + std::to_string(i), "full"});
  connect("orders", "prod");
  for (int row = 0; row < 5; ++row) app_.clickRow("keyList", row, 36, Qt::ControlModifier);
  ASSERT_EQ(app_.studio().workspace()->keys()->selectedCount(), 5);
  app_.click("deleteSelected");
  auto& bulk = *app_.studio().workspace()->bulk();
  app_.wait([&] { return bulk.plan()->steps()->count() == 5 && !bulk.running(); }, "the plan");
  EXPECT_EQ(redis({"DBSIZE"}), "5") << "a dry run changes nothing";
  EXPECT_FALSE(app_.find("askAccept")->isEnabled());
  redis({"SET", "cart:3", "changed by somebody else"});
  app_.type("askTyped", "orders");
  app_.click("askAccept");
  app_.wait([&] { return !bulk.running() && bulk.planTotal() == 0; }, "the end of the run");
  EXPECT_EQ(redis({"DBSIZE"}), "1") << "what changed since the plan is left alone";
  EXPECT_EQ(app_.logged("workflow.finished"), 2) << "the dry run and the run";

  app_.click("toastAction");
  app_.type("askTyped", "orders");
  app_.click("askAccept");
  app_.wait([&] { return redis({"DBSIZE"}) == "5"; }, "the keys");
  EXPECT_EQ(redis({"GET", "cart:1"}), "full");
}

TEST_F(JourneyInTheApp, DryRunThenRunThenRollBackTheRun) {
  for (int i = 0; i < 40; ++i) redis({"SET", "tmp:" + std::to_string(i), "x"});
  redis({"SET", "keep", "y"});
  connect("local");
  auto& desk = beginDryRun("tmp:*");
  app_.wait([&] { return desk.run()->plan()->steps()->count() == 40; }, "the plan");
  EXPECT_EQ(redis({"DBSIZE"}), "41");
  app_.click("runPlan");
  app_.click("askAccept");
  app_.wait([&] { return redis({"DBSIZE"}) == "1"; }, "the deletion");
  app_.wait([&] { return !desk.run()->running() && desk.history()->count() == 2; }, "the history");

  app_.studio().workflows()->loadHistory();
  const auto tab = app_.find("workflowTab");
  QTest::mouseClick(&app_.window(), Qt::LeftButton, Qt::NoModifier,
                    tab->mapToScene({tab->width() - 20, tab->height() / 2}).toPoint());
  app_.clickRow("runList", 0, 48);
  app_.wait([&] { return desk.steps()->count() == 40; }, "the steps of the run");
  app_.click("rollBackRun");
  app_.click("askAccept");
  app_.wait([&] { return redis({"DBSIZE"}) == "41"; }, "the keys");
  app_.wait([&] { return !desk.run()->running(); }, "the end");
  EXPECT_EQ(app_.logged("workflow.finished"), 3);
}

TEST_F(JourneyInTheApp, WhatARollBackCameToIsToldThoughTheConnectionsAreReadAgain) {
  redis({"SET", "tmp:1", "x"});
  connect("local");
  app_.clickRow("keyList", 0, 36, Qt::ControlModifier);
  app_.click("deleteSelected");
  auto& studio = app_.studio();
  auto& deletion = *studio.workspace()->bulk();
  app_.wait([&] { return deletion.plan()->steps()->count() == 1 && !deletion.running(); }, "the plan");
  QString executionId;
  QObject::connect(&deletion, &ui::BulkRun::ended, [&](const QString& id) { executionId = id; });
  deletion.run({});
  app_.wait([&] { return !executionId.isEmpty() && redis({"DBSIZE"}) == "0"; }, "the deletion");

  auto& run = *studio.workflows()->run();  // that nothing was begun with yet
  run.rollBack(executionId, {});
  app_.wait([&] { return !run.running() && !run.outcome().isEmpty(); }, "the outcome");
  QSignalSpy changed(studio.workspace(), &ui::Workspace::connectionChanged);
  studio.connections()->reload();
  app_.wait([&] { return !changed.isEmpty(); }, "the connections");
  EXPECT_FALSE(run.outcome().isEmpty());
  EXPECT_EQ(redis({"GET", "tmp:1"}), "x");
}

TEST_F(JourneyInTheApp, ARunIsTakenUpAgainThoughTheHistoryHasMovedOn) {
  for (const auto* key : {"a:1", "b:1", "b:2"}) redis({"SET", key, "x"});
  connect("local");
  auto& desk = *app_.studio().workflows();
  desk.load();
  app_.wait([&] { return desk.templates()->count() >= 3; }, "the templates");
  const auto dryRunOf = [&](const QString& pattern, int runs) {
    desk.choose(0);
    desk.setField(desk.fields()->find("name", "pattern"), pattern);
    desk.dryRun();
    app_.wait([&] { return !desk.run()->running() && desk.history()->count() == runs; }, "the history");
  };
  dryRunOf("a:*", 1);
  desk.inspect(desk.history()->text(0, "executionId"));
  dryRunOf("b:*", 2);
  desk.rerunInspected();
  app_.wait([&] { return !desk.run()->running() && desk.run()->plan()->steps()->count() > 0; }, "the plan");
  EXPECT_EQ(desk.run()->plan()->steps()->text(0, "key"), "a:1");
  desk.setStatusFilter("running");
  app_.wait([&] { return desk.history()->count() == 0; }, "a history without it");
  desk.editInspected();
  EXPECT_EQ(desk.fields()->text(desk.fields()->find("name", "pattern"), "text"), "a:*");
}

}  // namespace
}  // namespace cachify::test
