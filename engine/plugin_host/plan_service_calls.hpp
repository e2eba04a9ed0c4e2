#pragma once

#include "plugin_host/protocol/message.hpp"
#include "plugin_host/workflow_kind.hpp"

namespace cachify::plugin_host {

/// What becomes of a service call of a planner.
struct ServiceAnswer {
  Bytes frame{};                 ///< goes back to the plugin
  std::optional<Error> error{};  ///< why it has to give up
  bool isValid = true;           ///< false: the call itself broke the contract
};

[[nodiscard]] bool isServiceCall(MessageType type);

/// Asks `services`, and puts what they say into words for the plugin. `message` may go once this waits.
[[nodiscard]] boost::asio::awaitable<ServiceAnswer> serve(Message message, PlanServices& services,
                                                          CallContext context);

}  // namespace cachify::plugin_host
