#include "actions/alerts/delivery_record.hpp"

#include "actions/frames.hpp"
#include "events/alert_delivery_events.hpp"

namespace cachify::actions {

using Outcome = plugin_host::Delivery::Outcome;

namespace {

log::FrameDraft attemptFrame(const Context& context, const DeliveryAttempt& made, DeliveryReport& report) {
  const std::string& publisher = made.settings.publisher;
  const std::string stream = events::deliveriesStream(publisher);
  const views::AlertRow& alert = made.due.alert;
  const Trace trace{.correlation = alert.correlationId, .causation = alert.id};
  const std::uint32_t number = made.due.attempts + 1;
  if (made.delivery.outcome == Outcome::delivered) {
    ++report.delivered;
    return makeFrame(context, trace, stream,
                     events::AlertDelivered{publisher, alert.id, number, alert.count, made.duration});
  }
  const domain::DeliveryRetry& retry = made.settings.retry;
  // An outcome of "failed" says that trying again would not help.
  if (made.delivery.outcome == Outcome::failed || number >= retry.maxAttempts) {
    ++report.parked;
    return makeFrame(context, trace, stream,
                     events::AlertParked{publisher, alert.id, number, made.delivery.message});
  }
  ++report.failed;
  const auto wait = std::max(made.delivery.retryAfter, domain::waitAfter(retry, number));
  return makeFrame(context, trace, stream,
                   events::AlertDeliveryFailed{.publisher = publisher,
                                               .alertId = alert.id,
                                               .attempt = number,
                                               .duration = made.duration,
                                               .message = made.delivery.message,
                                               .nextAt = context.clock.now() + wait,
                                               .isHold = made.delivery.retryAfter.count() > 0});
}

}  // namespace

log::AppendRequest recordAttempt(const Context& context, const DeliveryAttempt& attempt,
                                 std::uint64_t version, DeliveryReport& report) {
  log::AppendRequest request;
  request.frames.push_back(attemptFrame(context, attempt, report));
  request.conditions.push_back(log::StreamCondition::unchangedSince(request.frames.front().stream, version));
  return request;
}

}  // namespace cachify::actions
