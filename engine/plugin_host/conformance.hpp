#pragma once
// Holds a plugin to its contract: every function is called, with sensible and with odd input, within bounds
// and deadlines. It plans over keys that are made up, so nothing is changed anywhere.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "core/call_context.hpp"
#include "core/result.hpp"
#include "plugin_host/plugin_process.hpp"

namespace cachify::plugin_host {

struct ConformanceCheck {
  enum class Outcome : std::uint8_t { passed, failed, skipped };
  std::string name{};  ///< what holds: "the plan is the same in small pieces"
  Outcome outcome = Outcome::passed;
  std::string message{};  ///< why it failed or was skipped
  std::chrono::microseconds duration{};
};
[[nodiscard]] std::string_view wireName(ConformanceCheck::Outcome outcome);

struct ConformanceReport {
  std::vector<ConformanceCheck> checks{};
  [[nodiscard]] bool passed() const;
};

struct ConformanceOptions {
  /// Parameters or configuration to call it with, a JSON object; empty: made from the schema's examples and
  /// defaults. A publisher delivers only where they are given: who is asked to deliver must want it.
  std::string parametersJson{};
};

/// Errors are ours alone (CANCELLED, no process); what the plugin does wrong stands in the report.
[[nodiscard]] Task<ConformanceReport> checkConformance(boost::asio::any_io_executor executor,
                                                       PluginPackage package, PluginHooks hooks,
                                                       ConformanceOptions options, CallContext context);

}  // namespace cachify::plugin_host
