#pragma once
// What the checks of all kinds of plugins stand on.

#include "plugin_host/conformance.hpp"

namespace cachify::plugin_host {

/// Lives on the executor; used by one coroutine.
class Checker {
 public:
  Checker(boost::asio::any_io_executor executor, PluginPackage package, PluginHooks hooks,
          ConformanceOptions options, CallContext context);

  using Process = std::unique_ptr<PluginProcess>;
  /// NOT_SUPPORTED: skipped. VALIDATION_ERROR and whatever else: failed.
  using Check = Task<void> (*)(Checker&);
  /// One line of the report. `name` is a literal.
  [[nodiscard]] boost::asio::awaitable<void> run(const char* name, Check check);

  [[nodiscard]] Task<Process> start();
  /// Asks for something that has no content in its answer.
  [[nodiscard]] Task<void> ask(PluginProcess& process, MessageType type, Bytes body);
  [[nodiscard]] Task<void> ask(PluginProcess& process, MessageType type) {
    return ask(process, type, Bytes());
  }
  /// As above, but a polite refusal is fine, too.
  [[nodiscard]] Task<void> askOddly(PluginProcess& process, MessageType type, Bytes body);

  [[nodiscard]] const PluginPackage& package() const { return package_; }
  [[nodiscard]] const PluginLimits& limits() const { return hooks_.limits; }
  [[nodiscard]] const CallContext& context() const { return context_; }
  [[nodiscard]] bool areParametersGiven() const { return !options_.parametersJson.empty(); }
  /// Those that were given, or a sample.
  [[nodiscard]] std::string parameters(const PluginProcess& process) const;
  [[nodiscard]] const ConformanceReport& report() const { return report_; }

 private:
  boost::asio::any_io_executor executor_;
  PluginPackage package_;
  PluginHooks hooks_;
  ConformanceOptions options_;
  CallContext context_;
  ConformanceReport report_;
};

[[nodiscard]] boost::asio::awaitable<void> checkWorkflowKind(Checker& checker);
[[nodiscard]] boost::asio::awaitable<void> checkAlertPublisher(Checker& checker);

}  // namespace cachify::plugin_host
