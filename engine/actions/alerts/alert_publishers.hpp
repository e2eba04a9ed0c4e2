#pragma once
// Where alerts go: the publishers there are, their settings and how they do.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "actions/alerts/alert_delivery.hpp"
#include "actions/alerts/publisher_parameters.hpp"
#include "actions/recorder.hpp"

namespace cachify::actions {

/// What is not given stays as it is.
struct PublisherChange {
  std::optional<bool> enabled{};
  std::optional<domain::Severity> minSeverity{};
  std::string parameters =
      "{}";  ///< JSON object; takes the place of those of the same name, null takes one away
  GivenSecrets secrets{};
  std::optional<std::uint32_t> maxAttempts{};
  std::optional<std::chrono::milliseconds> backoff{};
};

struct PublisherStatus {
  std::string publisher{};
  std::string title{};  ///< empty where its plugin cannot be used, like the next
  std::string summary{};
  std::string configurationSchema{};
  bool isConfigured = false;
  events::PublisherConfigured settings{};
  views::DeliverySummary deliveries{};
  std::optional<Error> problem{};  ///< why a delivery would not work by now; asked only of those that are on
};

/// Lives on the network thread. Every change leaves an operation event.
class AlertPublishers {
 public:
  AlertPublishers(const Context& context, AlertSettings& settings, plugin_host::PluginRegistry& plugins,
                  AlertDelivery& delivery, const Recorder& recorder)
      : context_(context), settings_(settings), plugins_(plugins), delivery_(delivery), recorder_(recorder) {}

  [[nodiscard]] Task<std::vector<PublisherStatus>> list(std::stop_token stop);
  /// VALIDATION_ERROR for what the publisher's schema, or the publisher itself, refuses; NOT_FOUND if no
  /// plugin provides it. A secret is in the store before the settings name it, and gone if they cannot be
  /// recorded.
  [[nodiscard]] Task<events::PublisherConfigured> configure(std::string publisher, PublisherChange change);
  /// Parked alerts are to be delivered after all: these, or all of them. NOT_FOUND for one that is not
  /// parked.
  [[nodiscard]] Task<std::uint64_t> replay(std::string publisher, std::vector<Uuid> alerts);
  [[nodiscard]] Task<plugin_host::Delivery> test(std::string publisher, std::stop_token stop);

 private:
  Task<PublisherStatus> statusOf(std::string publisher, const AlertSettings::All& all, CallContext call);
  Task<events::PublisherConfigured> changed(events::PublisherConfigured before, const PublisherChange& change,
                                            const GivenSecrets& secrets);
  Task<void> keepSecrets(events::PublisherConfigured& settings, const GivenSecrets& given);
  Task<void> forgetSecrets(const events::PublisherConfigured& settings,
                           const events::PublisherConfigured& other);

  const Context& context_;
  AlertSettings& settings_;
  plugin_host::PluginRegistry& plugins_;
  AlertDelivery& delivery_;
  const Recorder& recorder_;
};

}  // namespace cachify::actions
