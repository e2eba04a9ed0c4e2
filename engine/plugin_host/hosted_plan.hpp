#pragma once
// One plan of a workflow kind. Pieces come over in the size that is best for the way, and are handed on in
// the size that is asked for.

#include "plugin_host/hosted_plugin.hpp"
#include "plugin_host/workflow_kind.hpp"

namespace cachify::plugin_host {

class HostedPlan final : public OpenPlan {
 public:
  /// `process` has just opened the plan. `services` outlives this object.
  HostedPlan(std::shared_ptr<HostedPlugin> plugin, HostedPlugin::Process process, PlanServices& services)
      : plugin_(std::move(plugin)), process_(std::move(process)), services_(services) {}

  Task<PlanPiece> next(std::uint32_t maxItems, std::uint64_t maxBytes, CallContext context) override;

 private:
  Task<void> fetch(CallContext context);
  [[nodiscard]] PlanPiece take(std::uint32_t maxItems, std::uint64_t maxBytes);

  std::shared_ptr<HostedPlugin> plugin_;
  HostedPlugin::Process process_;  ///< null once the plan is complete
  PlanServices& services_;
  PlanPiece fetched_;
  std::size_t taken_ = 0;  ///< of the fetched items
};

}  // namespace cachify::plugin_host
