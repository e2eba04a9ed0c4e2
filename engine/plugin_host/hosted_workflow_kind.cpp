#include "plugin_host/hosted_workflow_kind.hpp"

#include "plugin_host/hosted_plan.hpp"

namespace cachify::plugin_host {
namespace {

KindDescription describeKind(const PluginProcess& process) {
  const LoadedReply& loaded = process.loaded();
  return {.kind = loaded.name,
          .title = loaded.title,
          .summary = loaded.summary,
          .pluginId = process.manifest().id,
          .pluginVersion = process.manifest().version,
          .parametersSchema = loaded.schema,
          .supportsDryRun = loaded.supportsDryRun != 0,
          .isDestructive = loaded.isDestructive != 0};
}

}  // namespace

Task<std::shared_ptr<HostedWorkflowKind>> HostedWorkflowKind::make(std::shared_ptr<HostedPlugin> plugin,
                                                                   CallContext context) {
  Result<HostedPlugin::Acquired> acquired = co_await plugin->acquire(std::move(context));
  if (!acquired) co_return std::unexpected(acquired.error());
  KindDescription description = describeKind(*acquired->process);
  plugin->release(std::move(acquired->process));
  co_return std::shared_ptr<HostedWorkflowKind>(
      new HostedWorkflowKind(std::move(plugin), std::move(description)));
}

Task<void> HostedWorkflowKind::validate(std::string parametersJson, CallContext context) {
  Result<HostedPlugin::Acquired> acquired = co_await plugin_->acquire(context);
  if (!acquired) co_return std::unexpected(acquired.error());
  const JsonRequest request{.json = std::move(parametersJson)};
  PluginProcess::Question question{.type = MessageType::validate, .body = encodeBody(request)};
  Result<PluginProcess::Answer> answer =
      co_await acquired->process->call(std::move(question), std::move(context));
  plugin_->release(std::move(acquired->process));
  if (!answer) co_return std::unexpected(answer.error());
  co_return Result<void>();
}

Task<std::unique_ptr<OpenPlan>> HostedWorkflowKind::open(std::string parametersJson, PlanServices& services,
                                                         CallContext context) {
  Result<HostedPlugin::Acquired> acquired = co_await plugin_->acquire(context);
  if (!acquired) co_return std::unexpected(acquired.error());
  const PluginLimits& limits = plugin_->limits();
  const PlanOpenRequest request{
      .json = std::move(parametersJson), .pieceItems = limits.pieceItems, .pieceBytes = limits.pieceBytes};
  PluginProcess::Question question{
      .type = MessageType::planOpen, .body = encodeBody(request), .services = &services};
  Result<PluginProcess::Answer> answer =
      co_await acquired->process->call(std::move(question), std::move(context));
  if (!answer) {
    plugin_->release(std::move(acquired->process));
    co_return std::unexpected(answer.error());
  }
  co_return std::make_unique<HostedPlan>(plugin_, std::move(acquired->process), services);
}

}  // namespace cachify::plugin_host
