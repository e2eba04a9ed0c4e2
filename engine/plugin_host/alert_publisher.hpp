#pragma once
// The port to an alert publisher: what the engine asks of a plugin that carries alerts out of the program.
// Which alerts, when, grouping, retrying and parking are the engine's.
//
// Threads and errors as in workflow_kind.hpp. Calls on one publisher may overlap.

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/call_context.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "events/alert_events.hpp"

namespace cachify::plugin_host {

template <class T>
using Task = boost::asio::awaitable<Result<T>>;

struct PublisherDescription {
  std::string publisher{};  ///< "webhook": stands in settings, events and on the command line
  std::string title{};      ///< for people, like all below
  std::string summary{};
  std::string pluginId{};
  std::string pluginVersion{};
  /// JSON Schema (draft 7) of an object; `default` is filled in by the engine. A property with `writeOnly` is
  /// a secret: it belongs in the secret store.
  std::string configurationSchema{};
};

/// Holds no value and no secret, for it leaves the program.
struct AlertForDelivery {
  Uuid id{};
  WallTime createdAt{};
  events::Severity severity = events::Severity::warning;
  std::uint64_t count = 1;  ///< how many equal alerts it stands for
  std::string title{};
  std::string message{};
  std::string source{};
  ConnectionId connectionId{};   ///< nil: none
  std::string connectionName{};  ///< empty: none, like the next
  std::string environment{};
  Uuid causeId{};  ///< the event behind it; nil: none
};

/// One JSON object on one line, as schemas/plugins/alert.json describes it.
[[nodiscard]] std::string toJsonLine(const AlertForDelivery& alert);

struct Delivery {
  enum class Outcome : std::uint8_t { delivered, retryAfter, failed };
  Outcome outcome = Outcome::delivered;
  std::chrono::milliseconds retryAfter{};  ///< for retryAfter
  std::string message{};                   ///< why it was not delivered
};

/// "delivered", "retryAfter", "failed"
[[nodiscard]] std::string_view wireName(Delivery::Outcome outcome);

class AlertPublisher {
 public:
  virtual ~AlertPublisher() = default;
  [[nodiscard]] virtual const PublisherDescription& description() const = 0;
  /// A JSON object with defaults filled in, secrets included. Before the first `deliver`; may be repeated.
  /// The one before holds if it is refused.
  virtual Task<void> configure(std::string configurationJson, CallContext context) = 0;
  /// The same batch must come under the same key again (at most 255 bytes) when it is repeated. `context`
  /// needs a deadline: the plugin is told, and killed if it is not back a second later.
  virtual Task<Delivery> deliver(std::vector<AlertForDelivery> batch, std::string idempotencyKey,
                                 CallContext context) = 0;
  /// Whether a delivery would work by now; CONNECTION_FAILED with the plugin's words if not.
  virtual Task<void> health(CallContext context) = 0;
};

}  // namespace cachify::plugin_host
