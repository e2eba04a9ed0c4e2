// Alerts read and unread, and what is due for delivery.

#include "events/alert_delivery_events.hpp"
#include "unit/views_log.hpp"
#include "views/alert_deliveries.hpp"
#include "views/alert_events.hpp"

namespace cachify::views {
namespace {

using namespace std::chrono_literals;
using namespace test;

using AlertCentre = ProjectedLog;

TEST_F(AlertCentre, AGroupLastsAnHourAtMostSoThatWhatDoesNotEndIsToldAgain) {
  const events::AlertRaised alert{.title = "t", .message = "m", .source = "app"};
  for (int i = 0; i <= 18; ++i) log_.append(alert, testEpoch() + i * 4min);
  project();
  const auto page = ask(models(), &listAlerts, AlertFilter{});
  ASSERT_EQ(page.rows.size(), 2U);
  EXPECT_EQ(page.rows[1].count, 16U);
  EXPECT_EQ(page.rows[0].count, 3U);
}

TEST_F(AlertCentre, WhatWasReadIsReadAndANewOneOpensAnotherGroup) {
  const events::AlertRaised alert{.title = "t", .message = "m", .source = "app"};
  const auto first = log_.append(alert);
  auto other = alert;
  other.title = "u";
  log_.append(other);
  project();
  const Uuid id = ask(models(), &listAlerts, AlertFilter{}).rows[1].id;
  EXPECT_EQ(ask(models(), &findAlert, id)->position, first);
  log_.append(events::AlertRead{.alertIds = {id}});
  log_.append(alert);
  project();
  EXPECT_EQ(ask(models(), &listAlerts, AlertFilter{}).rows.size(), 3U);
  EXPECT_EQ(ask(models(), &listAlerts, AlertFilter{}).unread, 2U);
  log_.append(events::AlertRead{.alertIds = {}, .upToPosition = 3});
  project();
  EXPECT_EQ(ask(models(), &listAlerts, AlertFilter{.unreadOnly = true}).rows.size(), 1U);
}

TEST_F(AlertCentre, WhatIsDueIsWhatIsNewLoudEnoughAndNotWaiting) {
  const auto raise = [&](const std::string& title, events::Severity severity) {
    log_.append(events::AlertRaised{.severity = severity, .title = title, .message = "m", .source = "app"});
  };
  raise("before", events::Severity::critical);
  raise("a", events::Severity::warning);
  raise("quiet", events::Severity::info);
  raise("b", events::Severity::critical);
  project();
  DueFilter filter{
      .publisher = "p", .after = 1, .minSeverity = events::Severity::warning, .now = testEpoch()};
  const auto titles = [&] {
    std::string all;
    for (const auto& due : ask(models(), &dueAlerts, filter))
      all += due.alert.title + std::to_string(due.attempts) + " ";
    return all;
  };
  EXPECT_EQ(titles(), "a0 b0 ");
  const auto due = ask(models(), &dueAlerts, filter);
  log_.append(events::AlertDelivered{"p", due[1].alert.id, 1, 1, {}});
  log_.append(events::AlertDeliveryFailed{"p", due[0].alert.id, 1, {}, "down", testEpoch() + 10s, false});
  raise("c", events::Severity::warning);
  project();
  EXPECT_EQ(titles(), "c0 ");
  filter.now = testEpoch() + 10s;
  EXPECT_EQ(titles(), "c0 a1 ");
  log_.append(events::AlertDeliveryFailed{"p", due[0].alert.id, 2, {}, "429", testEpoch() + 20s, true});
  project();
  EXPECT_EQ(titles(), "");  // the receiver wants quiet
  log_.append(events::AlertParked{"p", due[0].alert.id, 3, "down"});
  project();
  EXPECT_EQ(titles(), "c0 ");
  EXPECT_EQ(ask(models(), &deliverySummary, std::string("p")).parked, 1U);
  log_.append(events::AlertReplayed{"p", {due[0].alert.id}});
  project();
  EXPECT_EQ(titles(), "a0 c0 ");
  EXPECT_EQ(ask(models(), &deliveriesOf, due[1].alert.id).front().status, "delivered");
}

}  // namespace
}  // namespace cachify::views
