#pragma once
// Workflow templates: the built-in ones, and what people saved, folded from the stream `workflows`.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "actions/recorder.hpp"
#include "actions/workflows/stored_parameters.hpp"
#include "domain/workflow.hpp"
#include "log/event_reader.hpp"
#include "plugin_host/plugin_registry.hpp"

namespace cachify::actions {

struct KnownTemplate {
  domain::WorkflowTemplate form{};  ///< parameters may be cut
  Uuid parametersPack{};            ///< where they are whole; nil: they are
};

/// What there is, at the head of the log. Thread-safe.
class TemplateState {
 public:
  explicit TemplateState(const log::EventReader& reader) : reader_(reader) {}

  struct All {
    std::vector<KnownTemplate> templates{};  ///< built-in ones first, then by name
    std::uint64_t streamVersion = 0;
  };
  [[nodiscard]] Result<All> all();
  /// By id, or by name ignoring case. NOT_FOUND otherwise.
  [[nodiscard]] Result<KnownTemplate> find(std::string_view idOrName);

 private:
  Result<void> refresh();

  const log::EventReader& reader_;
  std::mutex mutex_;
  std::map<std::string, KnownTemplate> custom_;
  std::uint64_t version_ = 0;
};

struct TemplateChange {
  std::optional<std::string> name{};
  std::optional<std::string> parameters{};  ///< a JSON object that takes the place of the old one
  std::optional<bool> requiresApprovalOnProd{};
};

/// Lives on the network thread. Every change leaves an operation event.
class Templates {
 public:
  Templates(const Context& context, TemplateState& state, plugin_host::PluginRegistry& plugins,
            ParameterKeeper& parameters, const Recorder& recorder)
      : context_(context), state_(state), plugins_(plugins), parameters_(parameters), recorder_(recorder) {}

  /// VALIDATION_ERROR for a name in use, a broken rule, or parameters that the kind's schema refuses (they
  /// need not be complete); NOT_FOUND for a kind that no plugin provides.
  Task<domain::WorkflowTemplate> create(domain::WorkflowTemplate form);
  /// UNAUTHORIZED for a built-in one.
  Task<domain::WorkflowTemplate> update(std::string idOrName, TemplateChange change);
  Task<domain::WorkflowTemplate> remove(std::string idOrName);
  Task<domain::WorkflowTemplate> duplicate(std::string idOrName, std::string name);

 private:
  Task<domain::WorkflowTemplate> save(domain::WorkflowTemplate form, bool isNew, std::string operation);
  Task<void> append(log::FrameDraft frame, std::vector<log::SealedChunk> chunks, std::uint64_t version);
  void record(std::string operation, const std::string& name, const Error* error) const;

  const Context& context_;
  TemplateState& state_;
  plugin_host::PluginRegistry& plugins_;
  ParameterKeeper& parameters_;
  const Recorder& recorder_;
};

}  // namespace cachify::actions
