#include "actions/plugin_trust.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "actions/alerts/raise_alert.hpp"
#include "actions/frames.hpp"
#include "events/alert_events.hpp"
#include "events/decode.hpp"
#include "events/plugin_events.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {
namespace {

constexpr std::size_t kPluginFramesAtOnce = 1000;

events::AlertRaised faultAlert(const events::PluginFaulted& event, plugin_host::Fault fault) {
  const std::string what = fmt::format("the plugin {} {} {}", event.pluginId, event.version, wordsOf(fault));
  if (!event.isQuarantined) {
    return {.severity = events::Severity::warning,
            .title = fmt::format("{} failed", event.pluginId),
            .message = what,
            .source = "plugin"};
  }
  return {.severity = events::Severity::critical,
          .title = fmt::format("{} is in quarantine", event.pluginId),
          .message = fmt::format(
              "{}, for the third time in a row: it is used no more until it is trusted anew (cachify "
              "plugins trust {})",
              what, event.pluginId),
          .source = "plugin"};
}

template <class Event>
Result<Event> decoded(const log::Frame& frame, const std::string& payload) {
  return events::decodeAs<Event>(frame.schemaVersion, payload);
}

}  // namespace

Result<void> PluginTrust::foldOne(const log::Frame& frame, std::size_t index) {
  using events::EventType;
  const std::string& payload = frame.payloads[index];
  switch (static_cast<EventType>(frame.type)) {
    case EventType::pluginTrusted: {
      const auto event = decoded<events::PluginTrusted>(frame, payload);
      if (!event) return std::unexpected(event.error());
      plugins_[event->pluginId] = Plugin{.trusted = event->digest, .isRevoked = false, .faults = {}};
      return {};
    }
    case EventType::pluginRevoked: {
      const auto event = decoded<events::PluginRevoked>(frame, payload);
      if (!event) return std::unexpected(event.error());
      plugins_[event->pluginId].isRevoked = true;
      return {};
    }
    case EventType::pluginFaulted: {
      const auto event = decoded<events::PluginFaulted>(frame, payload);
      if (!event) return std::unexpected(event.error());
      ++plugins_[event->pluginId].faults[event->digest];
      settle(frame.eventId(index));
      return {};
    }
    case EventType::pluginRecovered: {
      const auto event = decoded<events::PluginRecovered>(frame, payload);
      if (!event) return std::unexpected(event.error());
      plugins_[event->pluginId].faults.erase(event->digest);
      settle(frame.eventId(index));
      return {};
    }
    default:
      // Fails closed: a newer program may have taken trust away in a way this one does not understand.
      return fail(
          ErrorCode::internalError,
          fmt::format("the log holds a plugin event (type {}) of a newer Cachify; update to use plugins",
                      frame.type));
  }
}

Result<void> PluginTrust::fold(const log::Frame& frame) {
  for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
    const std::uint64_t eventVersion = frame.firstStreamVersion + i;
    if (eventVersion <= version_) continue;
    if (auto ok = foldOne(frame, i); !ok) return ok;
    version_ = eventVersion;
  }
  return {};
}

Result<void> PluginTrust::refresh() {
  for (;;) {
    const auto frames = context_.log.streamFrom(events::kPluginsStream, version_ + 1, kPluginFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    for (const auto& frame : *frames) {
      if (auto ok = fold(frame); !ok) return ok;
    }
    if (frames->size() < kPluginFramesAtOnce) return {};
  }
}

Result<plugin_host::TrustRecord> PluginTrust::record(const std::string& pluginId, const Digest& digest) {
  const std::scoped_lock lock(mutex_);
  if (auto ok = refresh(); !ok) return std::unexpected(ok.error());
  plugin_host::TrustRecord record;
  if (const auto found = plugins_.find(pluginId); found != plugins_.end()) {
    record.trusted = found->second.trusted;
    record.isRevoked = found->second.isRevoked;
    const auto faults = found->second.faults.find(digest);
    if (faults != found->second.faults.end()) record.faultsInRow = faults->second;
  }
  for (const auto& pending : pending_) {
    if (pending.digest == digest) record.faultsInRow = pending.isFault ? record.faultsInRow + 1 : 0;
  }
  return record;
}

Result<PluginTrust::Known> PluginTrust::known(const std::string& pluginId) {
  const std::scoped_lock lock(mutex_);
  if (auto ok = refresh(); !ok) return std::unexpected(ok.error());
  return Known{.isKnown = plugins_.contains(pluginId), .streamVersion = version_};
}

void PluginTrust::faulted(const plugin_host::FaultReport& report) {
  const auto before = record(report.pluginId, report.digest);
  events::PluginFaulted event{.pluginId = report.pluginId,
                              .version = report.version,
                              .digest = report.digest,
                              .fault = std::string(wireName(report.fault)),
                              .inRow = before ? before->faultsInRow + 1 : 1};
  event.isQuarantined = event.inRow >= plugin_host::kQuarantineFaults;
  const Uuid id = Uuid::makeV7(context_.clock.now());
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  log::AppendRequest request;
  request.frames.push_back(makeFrame(context_, trace, std::string(events::kPluginsStream), event, id));
  raiseAlert(context_, Trace{trace.correlation, id}, domain::AlertSource::pluginFaulted,
             faultAlert(event, report.fault), request.frames);
  hand({.event = id, .digest = report.digest, .isFault = true}, std::move(request));
}

void PluginTrust::worked(const std::string& pluginId, const Digest& digest) {
  const auto before = record(pluginId, digest);
  if (!before || before->faultsInRow == 0) return;
  const Uuid id = Uuid::makeV7(context_.clock.now());
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  log::AppendRequest request;
  request.frames.push_back(makeFrame(context_, trace, std::string(events::kPluginsStream),
                                     events::PluginRecovered{.pluginId = pluginId, .digest = digest}, id));
  hand({.event = id, .digest = digest, .isFault = false}, std::move(request));
}

void PluginTrust::settle(const Uuid& event) {
  std::erase_if(pending_, [&](const Pending& pending) { return pending.event == event; });
}

void PluginTrust::hand(const Pending& pending, log::AppendRequest request) {
  {
    const std::scoped_lock lock(mutex_);
    pending_.push_back(pending);
  }
  context_.log.appendAsync(std::move(request), [](const Result<log::AppendReceipt>& receipt) {
    // What could not be recorded still counts in this process.
    if (!receipt) spdlog::warn("what a plugin did could not be recorded: {}", receipt.error().message);
  });
}

}  // namespace cachify::actions
