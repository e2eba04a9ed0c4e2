// What the observability and alerts pages compute before anything is drawn.

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QPointF>

#include "health_card.hpp"
#include "period.hpp"
#include "record_model.hpp"
#include "rule_form.hpp"
#include "trend_chart.hpp"
#include "views/dashboard.hpp"

namespace cachify::ui {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using RowTester = QAbstractItemModelTester;

const WallTime kNoon = std::chrono::sys_days{std::chrono::year{2026} / 3 / 10} + hours(12);

TEST(MergedRowsOfTheApp, LeaveUntouchedWhatIsTheSame) {
  RecordModel model({"name", "value"});
  const RowTester tester(&model, RowTester::FailureReportingMode::Fatal);
  model.assign({{"a", 1}, {"b", 2}, {"c", 3}});
  std::vector<int> changedRows;
  QObject::connect(&model, &RecordModel::dataChanged, &model,
                   [&](const QModelIndex& index) { changedRows.push_back(index.row()); });
  int resets = 0;
  QObject::connect(&model, &RecordModel::modelReset, &model, [&] { ++resets; });
  model.merge({{"a", 1}, {"b", 20}, {"c", 3}, {"d", 4}});
  EXPECT_EQ(changedRows, std::vector<int>{1});
  EXPECT_EQ(model.text(1, "value"), "20");
  EXPECT_EQ(model.count(), 4);
  model.merge({{"a", 1}});
  EXPECT_EQ(model.count(), 1);
  model.prepend({{"y", 0}, {"z", 0}});
  EXPECT_EQ(model.text(0, "name"), "y");
  EXPECT_EQ(model.text(2, "name"), "a");
  EXPECT_EQ(resets, 0);
}

TEST(PeriodsOfTheApp, EndNowOrBetweenTheTimesThatWereGiven) {
  const auto hour = spanOf("1h", {}, {}, kNoon);
  ASSERT_TRUE(hour);
  EXPECT_EQ(*hour, (Span{.from = kNoon - hours(1), .to = kNoon}));
  const auto custom = spanOf("custom", "2026-03-10 09:00", "2026-03-10 11:30", kNoon);
  ASSERT_TRUE(custom);
  EXPECT_EQ(custom->to - custom->from, minutes(150));
}

TEST(PeriodsOfTheApp, ThatAreNoneNameTheFieldToBlame) {
  const auto fieldOf = [](const Result<Span>& span) {
    return span ? std::string("none") : std::get<std::string>(*span.error().detail("field"));
  };
  EXPECT_EQ(fieldOf(spanOf("custom", "yesterday", "2026-03-10 11:30", kNoon)), "from");
  EXPECT_EQ(fieldOf(spanOf("custom", "2026-03-10 09:00", "2026-02-30 00:00", kNoon)), "to");
  EXPECT_EQ(fieldOf(spanOf("custom", "2026-03-10 09:00", "2026-03-10 09:00", kNoon)), "to");
}

TEST(ColumnsOfTime, CoverTheWholeSpanWithoutGapOrOverlap) {
  for (const auto length :
       {minutes(1), minutes(15), minutes(60), minutes(361), minutes(10'081), minutes(500'000)}) {
    const Span span{.from = kNoon - length - std::chrono::seconds(17), .to = kNoon + std::chrono::seconds(5)};
    const auto bucket = bucketFor(span);
    const views::TimeColumns columns(span, bucket, 80);
    ASSERT_LE(columns.count(), 80U) << length.count();
    EXPECT_LE(columns.span(0).from, span.from);
    EXPECT_GE(columns.span(columns.count() - 1).to, span.to);
    for (std::size_t i = 0; i < columns.count(); ++i) {
      EXPECT_EQ(columns.of(columns.span(i).from), i);
      if (i > 0) {
        EXPECT_EQ(columns.span(i).from, columns.span(i - 1).to);
      }
    }
  }
}

views::TrendBucket bucketAt(WallTime start, std::uint64_t operations, std::uint64_t errors, int p95Us) {
  return {.start = start,
          .counts = {.operations = operations,
                     .errors = errors,
                     .p50 = std::chrono::microseconds(p95Us / 2),
                     .p95 = std::chrono::microseconds(p95Us)}};
}

TEST(TrendChartOfTheApp, DrawsCountsAsSharesOfTheHighestColumn) {
  TrendChart chart;
  const RowTester tester(chart.columns(), RowTester::FailureReportingMode::Fatal);
  const Span span{.from = kNoon, .to = kNoon + minutes(5)};
  chart.assign({.interval = minutes(1),
                .buckets = {bucketAt(kNoon, 10, 5, 1'000), bucketAt(kNoon + minutes(2), 40, 0, 4'000)}},
               span);
  ASSERT_EQ(chart.columns()->count(), 5);
  EXPECT_DOUBLE_EQ(chart.columns()->value(0, "share").toDouble(), 0.25);
  EXPECT_DOUBLE_EQ(chart.columns()->value(0, "errorShare").toDouble(), 0.125);
  EXPECT_DOUBLE_EQ(chart.columns()->value(1, "share").toDouble(), 0);
  EXPECT_DOUBLE_EQ(chart.columns()->value(2, "share").toDouble(), 1);
  EXPECT_EQ(chart.mostOperations(), "40");
  EXPECT_EQ(chart.mostTime(), "4.0 ms");
}

TEST(TrendChartOfTheApp, BreaksTheLineWhereNothingWasMeasured) {
  TrendChart chart;
  const Span span{.from = kNoon, .to = kNoon + minutes(5)};
  chart.assign({.interval = minutes(1),
                .buckets = {bucketAt(kNoon, 1, 0, 1'000), bucketAt(kNoon + minutes(3), 1, 0, 2'000),
                            bucketAt(kNoon + minutes(4), 1, 0, 4'000)}},
               span);
  const auto lines = chart.lines(chart.version(), 95, 500, 100);
  ASSERT_EQ(lines.size(), 2);
  EXPECT_EQ(lines[1].toList().at(2).toPointF(), QPointF(450, 0)) << "the longest time is at the top";
}

views::ConnectionHealth healthNamed(std::string name, domain::Health health) {
  views::ConnectionHealth one;
  one.state.name = std::move(name);
  one.health = health;
  return one;
}

TEST(HealthCardsOfTheApp, ShowFirstWhoNeedsSomebody) {
  using domain::Health;
  const auto rows = healthRows({healthNamed("a", Health::unknown), healthNamed("b", Health::healthy),
                                healthNamed("c", Health::offline), healthNamed("d", Health::degraded)});
  std::string order;
  const auto name = healthFields().indexOf("name");
  for (const auto& row : rows) order += row[name].toString().toStdString();
  EXPECT_EQ(order, "cdba");
}

TEST(RuleFormOfTheApp, HoldsARuleAndGivesItBack) {
  domain::AlertRule rule{.id = AlertRuleId::make(kNoon),
                         .name = "slow",
                         .metric = domain::AlertMetric::p95Ms,
                         .comparator = domain::Comparator::atLeast,
                         .threshold = 12.5,
                         .lookBack = minutes(30),
                         .severity = domain::Severity::critical,
                         .environment = domain::Environment::prod};
  const auto back = ruleOf(ruleForm(rule));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back, rule);
}

TEST(RuleFormOfTheApp, SaysWhichFieldIsWrong) {
  const auto fieldOf = [](const char* field, const char* value) {
    auto form = emptyRuleForm();
    form["name"] = "rule";
    form["threshold"] = "0.5";
    form[field] = value;
    const auto rule = ruleOf(form);
    return rule ? std::string("none") : std::get<std::string>(*rule.error().detail("field"));
  };
  EXPECT_EQ(fieldOf("name", "rule"), "none");
  EXPECT_EQ(fieldOf("name", "  "), "name");
  EXPECT_EQ(fieldOf("threshold", "much"), "threshold");
  EXPECT_EQ(fieldOf("threshold", "2"), "threshold");
  EXPECT_EQ(fieldOf("lookBackMinutes", "1441"), "lookBackMinutes");
  EXPECT_EQ(fieldOf("lookBackMinutes", "5.5"), "lookBackMinutes");
  EXPECT_EQ(fieldOf("metric", "load"), "metric");
}

}  // namespace
}  // namespace cachify::ui
