#pragma once
// A trusted plugin that can be called: starts its processes, and keeps one that is idle for the next call.

#include <boost/asio/any_io_executor.hpp>
#include <filesystem>
#include <functional>
#include <memory>

#include "plugin_host/plugin_process.hpp"
#include "plugin_host/trust.hpp"

namespace cachify::plugin_host {

/// What all plugins of one host have in common.
struct HostParts {
  boost::asio::any_io_executor executor;
  PluginHooks hooks;
  TrustLedger& ledger;
  std::function<bool(const Digest&)> isBundled;
};

/// Lives on the executor of `parts`. Shared by what was made of it: descriptions, plans.
class HostedPlugin {
 public:
  HostedPlugin(std::shared_ptr<const HostParts> parts, std::filesystem::path folder)
      : parts_(std::move(parts)), folder_(std::move(folder)) {}

  ~HostedPlugin() { dropIdle(); }
  HostedPlugin(const HostedPlugin&) = delete;
  HostedPlugin& operator=(const HostedPlugin&) = delete;

  using Process = std::unique_ptr<PluginProcess>;
  struct Acquired {
    Process process;
    bool isFresh = true;  ///< just started
  };
  /// Reads the package again and decides on its trust anew, for each use. UNAUTHORIZED when it may not be
  /// loaded.
  [[nodiscard]] Task<Acquired> acquire(CallContext context);
  /// Gives back a process that can be called again.
  void release(Process process);
  /// No process that was started before is used any more.
  void dropIdle() { PluginProcess::retire(std::move(idle_)); }

  /// A plan was completed or a batch delivered by this process.
  void worked(const PluginProcess& process) const;
  [[nodiscard]] const PluginLimits& limits() const { return parts_->hooks.limits; }

 private:
  std::shared_ptr<const HostParts> parts_;
  std::filesystem::path folder_;
  Process idle_;
};

}  // namespace cachify::plugin_host
