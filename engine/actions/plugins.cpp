#include "actions/plugins.hpp"

#include <fmt/format.h>

#include "events/plugin_events.hpp"

namespace cachify::actions {

using plugin_host::ConformanceReport;
using plugin_host::FoundPlugin;

namespace {

/// How often somebody else may write to the stream before a command gives up.
constexpr int kMaxTrustRaces = 8;

events::PluginTrusted trustedEvent(const FoundPlugin& plugin) {
  events::PluginTrusted event{
      .pluginId = plugin.manifest->id, .version = plugin.manifest->version, .digest = plugin.digest};
  for (const auto capability : plugin.manifest->capabilities)
    event.capabilities.emplace_back(wireName(capability));
  return event;
}

}  // namespace

Task<std::vector<FoundPlugin>> Plugins::list() {
  co_return host_.list();
}

Task<FoundPlugin> Plugins::inspect(std::string idOrPath) {
  co_return host_.find(idOrPath);
}

Task<ConformanceReport> Plugins::check(std::string idOrPath, bool evenUntrusted,
                                       plugin_host::ConformanceOptions options, std::stop_token stop) {
  auto found = host_.find(idOrPath);
  if (!found) co_return std::unexpected(found.error());
  CallContext context{.deadline = SteadyTime::max(), .stop = std::move(stop)};
  Result<ConformanceReport> report =
      co_await host_.check(std::move(*found), evenUntrusted, std::move(options), std::move(context));
  co_return report;
}

template <class Event>
Task<void> Plugins::append(std::string action, std::string pluginId, Event event) {
  for (int race = 0;; ++race) {
    const auto known = trust_.known(pluginId);
    if (!known) co_return std::unexpected(known.error());
    const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
    log::AppendRequest request;
    request.frames.push_back(makeFrame(context_, trace, std::string(events::kPluginsStream), event));
    const Trace cause{trace.correlation, request.frames.back().firstEventId};
    for (auto& frame : recorder_.frames(cause, events::Operation{.action = action}, nullptr))
      request.frames.push_back(std::move(frame));
    request.conditions.push_back(
        {.stream = std::string(events::kPluginsStream), .version = known->streamVersion});
    Result<log::AppendReceipt> receipt = co_await actions::append(context_.log, std::move(request));
    if (receipt) co_return Result<void>();
    const bool outrun =
        receipt.error().code == ErrorCode::conflict && receipt.error().detail("stream") != nullptr;
    if (!outrun || race == kMaxTrustRaces) co_return std::unexpected(receipt.error());
  }
}

Task<FoundPlugin> Plugins::trust(std::string idOrPath, std::string seenDigest) {
  auto found = host_.find(idOrPath);
  if (!found) co_return std::unexpected(found.error());
  if (found->refusal) co_return fail(*found->refusal);
  if (!seenDigest.empty() && seenDigest != toHex(found->digest)) {
    co_return fail(ErrorCode::conflict,
                   fmt::format("{} is not what was shown any more; look at it again", found->manifest->id));
  }
  if (found->usable()) co_return std::move(*found);
  events::PluginTrusted event = trustedEvent(*found);
  std::string action = "plugins.trust";
  std::string id = event.pluginId;
  Result<void> appended = co_await append(std::move(action), std::move(id), std::move(event));
  if (!appended) co_return std::unexpected(appended.error());
  // As it stands now, or with the bytes that somebody changed meanwhile: then it says so.
  co_return host_.find(idOrPath);
}

Task<std::string> Plugins::revoke(std::string pluginId) {
  const auto known = trust_.known(pluginId);
  if (!known) co_return std::unexpected(known.error());
  if (!known->isKnown) {
    const auto found = host_.find(pluginId);
    if (!found) co_return std::unexpected(found.error());
    if (found->refusal) co_return fail(*found->refusal);
    pluginId = found->manifest->id;
  }
  events::PluginRevoked event{.pluginId = pluginId};
  std::string action = "plugins.revoke";
  Result<void> appended = co_await append(std::move(action), pluginId, std::move(event));
  if (!appended) co_return std::unexpected(appended.error());
  co_return pluginId;
}

}  // namespace cachify::actions
