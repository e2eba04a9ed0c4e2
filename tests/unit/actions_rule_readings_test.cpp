// Rules on what the servers' samples told.

#include <gmock/gmock.h>

#include "actions/alerts/rule_readings.hpp"
#include "events/sample_events.hpp"
#include "unit/views_log.hpp"

namespace cachify::actions {
namespace {

using namespace std::chrono_literals;
using domain::AlertMetric;
namespace vt = views::test;

class RuleReadings : public ::testing::Test {
 protected:
  void sample(std::uint64_t connection, WallTime at, std::uint64_t opsPerSecond, std::uint64_t clients) {
    events::HealthSample sample{{vt::connectionOf(connection), domain::Environment::dev}};
    sample.latency = std::chrono::microseconds(100 * clients);
    sample.opsPerSecond = opsPerSecond;
    sample.usedMemoryBytes = 1000 * clients;
    sample.clients = clients;
    sample.hits = 1;
    sample.misses = clients - 1;
    sample.evictions = 2;
    sample.replicationLagMs = 10 * clients;
    log_.append(sample, at);
  }
  std::vector<RuleReading> read(AlertMetric metric, double threshold = 0) {
    const auto models = vt::openViews(folder_ / "views", log_);
    EXPECT_TRUE(models->catchUp(vt::kAll));
    const std::vector profiles{vt::profileOf(1, "busy"), vt::profileOf(2, "silent")};
    std::vector<RuleReading> readings;
    EXPECT_TRUE(models->read([&](sqlite3& db) -> Result<void> {
      auto all = readRule(db, {.name = "r", .metric = metric, .threshold = threshold}, profiles, now_);
      if (!all) return std::unexpected(all.error());
      readings = *std::move(all);
      return {};
    }));
    return readings;
  }
  double valueOf(AlertMetric metric) {
    const auto readings = read(metric);
    EXPECT_EQ(readings.size(), 1U) << "nothing is read of a connection without samples";
    return readings.empty() ? -1 : readings.front().value;
  }

  const WallTime now_ = vt::testEpoch() + 1h;
  vt::TempFolder folder_;
  vt::MemoryLog log_;
};

TEST_F(RuleReadings, OfSamplesAreOverTheLookBackAlone) {
  sample(1, now_ - 20min, 90'000, 500);
  sample(1, now_ - 3min, 100, 4);
  sample(1, now_ - 2min, 300, 6);
  EXPECT_DOUBLE_EQ(valueOf(AlertMetric::opsPerSecond), 200);
  EXPECT_DOUBLE_EQ(valueOf(AlertMetric::clients), 6);
  EXPECT_DOUBLE_EQ(valueOf(AlertMetric::usedMemoryBytes), 6000);
  EXPECT_DOUBLE_EQ(valueOf(AlertMetric::pingMs), 0.6);
  EXPECT_DOUBLE_EQ(valueOf(AlertMetric::hitRate), 0.2);
  EXPECT_DOUBLE_EQ(valueOf(AlertMetric::evictions), 4);
  EXPECT_DOUBLE_EQ(valueOf(AlertMetric::replicationLagMs), 60);
}

TEST_F(RuleReadings, OfSamplesAreMetOrNot) {
  sample(1, now_ - 1min, 100, 4);
  EXPECT_TRUE(read(AlertMetric::opsPerSecond, 99).at(0).isMet);
  EXPECT_FALSE(read(AlertMetric::opsPerSecond, 100).at(0).isMet);
  sample(1, now_ - 2min, 101, 4);
  EXPECT_TRUE(read(AlertMetric::opsPerSecond, 100).at(0).isMet) << "of 100.5 nothing is cut off";
}

}  // namespace
}  // namespace cachify::actions
