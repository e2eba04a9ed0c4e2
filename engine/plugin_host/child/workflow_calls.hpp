#pragma once
// The engine's questions to a workflow kind.

#include <cachify/plugin/workflow_kind.h>

#include <variant>

#include "plugin_host/child/engine_services.hpp"

namespace cachify::plugin_host {

class WorkflowCalls {
 public:
  /// `kind` is what the plugin gave for its extension; a table that cannot be right ends the process.
  WorkflowCalls(EngineSocket& engine, EngineServices& services, const void* kind);

  [[nodiscard]] LoadedReply describe();
  /// False for a question that is not about a workflow kind.
  [[nodiscard]] bool answer(const Received& question);
  /// Frees what is open.
  void close();

 private:
  struct Prepared {
    MessageType type{};
    Bytes body{};
    bool isLast = true;  ///< nothing can follow
  };

  void validate(const Received& question);
  void open(const Received& question);
  void next();
  [[nodiscard]] Prepared prepare();
  void sayHow(cachify_status status, const class ProblemSink& problem);

  EngineSocket& engine_;
  EngineServices& services_;
  const cachify_workflow_kind* kind_;
  cachify_plan* plan_ = nullptr;
  bool isOpen_ = false;  ///< a plan may be a null pointer
  PlanOpenRequest bounds_;
  /// The piece that was made ready while the engine worked on the one before.
  std::optional<Prepared> ready_;
};

}  // namespace cachify::plugin_host
