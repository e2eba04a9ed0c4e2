// Filters, paging and search over the timeline, and the dashboard's roll-ups.

#include "events/workflow_events.hpp"
#include "unit/views_log.hpp"
#include "views/history_events.hpp"
#include "views/rollups.hpp"

namespace cachify::views {
namespace {

using namespace std::chrono_literals;
using namespace test;

class Queries : public ::testing::Test {
 protected:
  ReadModels& models() {
    if (models_ == nullptr) models_ = openViews(folder_ / "views", log_);
    holds(models_->catchUp(kAll));
    return *models_;
  }
  std::vector<log::Position> found(const HistoryFilter& filter) {
    std::vector<log::Position> positions;
    for (const auto& row : ask(models(), &listHistory, filter).rows) positions.push_back(row.position);
    return positions;
  }
  log::Position operation(std::string action, Bytes key, WallTime at = testEpoch(),
                          std::uint64_t connection = 1, std::chrono::microseconds duration = 1ms) {
    return log_.append(
        operationOf<events::OperationCompleted>(connection, std::move(action), std::move(key), duration), at);
  }

  TempFolder folder_;
  MemoryLog log_;
  std::unique_ptr<ReadModels> models_;
};

using HistoryQuery = Queries;
using RollUpQuery = Queries;
using Positions = std::vector<log::Position>;

TEST_F(HistoryQuery, PagesThroughEverythingOnceNewestFirst) {
  fillLog(log_, 40);
  Positions all;
  HistoryFilter filter{.limit = 7};
  while (true) {
    const auto page = ask(models(), &listHistory, filter);
    ASSERT_LE(page.rows.size(), 7U);
    for (const auto& row : page.rows) all.push_back(row.position);
    if (!page.next) break;
    filter.before = page.next;
  }
  EXPECT_EQ(all.size(), 3U + 80U + 10U);
  EXPECT_TRUE(std::ranges::is_sorted(all, std::greater()));
  EXPECT_EQ(std::ranges::adjacent_find(all), all.end());
}

TEST_F(HistoryQuery, FiltersByConnectionActionStatusSourceAndEnvironment) {
  fillLog(log_, 12);
  EXPECT_EQ(found({.status = "error"}).size(), 3U);
  EXPECT_EQ(found({.connectionId = connectionOf(1), .action = "keys.get"}).size(), 4U);
  EXPECT_EQ(found({.environment = "dev"}).size(), 3U);
  EXPECT_EQ(found({.source = "cli", .status = "success"}).size(), 24U + 3U);
  EXPECT_EQ(found({.source = "plugin"}).size(), 0U);
  EXPECT_EQ(found({.connectionId = connectionOf(0), .status = "error"}).size(), 3U - 2U);
}

TEST_F(HistoryQuery, FindsAPeriodEvenWhereTheClockWasSetBack) {
  const auto a = operation("keys.get", "a", testEpoch() + 5h);
  const auto b = operation("keys.get", "b", testEpoch());  // the clock went back five hours
  const auto c = operation("keys.get", "c", testEpoch() + 5h + 1s);
  const auto d = operation("keys.get", "d", testEpoch() + 9h);
  EXPECT_EQ(found({.from = testEpoch() + 5h, .to = testEpoch() + 6h}), (Positions{c, a}));
  EXPECT_EQ(found({.to = testEpoch() + 1us}), (Positions{b}));
  EXPECT_EQ(found({.from = testEpoch() + 5h + 1s}), (Positions{d, c}));
  EXPECT_EQ(found({.from = testEpoch() + 20h}), Positions{});
  EXPECT_EQ(found({.to = testEpoch()}), Positions{});
}

TEST_F(HistoryQuery, FindsWordsByTheirBeginningsInAnyTextColumn) {
  const auto a = operation("keys.get", "user:1001:profile");
  const auto b = operation("keys.get", "user:1002:\xff\xfesettings");
  auto failed = operationOf<events::OperationFailed>(1, "keys.set", "order:7", 1ms);
  failed.errorCode = "TIMEOUT";
  failed.message = "no answer from Zürich";
  const auto c = log_.append(failed);
  EXPECT_EQ(found({.text = "user:100"}), (Positions{b, a}));
  EXPECT_EQ(found({.text = "1001"}), Positions{a});
  EXPECT_EQ(found({.text = "sett"}), Positions{b});
  EXPECT_EQ(found({.text = "TIMEOUT zür"}), Positions{c});
  EXPECT_EQ(found({.text = "user timeout"}), Positions{});
  EXPECT_EQ(found({.text = "keys", .before = c}), (Positions{b, a}));
  EXPECT_EQ(found({.status = "error", .text = "keys"}), Positions{c});
}

TEST_F(HistoryQuery, TakesSearchSyntaxAsPlainText) {
  const auto a = operation("keys.get", "NOT \"quoted\" (x)");
  for (const std::string text : {"\"quoted", "NOT", "(x)", "key*", "a:\"", "- NOT", "x AND"}) {
    const auto result = ask(models(), &listHistory, HistoryFilter{.text = text});
    EXPECT_LE(result.rows.size(), 1U) << text;
  }
  EXPECT_EQ(found({.text = "\"quoted\""}), Positions{a});
  EXPECT_TRUE(models().read([](sqlite3& db) -> Result<void> {
    EXPECT_EQ(listHistory(db, {.text = "::"}).error().code, ErrorCode::validationError);
    return {};
  }));
}

TEST_F(HistoryQuery, FindsTheRowOfAnEvent) {
  const auto a = operation("keys.get", "a");
  EXPECT_TRUE(models().read([&](sqlite3& db) -> Result<void> {
    EXPECT_EQ(require(historyById(db, idOf(a))).keyOrPattern, "a");
    EXPECT_EQ(historyById(db, idOf(4711)).error().code, ErrorCode::notFound);
    return {};
  }));
}

TEST_F(RollUpQuery, CountsOperationsErrorsBlocksAndSlowOnesPerBucket) {
  const WallTime start = testEpoch() + 100s;  // a multiple of five minutes
  operation("keys.get", "a", start, 1, 10ms);
  operation("keys.get", "a", start + 1min, 2, 2s);
  log_.append(operationOf<events::OperationFailed>(1, "keys.set", "a", 20ms), start + 2min);
  log_.append(operationOf<events::OperationBlocked>(1, "keys.set", "a", 1us), start + 10min);
  const auto trend = ask(models(), &operationTrend, RollUpFilter{.from = start, .to = start + 1h});
  EXPECT_EQ(trend.interval, 5min);
  ASSERT_EQ(trend.buckets.size(), 2U);
  const auto& first = trend.buckets[0].counts;
  EXPECT_EQ(trend.buckets[0].start, start);
  EXPECT_EQ(first.operations, 3U);
  EXPECT_EQ(first.errors, 1U);
  EXPECT_EQ(first.slow, 1U);
  EXPECT_NEAR(static_cast<double>(first.p50.count()), 20'000, 20'000 / 64.0);
  EXPECT_NEAR(static_cast<double>(first.p95.count()), 2'000'000, 2'000'000 / 64.0);
  EXPECT_EQ(trend.buckets[1].counts.blocked, 1U);
  EXPECT_EQ(trend.buckets[1].counts.p95, 0us);
  const auto one = ask(models(), &operationTrend,
                       RollUpFilter{.from = start, .to = start + 1h, .connectionId = connectionOf(2)});
  ASSERT_EQ(one.buckets.size(), 1U);
  EXPECT_EQ(one.buckets[0].counts.operations, 1U);
}

TEST_F(RollUpQuery, CountsTheStepsOfARunWithItsConnectionThoughNotThoseThatWereSkipped) {
  const WallTime start = testEpoch() + 100s;
  const Uuid run = idOf(log_.append(events::RunStarted{.connectionId = connectionOf(1)}, start));
  const auto steps = [&]<class Step>(const Step& step, std::size_t count, const Uuid& ofRun) {
    log::Frame frame{.type = static_cast<std::uint16_t>(Step::kType), .recordedAt = start + 1s};
    frame.correlationId = ofRun;
    frame.payloads.assign(count, encode(step));
    log_.append(std::move(frame));
  };
  steps(events::StepSucceeded{.key = "a", .action = "delete"}, 3, run);
  static_cast<void>(models());  // what comes later finds the run in the file
  steps(events::StepFailed{.key = "b", .action = "delete", .errorCode = "TIMEOUT"}, 2, run);
  steps(events::StepSkipped{.key = "c", .action = "delete", .reason = "drift"}, 4, run);
  steps(events::StepSucceeded{.key = "d", .action = "delete"}, 5, idOf(4711));
  operation("keys.get", "a", start + 2s, 2, 10ms);
  const auto trend = ask(models(), &operationTrend, RollUpFilter{.from = start, .to = start + 1h});
  ASSERT_EQ(trend.buckets.size(), 1U);
  EXPECT_EQ(trend.buckets[0].counts.operations, 6U);
  EXPECT_EQ(trend.buckets[0].counts.errors, 2U);
  EXPECT_NEAR(static_cast<double>(trend.buckets[0].counts.p95.count()), 10'000, 10'000 / 64.0);
  const auto totals = ask(models(), &operationTotals, RollUpFilter{.from = start, .to = start + 1h});
  ASSERT_EQ(totals.cells.size(), 2U);
  EXPECT_EQ(totals.cells[0].connectionId, connectionOf(1));
  EXPECT_EQ(totals.cells[0].environment, "dev");
  EXPECT_EQ(totals.cells[0].counts.operations, 5U);
  EXPECT_EQ(totals.cells[0].counts.p95, 0us);
}

TEST_F(RollUpQuery, AnswersALongPeriodInFewCoarseBucketsWithTheSameSums) {
  constexpr int kDays = 120;
  for (int i = 0; i < kDays * 4; ++i)
    operation("keys.get", "a", testEpoch() + i * 6h, 1 + static_cast<unsigned>(i) % 2);
  const auto sumOf = [](const Trend& trend) {
    std::uint64_t sum = 0;
    for (const auto& bucket : trend.buckets) sum += bucket.counts.operations;
    return sum;
  };
  for (const auto interval : {5min, std::chrono::minutes(1h), std::chrono::minutes(24h)}) {
    const auto trend =
        ask(models(), &operationTrend,
            RollUpFilter{.from = testEpoch(), .to = testEpoch() + kDays * 24h, .interval = interval});
    EXPECT_LE(trend.buckets.size(), kMaxBuckets);
    EXPECT_GE(trend.interval, interval);
    EXPECT_EQ(sumOf(trend), kDays * 4U);
  }
}

TEST_F(RollUpQuery, SpreadsErrorsOverConnectionsAndTime) {
  fillLog(log_, 60);
  const RollUpFilter hour{.from = testEpoch(), .to = testEpoch() + 1h, .interval = 10min};
  const auto map = ask(models(), &operationHeatmap, hour);
  std::uint64_t errors = 0;
  for (const auto& cell : map.cells) errors += cell.counts.errors;
  EXPECT_EQ(errors, 15U);
  EXPECT_FALSE(map.truncated);
  EXPECT_GE(map.cells.size(), 18U);
  const auto totals = ask(models(), &operationTotals, hour);
  ASSERT_EQ(totals.cells.size(), 3U);
  EXPECT_EQ(totals.cells[0].environment, "staging");
  EXPECT_EQ(totals.cells[0].counts.operations + totals.cells[1].counts.operations +
                totals.cells[2].counts.operations,
            135U);
}

TEST_F(RollUpQuery, RefusesAnEmptyPeriodOrInterval) {
  EXPECT_TRUE(models().read([](sqlite3& db) -> Result<void> {
    EXPECT_EQ(operationTrend(db, {.from = testEpoch(), .to = testEpoch()}).error().code,
              ErrorCode::validationError);
    EXPECT_EQ(
        operationTrend(db, {.from = testEpoch(), .to = testEpoch() + 1h, .interval = 0min}).error().code,
        ErrorCode::validationError);
    return {};
  }));
}

}  // namespace
}  // namespace cachify::views
