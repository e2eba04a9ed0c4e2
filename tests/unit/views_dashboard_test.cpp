// Health by PRODUCT's rule, the dashboard over a period, and the servers' samples.

#include <cmath>
#include <random>

#include "events/sample_events.hpp"
#include "unit/views_log.hpp"
#include "views/dashboard.hpp"
#include "views/server_samples.hpp"

namespace cachify::views {
namespace {

using namespace std::chrono_literals;
using namespace test;
using domain::Health;

void createConnection(MemoryLog& log, std::uint64_t number) {
  log.append(events::ConnectionCreated{profileOf(number, "cache " + std::to_string(number))});
}

class DashboardQuery : public ::testing::Test {
 protected:
  DashboardQuery() { createConnection(log_, 1); }

  ReadModels& models() {
    if (models_ == nullptr) models_ = openViews(folder_ / "views", log_);
    holds(models_->catchUp(kAll));
    return *models_;
  }
  Dashboard shown(WallTime now, std::chrono::microseconds span = 1h) {
    return ask(models(), &dashboard, DashboardFilter{.from = now - span, .to = now, .now = now});
  }
  ConnectionHealth health(WallTime now) { return shown(now).health.at(0); }

  void completed(WallTime at, std::chrono::microseconds duration = 1ms) {
    log_.append(operationOf<events::OperationCompleted>(1, "keys.get", "k", duration), at);
  }
  void failed(WallTime at, std::string code = "TIMEOUT") {
    auto event = operationOf<events::OperationFailed>(1, "keys.get", "k", 1ms);
    event.errorCode = std::move(code);
    event.message = "it went wrong";
    log_.append(event, at);
  }

