#pragma once
// The port to a workflow kind, kept by a plugin in a process of its own. Each plan has its own.

#include "plugin_host/hosted_plugin.hpp"
#include "plugin_host/workflow_kind.hpp"

namespace cachify::plugin_host {

class HostedWorkflowKind final : public WorkflowKind {
 public:
  /// Loads it once, to learn what it is.
  [[nodiscard]] static Task<std::shared_ptr<HostedWorkflowKind>> make(std::shared_ptr<HostedPlugin> plugin,
                                                                      CallContext context);

  [[nodiscard]] const KindDescription& description() const override { return description_; }
  Task<void> validate(std::string parametersJson, CallContext context) override;
  Task<std::unique_ptr<OpenPlan>> open(std::string parametersJson, PlanServices& services,
                                       CallContext context) override;

 private:
  HostedWorkflowKind(std::shared_ptr<HostedPlugin> plugin, KindDescription description)
      : plugin_(std::move(plugin)), description_(std::move(description)) {}

  std::shared_ptr<HostedPlugin> plugin_;
  KindDescription description_;
};

}  // namespace cachify::plugin_host
