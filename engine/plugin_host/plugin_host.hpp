#pragma once
// The host of all plugins: finds them, decides on them, and hands out the ports to those that may be used.

#include <map>

#include "plugin_host/conformance.hpp"
#include "plugin_host/hosted_plugin.hpp"
#include "plugin_host/plugin_registry.hpp"
#include "plugin_host/plugin_search.hpp"

namespace cachify::plugin_host {

struct PluginHostOptions {
  boost::asio::any_io_executor executor;
  std::vector<SearchFolder> searchPath{};
  std::filesystem::path program{};  ///< cachify-plugin-host
  std::vector<Digest> bundled{};    ///< packages that the build trusts
  TrustLedger& ledger;
  PluginLimits limits{};
  std::function<void(std::string_view level, const std::string& line)> onLog{};
};

class HostedWorkflowKind;
class HostedAlertPublisher;

/// Lives on the executor's thread.
class PluginHost final : public PluginRegistry {
 public:
  explicit PluginHost(PluginHostOptions options);
  ~PluginHost() override;

  Task<std::vector<std::shared_ptr<WorkflowKind>>> workflowKinds(CallContext context) override;
  Task<std::shared_ptr<WorkflowKind>> workflowKind(std::string kind, CallContext context) override;
  Task<std::vector<std::shared_ptr<AlertPublisher>>> alertPublishers(CallContext context) override;
  Task<std::shared_ptr<AlertPublisher>> alertPublisher(std::string publisher, CallContext context) override;

  /// Lets idle processes stop in order.
  void close();

  /// Everything on the search path, refused ones too.
  [[nodiscard]] Result<std::vector<FoundPlugin>> list() const;
  /// By id, by the path of its folder or manifest, which then need not be on the search path, or by what it
  /// provides. NOT_FOUND otherwise.
  [[nodiscard]] Result<FoundPlugin> find(const std::string& idOrPath) const;
  /// Runs the plugin through everything that the ABI asks of it, in processes of its own. It must be trusted,
  /// unless `evenUntrusted`: then its code runs because a person wants just that. What it finds counts as no
  /// fault.
  [[nodiscard]] Task<ConformanceReport> check(FoundPlugin plugin, bool evenUntrusted,
                                              ConformanceOptions options, CallContext context);

 private:
  template <class Hosted>
  using Known = std::map<std::filesystem::path, std::pair<Digest, std::shared_ptr<Hosted>>>;

  template <class Hosted>
  Task<std::shared_ptr<Hosted>> hosted(Known<Hosted>& known, FoundPlugin plugin, CallContext context);
  template <class Port, class Hosted>
  Task<std::vector<std::shared_ptr<Port>>> allOf(PluginKind kind, Known<Hosted>& known, CallContext context);
  template <class Hosted>
  Task<std::shared_ptr<Hosted>> named(PluginKind kind, std::string name, Known<Hosted>& known,
                                      CallContext context);

  std::vector<SearchFolder> searchPath_;
  std::shared_ptr<const HostParts> parts_;
  Known<HostedWorkflowKind> kinds_;
  Known<HostedAlertPublisher> publishers_;
};

}  // namespace cachify::plugin_host