  TempFolder folder_;
  MemoryLog log_;
  std::unique_ptr<ReadModels> models_;
};

TEST_F(DashboardQuery, IsUnknownUntilItIsUsedThenHealthy) {
  const auto now = testEpoch() + 10min;
  EXPECT_EQ(health(now).health, Health::unknown);
  completed(now - 5s);
  EXPECT_EQ(health(now).health, Health::healthy);
  EXPECT_EQ(health(now).recent.operations, 1U);
}

TEST_F(DashboardQuery, IsDegradedFromAnErrorRateOf35PercentOverTheLastMinute) {
  const auto now = testEpoch() + 10min;
  for (int i = 0; i < 13; ++i) completed(now - 10s);
  for (int i = 0; i < 6; ++i) failed(now - 10s);
  EXPECT_EQ(health(now).health, Health::healthy) << "6 of 19";
  failed(now - 9s);
  EXPECT_EQ(health(now).health, Health::degraded) << "7 of 20";
  EXPECT_EQ(health(now + 52s).health, Health::healthy) << "a minute later it is over";
}

TEST_F(DashboardQuery, IsDegradedFromAP95OfTheSlowThreshold) {
  const auto now = testEpoch() + 10min;
  const auto threshold = health(now).state.slowThreshold;
  for (int i = 0; i < 19; ++i) completed(now - 10s);
  completed(now - 10s, threshold);
  EXPECT_EQ(health(now).health, Health::healthy) << "one in twenty is above the 95th percentile";
  completed(now - 9s, threshold);
  EXPECT_EQ(health(now).health, Health::degraded);
}

TEST_F(DashboardQuery, IsOfflineFromALossUntilItAnswersAgain) {
  const auto now = testEpoch() + 10min;
  completed(now - 30min);
  log_.append(
      events::ConnectionLost{{connectionOf(1), domain::Environment::staging}, "CONNECTION_FAILED", "refused"},
      now - 20min);
  auto one = health(now);
  EXPECT_EQ(one.health, Health::offline);
  EXPECT_EQ(one.state.errorCode, "CONNECTION_FAILED");
  EXPECT_EQ(one.state.since, now - 20min);
  failed(now - 10min, "CONNECTION_FAILED");
  EXPECT_EQ(health(now).state.since, now - 20min) << "since when, not when it was last tried";
  log_.append(events::HealthSample{{connectionOf(1), domain::Environment::staging}}, now - 1min);
  one = health(now);
  EXPECT_EQ(one.health, Health::healthy);
  EXPECT_EQ(one.state.errorCode, "");
  EXPECT_TRUE(one.state.sample);
}

TEST_F(DashboardQuery, ForgetsAConnectionThatWasRemoved) {
  completed(testEpoch());
  log_.append(events::ConnectionRemoved{connectionOf(1), "c"}, testEpoch() + 1s);
  EXPECT_TRUE(shown(testEpoch() + 1min).health.empty());
}

TEST_F(DashboardQuery, HasP50AndP95WithinTheHistogramsErrorOfTheExactOnes) {
  const auto now = testEpoch() + 1h;
  std::mt19937 random(7);  // NOLINT: the same in every run
  std::lognormal_distribution<double> skewed(8, 1.5);
  std::vector<std::int64_t> exact;
  for (int i = 0; i < 5'000; ++i) {
    exact.push_back(static_cast<std::int64_t>(skewed(random)));
    completed(now - 59min + i * 500ms, std::chrono::microseconds(exact.back()));
  }
  std::ranges::sort(exact);
  const auto all = shown(now);
  const auto rank = [&](double share) {
    return static_cast<double>(exact[static_cast<std::size_t>(std::ceil(share * 5'000)) - 1]);
  };
  const auto& counts = all.health.at(0).counts;
  EXPECT_EQ(counts.operations, 5'000U);
  EXPECT_NEAR(static_cast<double>(counts.p50.count()), rank(0.5), rank(0.5) / 64 + 1);
  EXPECT_NEAR(static_cast<double>(counts.p95.count()), rank(0.95), rank(0.95) / 64 + 1);
}

TEST_F(DashboardQuery, ShowsSlowOperationsAndEntriesOfSlowLogsInOneList) {
  const auto now = testEpoch() + 1h;
  completed(now - 5min, 2s);
  events::SlowLogSample entry{{connectionOf(1), domain::Environment::staging}};
  entry.runId = "r";
  entry.command = "KEYS";
  entry.keyOrPattern = "*";
  entry.duration = 90ms;
  entry.at = now - 4min;
  log_.append(entry, now - 1min);  // somebody looked only then
  completed(now - 3min);
  const auto slow = shown(now).slow;
  ASSERT_EQ(slow.size(), 2U);
  EXPECT_EQ(slow[0].action, "server.slowlog");
  EXPECT_EQ(slow[0].message, "KEYS");
  EXPECT_EQ(slow[0].keyOrPattern, "*");
  EXPECT_EQ(slow[0].duration, 90ms);
  EXPECT_EQ(slow[0].recordedAt, now - 4min) << "when it happened";
  EXPECT_EQ(slow[1].action, "keys.get");
}

TEST_F(DashboardQuery, TakesNoWholeRunAndNoActOnAProfileForAnOperationOfTheServer) {
  const auto now = testEpoch() + 1h;
  completed(now - 30s, 2ms);
  log_.append(operationOf<events::OperationCompleted>(1, "workflows.run", "tidy up", 2s), now - 20s);
  log_.append(operationOf<events::OperationCompleted>(1, "connections.edit", "cache 1", 1us), now - 10s);
  const auto health = shown(now).health.at(0);
  EXPECT_EQ(health.recent.operations, 2U) << "a person's two acts on the server";
  EXPECT_LE(health.recent.p95, 3ms);
  EXPECT_EQ(health.counts.operations, 2U);
  EXPECT_EQ(health.counts.slow, 0U);
  EXPECT_LE(health.counts.p95, 3ms);
  EXPECT_EQ(health.health, Health::healthy);
}

TEST_F(DashboardQuery, KnowsOfAConnectionThatOnlyARunUsed) {
  const auto now = testEpoch() + 1h;
  log_.append(operationOf<events::OperationCompleted>(1, "workflows.run", "tidy up", 2s), now - 20s);
  EXPECT_EQ(health(now).recent.operations, 1U);
  EXPECT_EQ(health(now).health, Health::healthy);
}

TEST_F(DashboardQuery, HasTrendAndHeatOfOneConnectionOnRequest) {
  createConnection(log_, 2);
  const auto now = testEpoch() + 1h;
  failed(now - 10min);
  log_.append(operationOf<events::OperationCompleted>(2, "keys.get", "k", 1ms), now - 10min);
  const auto all = shown(now);
  EXPECT_EQ(all.byEnvironment.cells.size(), 2U);
  ASSERT_EQ(all.trend.buckets.size(), 1U);
  EXPECT_EQ(all.trend.buckets[0].counts.operations, 2U);
  const auto one =
      ask(models(), &dashboard,
          DashboardFilter{.from = now - 1h, .to = now, .now = now, .connectionId = connectionOf(1)});
  ASSERT_EQ(one.health.size(), 1U);
  ASSERT_EQ(one.heatmap.cells.size(), 1U);
  EXPECT_EQ(one.heatmap.cells[0].counts.errors, 1U);
  EXPECT_EQ(one.byEnvironment.cells.size(), 1U);
  EXPECT_EQ(one.trend.buckets[0].counts.operations, 1U);
}

TEST_F(DashboardQuery, HasNoMoreHeatCellsThanMayBeHoweverLongThePeriod) {
  for (std::uint64_t c = 2; c <= 40; ++c) createConnection(log_, c);
  const auto now = testEpoch() + 24h * 30;
  for (auto at = testEpoch(); at < now; at += 12h) {
    for (std::uint64_t c = 1; c <= 40; ++c)
      log_.append(operationOf<events::OperationCompleted>(c, "keys.get", "k", 1ms), at);
  }
  const auto all = shown(now, 24h * 30);
  EXPECT_FALSE(all.heatmap.truncated);
  EXPECT_LE(all.heatmap.cells.size(), kMaxBuckets);
  std::uint64_t counted = 0;
  for (const auto& cell : all.heatmap.cells) counted += cell.counts.operations;
  EXPECT_EQ(counted, 60U * 40U);
}

TEST_F(DashboardQuery, RefusesAPeriodThatIsNone) {
  const auto now = testEpoch();
  holds(models().read([&](sqlite3& db) -> Result<void> {
    EXPECT_EQ(dashboard(db, {.from = now, .to = now, .now = now}).error().code, ErrorCode::validationError);
    return {};
  }));
}

TEST_F(DashboardQuery, KeepsSamplesPerMinuteAndPerHour) {
  const auto now = testEpoch() + 3h;
  for (int i = 0; i < 12; ++i) {
    events::HealthSample sample{{connectionOf(1), domain::Environment::staging}};
    sample.latency = std::chrono::microseconds(100 + i);
    sample.opsPerSecond = 10;
    sample.usedMemoryBytes = 1000U + static_cast<unsigned>(i);
    sample.hits = 3;
    sample.misses = 1;
    log_.append(sample, now - 2min + i * 10s);
  }
  const auto trend =
      ask(models(), &sampleTrend, SampleFilter{.connectionId = connectionOf(1), .from = now - 1h, .to = now});
  std::uint64_t samples = 0;
  for (const auto& bucket : trend.buckets) samples += bucket.samples;
  EXPECT_EQ(samples, 12U);
  EXPECT_EQ(trend.interval, 1min);
  const auto& last = trend.buckets.back();
  EXPECT_EQ(last.latencyMax, 111us);
  EXPECT_EQ(last.opsPerSecondMean, 10U);
  EXPECT_EQ(last.usedMemoryMaxBytes, 1011U);
  EXPECT_DOUBLE_EQ(last.hitRate().value(), 0.75);
  EXPECT_FALSE(last.clientsMax);
  const auto days = ask(models(), &sampleTrend,
                        SampleFilter{.connectionId = connectionOf(1), .from = now - 48h, .to = now});
  EXPECT_EQ(days.interval, 60min);
}

}  // namespace
}  // namespace cachify::views
