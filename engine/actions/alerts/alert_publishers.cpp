#include "actions/alerts/alert_publishers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "actions/alerts/append_setting.hpp"
#include "actions/view_query.hpp"
#include "actions/workflows/parameters.hpp"
#include "events/alert_delivery_events.hpp"
#include "secrets/secret_store.hpp"

namespace cachify::actions {

using events::PublisherConfigured;
using plugin_host::AlertPublisher;

namespace {

constexpr std::chrono::seconds kPublisherPatience{15};
constexpr std::size_t kReplayedAtOnce = 1'000;

PublisherConfigured settingsOf(const AlertSettings::All& all, const std::string& publisher) {
  const auto found = all.publishers.find(publisher);
  if (found != all.publishers.end()) return found->second.settings;
  return {.publisher = publisher, .enabled = false};
}

/// A secret on the command line is seen by everybody on the machine.
Result<void> refuseOpenSecrets(std::string_view schema, std::string_view parameters) {
  const auto names = secretParameters(schema);
  const auto bare = withoutSecrets(parameters, names);
  if (!bare) return std::unexpected(bare.error());
  const auto whole = withoutSecrets(parameters, {});
  if (!whole) return std::unexpected(whole.error());
  if (*bare == *whole) return {};
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  return fail(Error{.code = ErrorCode::validationError,
                    .message = fmt::format("{} is a secret and does not belong among the parameters: give it "
                                           "with --secret-stdin",
                                           all)}
                  .with("field", all));
}

Result<void> refuseUnknownSecrets(std::string_view schema, const GivenSecrets& given) {
  const auto names = secretParameters(schema);
  for (const auto& [name, secret] : given) {
    if (std::ranges::find(names, name) != names.end()) continue;
    return fail(Error{.code = ErrorCode::validationError,
                      .message = fmt::format("the publisher has no secret '{}'", escapeForDisplay(name))}
                    .with("field", escapeForDisplay(name)));
  }
  return {};
}

}  // namespace

Task<PublisherStatus> AlertPublishers::statusOf(std::string publisher, const AlertSettings::All& all,
                                                CallContext call) {
  PublisherStatus status{.publisher = publisher,
                         .isConfigured = all.publishers.contains(publisher),
                         .settings = settingsOf(all, publisher)};
  const auto ask = [&] {
    return queryViews<views::DeliverySummary>(
        context_, [&](sqlite3& db) { return views::deliverySummary(db, publisher); });
  };
  Result<views::DeliverySummary> summary = co_await onPool(context_.blocking, ask);
  if (!summary) co_return std::unexpected(summary.error());
  status.deliveries = std::move(*summary);
  Result<std::shared_ptr<AlertPublisher>> port = co_await plugins_.alertPublisher(publisher, call);
  if (!port) {
    status.problem = port.error();
    co_return status;
  }
  status.title = (*port)->description().title;
  status.summary = (*port)->description().summary;
  status.configurationSchema = (*port)->description().configurationSchema;
  if (!status.settings.enabled) co_return status;
  port = co_await delivery_.ready(status.settings, call);
  Result<void> health = Result<void>();
  if (port) {
    health = co_await (*port)->health(call);
  } else {
    health = std::unexpected(port.error());
  }
  if (!health) status.problem = health.error();
  co_return status;
}

Task<std::vector<PublisherStatus>> AlertPublishers::list(std::stop_token stop) {
  const auto all = settings_.all();
  if (!all) co_return std::unexpected(all.error());
  const CallContext call = CallContext::within(kPublisherPatience, stop);
  Result<std::vector<std::shared_ptr<AlertPublisher>>> ports = co_await plugins_.alertPublishers(call);
  if (!ports) co_return std::unexpected(ports.error());
  std::set<std::string> names;
  for (const auto& port : *ports) names.insert(port->description().publisher);
  for (const auto& [name, publisher] : all->publishers) names.insert(name);
  std::vector<PublisherStatus> statuses;
  for (const auto& name : names) {
    Result<PublisherStatus> status = co_await statusOf(name, *all, call);
    if (!status) co_return std::unexpected(status.error());
    statuses.push_back(std::move(*status));
  }
  co_return statuses;
}

Task<PublisherConfigured> AlertPublishers::changed(PublisherConfigured before, const PublisherChange& change,
                                                   const GivenSecrets& secrets) {
  const bool wasEnabled = before.enabled;
  PublisherConfigured after = std::move(before);
  after.enabled = change.enabled.value_or(after.enabled);
  after.minSeverity = change.minSeverity.value_or(after.minSeverity);
  after.retry.maxAttempts = change.maxAttempts.value_or(after.retry.maxAttempts);
  after.retry.backoff = change.backoff.value_or(after.retry.backoff);
  if (auto ok = domain::validate(after.retry); !ok) co_return std::unexpected(ok.error());
  const CallContext call = CallContext::within(kPublisherPatience);
  Result<std::shared_ptr<AlertPublisher>> port = co_await plugins_.alertPublisher(after.publisher, call);
  if (!port) {
    // Switching off what was on must be possible whatever became of the plugin.
    if (wasEnabled && !after.enabled && change.secrets.empty() && change.parameters == "{}") co_return after;
    co_return std::unexpected(port.error());
  }
  const std::string schema = (*port)->description().configurationSchema;
  if (auto ok = refuseOpenSecrets(schema, change.parameters); !ok) co_return std::unexpected(ok.error());
  if (auto ok = refuseUnknownSecrets(schema, change.secrets); !ok) co_return std::unexpected(ok.error());
  const auto overlaid = overlayParameters(after.parameters, change.parameters);
  if (!overlaid) co_return std::unexpected(overlaid.error());
  const auto whole = withSecrets(*overlaid, secrets);
  if (!whole) co_return std::unexpected(whole.error());
  auto complete = completeParameters(schema, *whole);
  if (!complete) co_return std::unexpected(complete.error());
  const auto bare = withoutSecrets(*complete, secretParameters(schema));
  if (!bare) co_return std::unexpected(bare.error());
  after.parameters = *bare;
  Result<void> taken = co_await (*port)->configure(std::move(*complete), call);
  if (!taken) co_return std::unexpected(taken.error());
  co_return after;
}

Task<void> AlertPublishers::keepSecrets(PublisherConfigured& settings, const GivenSecrets& given) {
  for (const auto& [field, secret] : given) {
    // A name of its own for each: the settings that name the old one hold until the new ones are recorded.
    const std::string name = fmt::format("alerts/{}/{}/{}", settings.publisher, field,
                                         Uuid::makeV7(context_.clock.now()).toString());
    const std::string label = fmt::format("Cachify: {} of the alert publisher {}", field, settings.publisher);
    const auto put = [&] { return context_.secrets.put(name, label, secret); };
    Result<void> kept = co_await onPool(context_.blocking, put);
    if (!kept) co_return kept;
    settings.secretRefs[field] = name;
  }
  co_return Result<void>();
}

Task<void> AlertPublishers::forgetSecrets(const PublisherConfigured& settings,
                                          const PublisherConfigured& other) {
  for (const auto& [field, name] : settings.secretRefs) {
    const auto kept = other.secretRefs.find(field);
    if (kept != other.secretRefs.end() && kept->second == name) continue;
    const auto remove = [&] { return context_.secrets.remove(name); };
    Result<void> removed = co_await onPool(context_.blocking, remove);
    if (!removed) co_return removed;
  }
  co_return Result<void>();
}

Task<PublisherConfigured> AlertPublishers::configure(std::string publisher, PublisherChange change) {
  const auto all = settings_.all();
  if (!all) co_return std::unexpected(all.error());
  const PublisherConfigured before = settingsOf(*all, publisher);
  const auto read = [&] { return storedSecrets(context_, before); };
  Result<GivenSecrets> secrets = co_await onPool(context_.blocking, read);
  const bool isNeeded = change.enabled.value_or(before.enabled);
  if (!secrets && isNeeded && change.secrets.empty()) co_return std::unexpected(secrets.error());
  GivenSecrets whole = secrets ? std::move(*secrets) : GivenSecrets();
  for (const auto& [name, secret] : change.secrets) whole[name] = secret;
  Result<PublisherConfigured> after = co_await changed(before, change, whole);
  if (!after) co_return std::unexpected(after.error());
  Result<void> kept = co_await keepSecrets(*after, change.secrets);
  if (kept) {
    log::FrameDraft frame = settingFrame(context_, *after);
    std::string action = after->enabled ? "alerts.publishers.enable" : "alerts.publishers.disable";
    kept = co_await appendSetting(context_, recorder_, std::move(frame), all->streamVersion,
                                  std::move(action), publisher);
  }
  // What is not named by any settings is of no use; a store that does not let go of it does not matter.
  Result<void> ignored = Result<void>();
  if (!kept) {
    ignored = co_await forgetSecrets(*after, before);
    co_return std::unexpected(kept.error());
  }
  ignored = co_await forgetSecrets(before, *after);
  co_return after;
}

Task<std::uint64_t> AlertPublishers::replay(std::string publisher, std::vector<Uuid> alerts) {
  const auto all = settings_.all();
  if (!all) co_return std::unexpected(all.error());
  if (!all->publishers.contains(publisher))
    co_return fail(ErrorCode::notFound,
                   fmt::format("the publisher '{}' was never switched on", escapeForDisplay(publisher)));
  const std::string stream = events::deliveriesStream(publisher);
  const bool isAll = alerts.empty();
  std::uint64_t replayed = 0;
  for (;;) {
    const auto version = context_.log.streamVersion(stream);
    if (!version) co_return std::unexpected(version.error());
    const auto ask = [&] {
      return queryViews<std::vector<Uuid>>(
          context_, [&](sqlite3& db) { return views::parkedAlerts(db, publisher, kReplayedAtOnce); });
    };
    Result<std::vector<Uuid>> parked = co_await onPool(context_.blocking, ask);
    if (!parked) co_return std::unexpected(parked.error());
    for (const auto& id : alerts) {
      if (std::ranges::find(*parked, id) == parked->end())
        co_return fail(ErrorCode::notFound,
                       fmt::format("the alert {} is not parked for {}", id.toString(), publisher));
    }
    if (!isAll) *parked = alerts;
    if (parked->empty()) break;
    log::AppendRequest request;
    const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
    request.frames.push_back(makeFrame(context_, trace, stream, events::AlertReplayed{publisher, *parked}));
    request.conditions.push_back({.stream = stream, .version = *version});
    Result<log::AppendReceipt> receipt = co_await append(context_.log, std::move(request));
    if (!receipt) co_return std::unexpected(receipt.error());
    replayed += parked->size();
    if (!isAll) break;
  }
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  recorder_.record(trace, {.action = "alerts.publishers.replay", .keyOrPattern = publisher}, nullptr);
  co_return replayed;
}

Task<plugin_host::Delivery> AlertPublishers::test(std::string publisher, std::stop_token stop) {
  const auto began = std::chrono::steady_clock::now();
  Result<plugin_host::Delivery> delivery = co_await delivery_.test(publisher, std::move(stop));
  std::optional<Error> error;
  if (!delivery) {
    error = delivery.error();
  } else if (delivery->outcome != plugin_host::Delivery::Outcome::delivered) {
    error = Error{.code = ErrorCode::connectionFailed, .message = delivery->message};
  }
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  events::Operation operation{.action = "alerts.publishers.test",
                              .keyOrPattern = publisher,
                              .duration = std::chrono::duration_cast<std::chrono::microseconds>(
                                  std::chrono::steady_clock::now() - began)};
  log::AppendRequest request;
  // An alert about it would go where alerts do not arrive.
  request.frames = recorder_.frames(trace, std::move(operation), error ? &*error : nullptr,
                                    Recorder::Alerting::onlyBlocks);
  Result<log::AppendReceipt> receipt = co_await append(context_.log, std::move(request));
  if (!receipt) co_return std::unexpected(receipt.error());
  co_return delivery;
}

}  // namespace cachify::actions
