#pragma once
// Brings alerts to publishers: one at a time, each attempt an event, until it is delivered or parked.
//
// Exactly once in effect: one process delivers at a time (the duty lease), it appends on condition of the
// publisher's stream, and an alert comes to a publisher under the same idempotency key however often it is
// tried.

#include <map>
#include <memory>
#include <string>

#include "actions/alerts/alert_settings.hpp"
#include "actions/async.hpp"
#include "actions/context.hpp"
#include "plugin_host/plugin_registry.hpp"
#include "views/alert_deliveries.hpp"

namespace cachify::actions {

struct DeliveryReport {
  std::uint32_t delivered = 0;
  std::uint32_t failed = 0;  ///< will be tried again
  std::uint32_t parked = 0;
  bool othersDuty = false;  ///< another process has the lease, and delivers
};

/// Lives on the network thread. One call at a time.
class AlertDelivery {
 public:
  AlertDelivery(const Context& context, AlertSettings& settings, plugin_host::PluginRegistry& plugins)
      : context_(context), settings_(settings), plugins_(plugins) {}

  /// What is due now, to all publishers that are switched on; nothing is begun after the call's deadline. For
  /// who holds the duty lease.
  [[nodiscard]] Task<DeliveryReport> deliverDue(CallContext call);
  /// The same, once the lease is free, if it is before the deadline.
  [[nodiscard]] Task<DeliveryReport> deliverIfFree(CallContext call);

  /// One alert that is none, now, whether or not the publisher is switched on. Leaves no trace in the log.
  [[nodiscard]] Task<plugin_host::Delivery> test(std::string publisher, std::stop_token stop);
  /// The publisher with its parameters and secrets, ready to deliver.
  [[nodiscard]] Task<std::shared_ptr<plugin_host::AlertPublisher>> ready(
      const events::PublisherConfigured& settings, CallContext call);

  /// Lets go of the publishers' processes; on the network thread, at the end.
  void close() { configured_.clear(); }

 private:
  /// One publisher's turn. Nothing more to do: the report says so by having grown or not.
  Task<void> serve(const AlertSettings::Publisher& publisher, const CallContext& call,
                   DeliveryReport& report);
  Task<std::vector<views::DueAlert>> due(const AlertSettings::Publisher& publisher);
  /// Never fails: what goes wrong is an outcome.
  awaitable<plugin_host::Delivery> attempt(const events::PublisherConfigured& settings,
                                           plugin_host::AlertForDelivery alert, std::string key,
                                           CallContext call);

  struct Configured {
    events::PublisherConfigured settings;
    std::shared_ptr<plugin_host::AlertPublisher> port;
  };

  const Context& context_;
  AlertSettings& settings_;
  plugin_host::PluginRegistry& plugins_;
  std::map<std::string, Configured> configured_;
};

}  // namespace cachify::actions
