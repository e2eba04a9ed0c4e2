#pragma once
// What becomes of an alert after an attempt to deliver it, as the event that says so.

#include "actions/alerts/alert_delivery.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {

struct DeliveryAttempt {
  const events::PublisherConfigured& settings;
  const views::DueAlert& due;
  const plugin_host::Delivery& delivery;
  std::chrono::microseconds duration{};
};

/// To be appended while the publisher's stream is at `version`. Counts it in `report`.
[[nodiscard]] log::AppendRequest recordAttempt(const Context& context, const DeliveryAttempt& attempt,
                                               std::uint64_t version, DeliveryReport& report);

}  // namespace cachify::actions
