#include "plugin_host/plugin_host.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/json_fields.hpp"
#include "plugin_host/hosted_alert_publisher.hpp"
#include "plugin_host/hosted_workflow_kind.hpp"

namespace cachify::plugin_host {

namespace fs = std::filesystem;

namespace {

std::shared_ptr<const HostParts> partsOf(PluginHostOptions& options) {
  std::ranges::sort(options.bundled);
  auto isBundled = [digests = std::move(options.bundled)](const Digest& digest) {
    return std::ranges::binary_search(digests, digest);
  };
  PluginHooks hooks{
      .program = std::move(options.program), .limits = options.limits, .onLog = std::move(options.onLog)};
  return std::make_shared<const HostParts>(HostParts{.executor = options.executor,
                                                     .hooks = std::move(hooks),
                                                     .ledger = options.ledger,
                                                     .isBundled = std::move(isBundled)});
}

std::unexpected<Error> noSuchPlugin(std::string_view what, std::string_view name) {
  return fail(ErrorCode::notFound,
              fmt::format("there is no {} '{}'; `cachify plugins list` shows what there is", what,
                          escapeForDisplay(name)));
}

/// The folder of a plugin that somebody named by a path.
fs::path folderOf(const fs::path& named) {
  std::error_code error;
  const fs::path absolute = fs::absolute(named, error).lexically_normal();
  const bool isFolder = fs::is_directory(absolute, error);
  const fs::path folder = isFolder ? absolute : absolute.parent_path();
  return folder.has_filename() ? folder : folder.parent_path();
}

}  // namespace

PluginHost::PluginHost(PluginHostOptions options)
    : searchPath_(std::move(options.searchPath)), parts_(partsOf(options)) {}

PluginHost::~PluginHost() = default;

void PluginHost::close() {
  kinds_.clear();
  publishers_.clear();
}

Result<std::vector<FoundPlugin>> PluginHost::list() const {
  return searchPlugins(searchPath_, parts_->ledger, parts_->isBundled);
}

Result<FoundPlugin> PluginHost::find(const std::string& idOrPath) const {
  auto all = list();
  if (!all) return std::unexpected(all.error());
  const auto best = [&](std::string PluginManifest::*name) {
    FoundPlugin* found = nullptr;
    for (auto& plugin : *all) {
      if (!plugin.manifest || (*plugin.manifest).*name != idOrPath) continue;
      if (found == nullptr || (found->refusal && !plugin.refusal)) found = &plugin;
    }
    return found;
  };
  if (auto* const found = best(&PluginManifest::id)) return std::move(*found);
  std::error_code error;
  if (!fs::exists(fs::path(idOrPath), error)) {
    if (auto* const found = best(&PluginManifest::provides)) {
      const auto isOther = [&](const FoundPlugin& plugin) {
        return plugin.manifest && plugin.manifest->provides == idOrPath &&
               plugin.manifest->id != found->manifest->id;
      };
      if (std::ranges::any_of(*all, isOther)) {
        return fail(ErrorCode::conflict, fmt::format("several plugins provide '{}': name one by its id",
                                                     escapeForDisplay(idOrPath)));
      }
      return std::move(*found);
    }
    return noSuchPlugin("plugin", idOrPath);
  }
  const fs::path folder = folderOf(idOrPath);
  for (auto& plugin : *all) {
    if (fs::equivalent(plugin.folder, folder, error)) return std::move(plugin);
  }
  return lookAt(folder, Origin::named, parts_->ledger, parts_->isBundled);
}

template <class Hosted>
Task<std::shared_ptr<Hosted>> PluginHost::hosted(Known<Hosted>& known, FoundPlugin plugin,
                                                 CallContext context) {
  const auto found = known.find(plugin.folder);
  if (found != known.end() && found->second.first == plugin.digest) co_return found->second.second;
  auto source = std::make_shared<HostedPlugin>(parts_, plugin.folder);
  Result<std::shared_ptr<Hosted>> made = co_await Hosted::make(std::move(source), std::move(context));
  if (made) known.insert_or_assign(plugin.folder, std::pair(plugin.digest, *made));
  co_return made;
}

template <class Port, class Hosted>
Task<std::vector<std::shared_ptr<Port>>> PluginHost::allOf(PluginKind kind, Known<Hosted>& known,
                                                           CallContext context) {
  auto found = list();
  if (!found) co_return std::unexpected(found.error());
  std::vector<std::shared_ptr<Port>> all;
  for (auto& plugin : *found) {
    if (!plugin.usable() || plugin.manifest->kind != kind) continue;
    Result<std::shared_ptr<Hosted>> made = co_await hosted(known, std::move(plugin), context);
    if (made) all.push_back(std::move(*made));
    if (!made && made.error().code == ErrorCode::cancelled) co_return std::unexpected(made.error());
  }
  co_return all;
}

template <class Hosted>
Task<std::shared_ptr<Hosted>> PluginHost::named(PluginKind kind, std::string name, Known<Hosted>& known,
                                                CallContext context) {
  auto found = list();
  if (!found) co_return std::unexpected(found.error());
  std::optional<Error> whyNot;
  for (auto& plugin : *found) {
    if (!plugin.manifest || plugin.manifest->kind != kind || plugin.manifest->provides != name) continue;
    if (plugin.usable()) {
      Result<std::shared_ptr<Hosted>> made = co_await hosted(known, std::move(plugin), std::move(context));
      co_return made;
    }
    if (!whyNot)
      whyNot = plugin.refusal ? *plugin.refusal : standingError(plugin.manifest->id, plugin.standing);
  }
  if (whyNot) co_return fail(*whyNot);
  co_return noSuchPlugin(kind == PluginKind::workflow ? "workflow kind" : "alert publisher", name);
}

namespace {

/// To the port that the registry promises.
template <class Port, class Hosted>
Result<std::shared_ptr<Port>> asPort(Result<std::shared_ptr<Hosted>> hosted) {
  if (!hosted) return std::unexpected(hosted.error());
  return std::shared_ptr<Port>(std::move(*hosted));
}

}  // namespace

Task<std::vector<std::shared_ptr<WorkflowKind>>> PluginHost::workflowKinds(CallContext context) {
  Result<std::vector<std::shared_ptr<WorkflowKind>>> kinds =
      co_await allOf<WorkflowKind>(PluginKind::workflow, kinds_, std::move(context));
  if (kinds) std::ranges::sort(*kinds, {}, [](const auto& kind) { return kind->description().kind; });
  co_return kinds;
}

Task<std::shared_ptr<WorkflowKind>> PluginHost::workflowKind(std::string kind, CallContext context) {
  Result<std::shared_ptr<HostedWorkflowKind>> found =
      co_await named(PluginKind::workflow, std::move(kind), kinds_, std::move(context));
  co_return asPort<WorkflowKind>(std::move(found));
}

Task<std::vector<std::shared_ptr<AlertPublisher>>> PluginHost::alertPublishers(CallContext context) {
  Result<std::vector<std::shared_ptr<AlertPublisher>>> publishers =
      co_await allOf<AlertPublisher>(PluginKind::alertPublisher, publishers_, std::move(context));
  if (publishers)
    std::ranges::sort(*publishers, {}, [](const auto& one) { return one->description().publisher; });
  co_return publishers;
}

Task<std::shared_ptr<AlertPublisher>> PluginHost::alertPublisher(std::string publisher, CallContext context) {
  Result<std::shared_ptr<HostedAlertPublisher>> found =
      co_await named(PluginKind::alertPublisher, std::move(publisher), publishers_, std::move(context));
  co_return asPort<AlertPublisher>(std::move(found));
}

Task<ConformanceReport> PluginHost::check(FoundPlugin plugin, bool evenUntrusted, ConformanceOptions options,
                                          CallContext context) {
  if (plugin.refusal) co_return fail(*plugin.refusal);
  if (!evenUntrusted && !mayLoad(plugin.standing))
    co_return fail(standingError(plugin.manifest->id, plugin.standing));
  if (!options.parametersJson.empty() && !events::parseObject(options.parametersJson)) {
    co_return fail(Error{.code = ErrorCode::validationError,
                         .message = "the parameters to check with are not one JSON object"}
                       .with("field", std::string("parameters")));
  }
  auto package = readPackage(plugin.folder);
  if (!package) co_return std::unexpected(package.error());
  if (package->digest != plugin.digest)
    co_return fail(ErrorCode::conflict, "the plugin was changed just now; look again, then repeat");
  PluginHooks hooks = parts_->hooks;
  hooks.onFault = {};
  Result<ConformanceReport> report = co_await checkConformance(
      parts_->executor, std::move(*package), std::move(hooks), std::move(options), std::move(context));
  co_return report;
}

}  // namespace cachify::plugin_host
