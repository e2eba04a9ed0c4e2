#include "actions/alerts/alert_delivery.hpp"

#include <fmt/format.h>

#include "actions/alerts/delivery_record.hpp"
#include "actions/alerts/publisher_parameters.hpp"
#include "actions/duty.hpp"
#include "actions/view_query.hpp"
#include "events/alert_delivery_events.hpp"

namespace cachify::actions {

using plugin_host::AlertForDelivery;
using plugin_host::AlertPublisher;
using plugin_host::Delivery;

namespace {

constexpr std::chrono::seconds kDeliveryPatience{10};
constexpr std::chrono::milliseconds kLeaseLook{50};
/// A receiver that fails so often in a row is left alone until its next turn.
constexpr int kFailuresInRow = 3;

AlertForDelivery forDelivery(const views::DueAlert& due) {
  const auto severity = domain::parseSeverity("severity", due.alert.severity);
  return {.id = due.alert.id,
          .createdAt = due.alert.createdAt,
          .severity = severity ? *severity : domain::Severity::critical,
          .count = due.alert.count,
          .title = due.alert.title,
          .message = due.alert.message,
          .source = due.alert.source,
          .connectionId = due.alert.connectionId,
          .connectionName = due.connectionName,
          .environment = due.alert.environment,
          .causeId = due.alert.causeId};
}

std::string deliveryKey(const std::string& publisher, const Uuid& alert) {
  return fmt::format("{}/{}", publisher, alert.toString());
}

bool isNobodysFault(const Error& error) {
  return error.code == ErrorCode::cancelled;
}

}  // namespace

Task<std::shared_ptr<AlertPublisher>> AlertDelivery::ready(const events::PublisherConfigured& settings,
                                                           CallContext call) {
  if (const auto found = configured_.find(settings.publisher);
      found != configured_.end() && found->second.settings == settings)
    co_return found->second.port;
  Result<std::shared_ptr<AlertPublisher>> port = co_await plugins_.alertPublisher(settings.publisher, call);
  if (!port) co_return std::unexpected(port.error());
  const auto read = [&] { return storedSecrets(context_, settings); };
  Result<GivenSecrets> secrets = co_await onPool(context_.blocking, read);
  if (!secrets) co_return std::unexpected(secrets.error());
  auto whole = withSecrets(settings.parameters, *secrets);
  if (!whole) co_return std::unexpected(whole.error());
  Result<void> taken = co_await (*port)->configure(std::move(*whole), call);
  if (!taken) co_return std::unexpected(taken.error());
  configured_[settings.publisher] = {settings, *port};
  co_return *port;
}

awaitable<Delivery> AlertDelivery::attempt(const events::PublisherConfigured& settings,
                                           AlertForDelivery alert, std::string key, CallContext call) {
  call.deadline = std::min(call.deadline, std::chrono::steady_clock::now() + kDeliveryPatience);
  Result<std::shared_ptr<AlertPublisher>> port = co_await ready(settings, call);
  Result<Delivery> delivery = Delivery{};
  if (port) {
    std::vector<AlertForDelivery> batch;
    batch.push_back(std::move(alert));
    delivery = co_await (*port)->deliver(std::move(batch), std::move(key), call);
  } else {
    delivery = std::unexpected(port.error());
  }
  if (delivery) co_return std::move(*delivery);
  configured_.erase(settings.publisher);
  if (isNobodysFault(delivery.error())) co_return Delivery{.outcome = Delivery::Outcome::retryAfter};
  co_return Delivery{.outcome = Delivery::Outcome::retryAfter, .message = delivery.error().message};
}

Task<std::vector<views::DueAlert>> AlertDelivery::due(const AlertSettings::Publisher& publisher) {
  const views::DueFilter filter{.publisher = publisher.settings.publisher,
                                .after = publisher.since,
                                .minSeverity = publisher.settings.minSeverity,
                                .now = context_.clock.now()};
  const auto ask = [&] {
    return queryViews<std::vector<views::DueAlert>>(
        context_, [&](sqlite3& db) { return views::dueAlerts(db, filter); });
  };
  Result<std::vector<views::DueAlert>> rows = co_await onPool(context_.blocking, ask);
  co_return rows;
}

Task<void> AlertDelivery::serve(const AlertSettings::Publisher& publisher, const CallContext& call,
                                DeliveryReport& report) {
  const events::PublisherConfigured& settings = publisher.settings;
  int failuresInRow = 0;
  for (;;) {
    auto version = context_.log.streamVersion(events::deliveriesStream(settings.publisher));
    if (!version) co_return std::unexpected(version.error());
    Result<std::vector<views::DueAlert>> rows = co_await due(publisher);
    if (!rows) co_return std::unexpected(rows.error());
    if (rows->empty()) co_return Result<void>();
    for (const auto& row : *rows) {
      const auto began = std::chrono::steady_clock::now();
      if (began >= call.deadline) co_return Result<void>();
      AlertForDelivery alert = forDelivery(row);
      std::string key = deliveryKey(settings.publisher, row.alert.id);
      const Delivery delivery = co_await attempt(settings, std::move(alert), std::move(key), call);
      if (call.stop.stop_requested()) co_return fail(ErrorCode::cancelled, "delivering was interrupted");
      const DeliveryAttempt made{.settings = settings,
                                 .due = row,
                                 .delivery = delivery,
                                 .duration = std::chrono::duration_cast<std::chrono::microseconds>(
                                     std::chrono::steady_clock::now() - began)};
      log::AppendRequest request = recordAttempt(context_, made, (*version)++, report);
      Result<log::AppendReceipt> receipt = co_await append(context_.log, std::move(request));
      if (!receipt) co_return std::unexpected(receipt.error());
      failuresInRow = delivery.outcome == Delivery::Outcome::delivered ? 0 : failuresInRow + 1;
      const bool isHold =
          delivery.outcome == Delivery::Outcome::retryAfter && delivery.retryAfter.count() > 0;
      if (isHold || failuresInRow == kFailuresInRow) co_return Result<void>();
    }
  }
}

Task<DeliveryReport> AlertDelivery::deliverDue(CallContext call) {
  DeliveryReport report;
  const auto all = settings_.all();
  if (!all) co_return std::unexpected(all.error());
  for (const auto& [name, publisher] : all->publishers) {
    if (!publisher.settings.enabled) continue;
    Result<void> served = co_await serve(publisher, call, report);
    // Somebody else delivers the same just now: then it is theirs.
    if (!served && served.error().code != ErrorCode::conflict) co_return std::unexpected(served.error());
  }
  co_return report;
}

Task<DeliveryReport> AlertDelivery::deliverIfFree(CallContext call) {
  for (;;) {
    const auto lease = tryDutyLease(context_);
    if (!lease) co_return std::unexpected(lease.error());
    if (*lease) {
      Result<DeliveryReport> report = co_await deliverDue(call);
      co_return report;
    }
    if (std::chrono::steady_clock::now() >= call.deadline) co_return DeliveryReport{.othersDuty = true};
    const Result<void> waited = co_await sleepFor(kLeaseLook, call.stop);
    if (!waited) co_return std::unexpected(waited.error());
  }
}

Task<Delivery> AlertDelivery::test(std::string publisher, std::stop_token stop) {
  const auto all = settings_.all();
  if (!all) co_return std::unexpected(all.error());
  const auto found = all->publishers.find(publisher);
  events::PublisherConfigured settings{.publisher = publisher};
  if (found != all->publishers.end()) settings = found->second.settings;
  const CallContext call = CallContext::within(kDeliveryPatience, stop);
  Result<std::shared_ptr<AlertPublisher>> port = co_await ready(settings, call);
  if (!port) co_return std::unexpected(port.error());
  std::vector<AlertForDelivery> batch(1);
  AlertForDelivery& alert = batch.front();
  alert.createdAt = context_.clock.now();
  alert.id = Uuid::makeV7(alert.createdAt);
  alert.severity = domain::Severity::info;
  alert.title = "Test of Cachify's alerts";
  alert.message = fmt::format("the publisher {} works", publisher);
  alert.source = "app";
  std::string key = deliveryKey("test", alert.id);
  Result<Delivery> delivery = co_await (*port)->deliver(std::move(batch), std::move(key), call);
  co_return delivery;
}

}  // namespace cachify::actions
