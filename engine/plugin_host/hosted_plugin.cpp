#include "plugin_host/hosted_plugin.hpp"

namespace cachify::plugin_host {

Task<HostedPlugin::Acquired> HostedPlugin::acquire(CallContext context) {
  const auto package = readPackage(folder_);
  if (!package) co_return std::unexpected(package.error());
  const auto record = parts_->ledger.record(package->manifest.id, package->digest);
  if (!record) co_return std::unexpected(record.error());
  const Standing standing = standingOf(*record, package->digest, parts_->isBundled(package->digest));
  if (!mayLoad(standing)) co_return fail(standingError(package->manifest.id, standing));
  Process idle = std::exchange(idle_, nullptr);
  if (idle && idle->digest() == package->digest && idle->usable())
    co_return Acquired{.process = std::move(idle), .isFresh = false};
  PluginHooks hooks = parts_->hooks;
  hooks.onFault = [parts = parts_](const FaultReport& report) { parts->ledger.faulted(report); };
  Result<Process> started =
      co_await PluginProcess::start(parts_->executor, *package, std::move(hooks), std::move(context));
  if (!started) co_return std::unexpected(started.error());
  co_return Acquired{.process = std::move(*started)};
}

void HostedPlugin::release(Process process) {
  if (!process || !process->usable()) return;
  dropIdle();
  idle_ = std::move(process);
}

void HostedPlugin::worked(const PluginProcess& process) const {
  parts_->ledger.worked(process.manifest().id, process.digest());
}

}  // namespace cachify::plugin_host
