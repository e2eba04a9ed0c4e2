#pragma once
// Where the engine finds workflow kinds and alert publishers by name. Only what is trusted is ever loaded.
//
// Threads and errors as in workflow_kind.hpp.

#include <memory>
#include <string>
#include <vector>

#include "plugin_host/alert_publisher.hpp"
#include "plugin_host/workflow_kind.hpp"

namespace cachify::plugin_host {

class PluginRegistry {
 public:
  virtual ~PluginRegistry() = default;

  /// Every kind that can be used, by name. What is refused or faults is left out.
  virtual Task<std::vector<std::shared_ptr<WorkflowKind>>> workflowKinds(CallContext context) = 0;
  /// NOT_FOUND if no plugin provides it; UNAUTHORIZED if one does that is not trusted, was changed, or is
  /// quarantined.
  virtual Task<std::shared_ptr<WorkflowKind>> workflowKind(std::string kind, CallContext context) = 0;

  virtual Task<std::vector<std::shared_ptr<AlertPublisher>>> alertPublishers(CallContext context) = 0;
  virtual Task<std::shared_ptr<AlertPublisher>> alertPublisher(std::string publisher,
                                                               CallContext context) = 0;
};

}  // namespace cachify::plugin_host
