// A storm of failures is few alerts, for people and for publishers.

#include "support/engine_fixture.hpp"
#include "views/alert_deliveries.hpp"

namespace cachify::test {
namespace {

class AlertStorm : public EngineFixture {
 protected:
  template <class Answer, class Filter>
  Answer view(Result<Answer> (*query)(sqlite3&, const Filter&), const Filter& filter) {
    Answer answer{};
    EXPECT_TRUE(engine_->log().flush());
    EXPECT_TRUE(engine_->views().catchUp(engine_->log().head()->lastPosition));
    EXPECT_TRUE(engine_->views().read([&](sqlite3& db) -> Result<void> {
      auto asked = query(db, filter);
      if (!asked) return std::unexpected(asked.error());
      answer = *std::move(asked);
      return {};
    }));
    return answer;
  }
};

TEST_F(AlertStorm, OfTenThousandFailuresIsOneAlertWithTheirCountAndOneDelivery) {
  constexpr std::uint64_t kFailures = 10'000;
  std::uint16_t port = 0;
  {
    const RedisServer gone;
    port = gone.port();
  }
  const auto profile = add(draft(domain::CacheEngine::redis, port));
  const std::string file = data_ / "alerts.jsonl";
  actions::PublisherChange on{.enabled = true, .parameters = R"({"path":")" + file + R"("})"};
  ASSERT_TRUE(engine_->wait(engine_->alertPublishers().configure("file", std::move(on))));
  for (std::uint64_t i = 0; i < kFailures; ++i) {
    Bytes key = "k" + std::to_string(i);
    ASSERT_FALSE(engine_->wait(engine_->keys().get(profile, std::move(key), {}, {})));
  }
  const auto page = view(&views::listAlerts, views::AlertFilter{});
  std::uint64_t counted = 0;
  for (const auto& row : page.rows) counted += row.count;
  EXPECT_EQ(counted, kFailures);
  EXPECT_LE(page.rows.size(), 2U);
  using std::chrono_literals::operator""s;
  const auto report = engine_->wait(engine_->alertDelivery().deliverIfFree(CallContext::within(30s)));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->delivered, page.rows.size());
  EXPECT_EQ(view(&views::deliverySummary, std::string("file")).delivered, page.rows.size());
  EXPECT_EQ(framesOf(events::EventType::alertDelivered).size(), page.rows.size());
}

}  // namespace
}  // namespace cachify::test
