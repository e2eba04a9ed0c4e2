#pragma once
// Plugins as a person deals with them: what there is, what it is like inside, trust given and taken.

#include <string>
#include <vector>

#include "actions/async.hpp"
#include "actions/plugin_trust.hpp"
#include "actions/recorder.hpp"
#include "plugin_host/plugin_host.hpp"

namespace cachify::actions {

/// Lives on the network thread.
class Plugins {
 public:
  Plugins(const Context& context, PluginTrust& trust, plugin_host::PluginHost& host, const Recorder& recorder)
      : context_(context), trust_(trust), host_(host), recorder_(recorder) {}

  /// Workflow kinds and publishers that may be used, for the acts that use them.
  [[nodiscard]] plugin_host::PluginRegistry& registry() { return host_; }

  /// Everything on the search path, refused ones too. Loads nothing.
  [[nodiscard]] Task<std::vector<plugin_host::FoundPlugin>> list();
  /// By id, by the path of its folder or manifest, or by what it provides. Loads nothing. NOT_FOUND
  /// otherwise.
  [[nodiscard]] Task<plugin_host::FoundPlugin> inspect(std::string idOrPath);
  /// Holds it to the contract of the ABI. UNAUTHORIZED unless it is trusted or `evenUntrusted`.
  [[nodiscard]] Task<plugin_host::ConformanceReport> check(std::string idOrPath, bool evenUntrusted,
                                                           plugin_host::ConformanceOptions options,
                                                           std::stop_token stop);

  /// Pins trust to the bytes that are there now, and ends a revocation or quarantine. What is refused cannot
  /// be trusted. Does nothing for what may be loaded already. CONFLICT where the bytes are not those of the
  /// digest that the person saw, in hex, if one is given.
  [[nodiscard]] Task<plugin_host::FoundPlugin> trust(std::string idOrPath, std::string seenDigest = {});
  /// For every version; gives the id. NOT_FOUND for an id or path that neither lies on the search path nor
  /// was ever trusted.
  [[nodiscard]] Task<std::string> revoke(std::string idOrPath);

 private:
  template <class Event>
  Task<void> append(std::string action, std::string pluginId, Event event);

  const Context& context_;
  PluginTrust& trust_;
  plugin_host::PluginHost& host_;
  const Recorder& recorder_;
};

}  // namespace cachify::actions
