#pragma once
// The port to an alert publisher, kept by a plugin in a process of its own. Calls that overlap run in
// processes of their own, each configured alike.

#include "plugin_host/alert_publisher.hpp"
#include "plugin_host/hosted_plugin.hpp"

namespace cachify::plugin_host {

class HostedAlertPublisher final : public AlertPublisher {
 public:
  /// Loads it once, to learn what it is.
  [[nodiscard]] static Task<std::shared_ptr<HostedAlertPublisher>> make(std::shared_ptr<HostedPlugin> plugin,
                                                                        CallContext context);

  [[nodiscard]] const PublisherDescription& description() const override { return description_; }
  Task<void> configure(std::string configurationJson, CallContext context) override;
  Task<Delivery> deliver(std::vector<AlertForDelivery> batch, std::string idempotencyKey,
                         CallContext context) override;
  Task<void> health(CallContext context) override;

 private:
  HostedAlertPublisher(std::shared_ptr<HostedPlugin> plugin, PublisherDescription description)
      : plugin_(std::move(plugin)), description_(std::move(description)) {}
  /// A process that has the configuration.
  Task<HostedPlugin::Process> ready(CallContext context);
  void giveBack(HostedPlugin::Process process, std::uint64_t generation);

  std::shared_ptr<HostedPlugin> plugin_;
  PublisherDescription description_;
  std::string configuration_;  ///< empty: none yet
  std::uint64_t generation_ = 0;
};

}  // namespace cachify::plugin_host
