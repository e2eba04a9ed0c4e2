// Connections that are opened, lost and restored, in the timeline and in the roll-ups.

#include "unit/views_log.hpp"
#include "views/history_events.hpp"
#include "views/rollups.hpp"

namespace cachify::views {
namespace {

using namespace std::chrono_literals;
using namespace test;

class ConnectionLifeViews : public ::testing::Test {
 protected:
  void project() {
    models_ = openViews(folder_ / "views", log_);
    ASSERT_TRUE(holds(models_->catchUp(kAll)));
  }
  const events::ConnectionNoticed onStaging_{connectionOf(1), domain::Environment::staging};
  TempFolder folder_;
  MemoryLog log_;
  std::unique_ptr<ReadModels> models_;
};

TEST_F(ConnectionLifeViews, TheTimelineTellsWhatWasLostAndForHowLong) {
  log_.append(events::ConnectionOpened{onStaging_, 300us});
  loseAndRestore(log_, 1, testEpoch() + 10s);
  project();
  const auto page = ask(*models_, &listHistory, HistoryFilter{.connectionId = connectionOf(1)});
  ASSERT_EQ(page.rows.size(), 3U);
  const HistoryRow& opened = page.rows[2];
  EXPECT_EQ(opened.action, "connection.opened");
  EXPECT_EQ(opened.status, "success");
  EXPECT_EQ(opened.environment, "staging");
  EXPECT_FALSE(opened.duration);
  const HistoryRow& lost = page.rows[1];
  EXPECT_EQ(lost.type, "connection.lost");
  EXPECT_EQ(lost.status, "error");
  EXPECT_EQ(lost.errorCode, "CONNECTION_FAILED");
  EXPECT_EQ(lost.message, "the server closed the connection");
  const HistoryRow& restored = page.rows[0];
  EXPECT_EQ(restored.action, "connection.restored");
  EXPECT_EQ(restored.duration, 4s);
  EXPECT_EQ(restored.attempts, 5U);
  EXPECT_FALSE(restored.slow);
}

TEST_F(ConnectionLifeViews, ALossIsFoundAmongTheTroublesAndByItsWords) {
  loseAndRestore(log_, 1, testEpoch());
  project();
  EXPECT_EQ(ask(*models_, &listHistory, HistoryFilter{.status = "error"}).rows.size(), 1U);
  EXPECT_EQ(ask(*models_, &listHistory, HistoryFilter{.text = "connection.lost closed"}).rows.size(), 1U);
}

TEST_F(ConnectionLifeViews, ReconnectsAreCountedPerConnectionAndAreNoOperations) {
  loseAndRestore(log_, 1, testEpoch());
  loseAndRestore(log_, 1, testEpoch() + 10min);
  loseAndRestore(log_, 2, testEpoch() + 10min);
  log_.append(operationOf<events::OperationCompleted>(1, "keys.get", "k", 1ms), testEpoch() + 10min);
  log_.append(events::ConnectionOpened{onStaging_, 300us}, testEpoch() + 20min);
  project();
  const RollUpFilter hour{.from = testEpoch(), .to = testEpoch() + 1h};
  const auto totals = ask(*models_, &operationTotals, hour);
  ASSERT_EQ(totals.cells.size(), 2U);
  EXPECT_EQ(totals.cells[0].counts.reconnects, 2U);
  EXPECT_EQ(totals.cells[0].counts.operations, 1U);
  EXPECT_EQ(totals.cells[1].counts.reconnects, 1U);
  EXPECT_EQ(totals.cells[1].counts.operations, 0U);
  const auto trend = ask(*models_, &operationTrend, hour);
  ASSERT_EQ(trend.buckets.size(), 2U) << "what is opened is no reconnect";
  EXPECT_EQ(trend.buckets[0].counts.reconnects, 1U);
  EXPECT_EQ(trend.buckets[1].counts.reconnects, 2U);
}

TEST_F(ConnectionLifeViews, TheRowsDoNotDependOnHowTheEventsWereCutIntoBatches) {
  for (int i = 0; i < 20; ++i) loseAndRestore(log_, static_cast<std::uint64_t>(i % 2), testEpoch() + i * 40s);
  project();
  const std::string inOneGo = digestOf(*models_);
  log_.framesPerBatch = 1;
  const auto others = openViews(folder_ / "others", log_);
  ASSERT_TRUE(holds(others->catchUp(kAll)));
  EXPECT_EQ(digestOf(*others), inOneGo);
}

}  // namespace
}  // namespace cachify::views
