#include "plugin_host/hosted_alert_publisher.hpp"

#include <cachify/plugin/alert_publisher.h>

namespace cachify::plugin_host {
namespace {

using std::chrono::milliseconds;

// Severities and outcomes cross as the numbers they are.
static_assert(static_cast<int>(events::Severity::info) == CACHIFY_SEVERITY_INFO);
static_assert(static_cast<int>(events::Severity::warning) == CACHIFY_SEVERITY_WARNING);
static_assert(static_cast<int>(events::Severity::critical) == CACHIFY_SEVERITY_CRITICAL);
static_assert(static_cast<int>(Delivery::Outcome::delivered) == CACHIFY_DELIVERED);
static_assert(static_cast<int>(Delivery::Outcome::retryAfter) == CACHIFY_RETRY_AFTER);
static_assert(static_cast<int>(Delivery::Outcome::failed) == CACHIFY_DELIVERY_FAILED);

/// Where the caller names no time.
constexpr milliseconds kDeliveryTime{30'000};
/// What a publisher is given beyond its deadline before it is ended.
constexpr milliseconds kGrace{1000};
constexpr std::size_t kMaxIdempotencyKeyBytes = 255;

PublisherDescription describe(const PluginProcess& process) {
  const LoadedReply& loaded = process.loaded();
  return {.publisher = loaded.name,
          .title = loaded.title,
          .summary = loaded.summary,
          .pluginId = process.manifest().id,
          .pluginVersion = process.manifest().version,
          .configurationSchema = loaded.schema};
}

WireAlert wireAlertOf(const AlertForDelivery& alert) {
  return {.severity = static_cast<std::uint32_t>(alert.severity),
          .count = alert.count,
          .createdAtMs = std::chrono::floor<milliseconds>(alert.createdAt).time_since_epoch().count(),
          .id = alert.id.toString(),
          .title = alert.title,
          .message = alert.message,
          .source = alert.source,
          .connection = alert.connectionName,
          .environment = alert.environment,
          .json = toJsonLine(alert)};
}

milliseconds timeUntil(SteadyTime deadline) {
  if (deadline == SteadyTime::max()) return kDeliveryTime;
  const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
  return std::max(left, milliseconds(0));
}

std::optional<Delivery> deliveryOf(const Bytes& body) {
  DeliveredReply reply;
  if (!decodeBody(body, reply) || reply.outcome > static_cast<std::uint8_t>(Delivery::Outcome::failed))
    return std::nullopt;
  // A day at most: what is longer is as good as parked.
  constexpr std::uint64_t kMostMs = 86'400'000;
  return Delivery{.outcome = static_cast<Delivery::Outcome>(reply.outcome),
                  .retryAfter = milliseconds(std::min(reply.retryAfterMs, kMostMs)),
                  .message = escapeForDisplay(BytesView(reply.message).substr(0, kMaxProblemBytes))};
}

}  // namespace

Task<std::shared_ptr<HostedAlertPublisher>> HostedAlertPublisher::make(std::shared_ptr<HostedPlugin> plugin,
                                                                       CallContext context) {
  Result<HostedPlugin::Acquired> acquired = co_await plugin->acquire(std::move(context));
  if (!acquired) co_return std::unexpected(acquired.error());
  PublisherDescription description = describe(*acquired->process);
  plugin->release(std::move(acquired->process));
  co_return std::shared_ptr<HostedAlertPublisher>(
      new HostedAlertPublisher(std::move(plugin), std::move(description)));
}

Task<void> HostedAlertPublisher::configure(std::string configurationJson, CallContext context) {
  Result<HostedPlugin::Acquired> acquired = co_await plugin_->acquire(context);
  if (!acquired) co_return std::unexpected(acquired.error());
  const JsonRequest request{.json = configurationJson};
  PluginProcess::Question question{.type = MessageType::configure, .body = encodeBody(request)};
  Result<PluginProcess::Answer> answer =
      co_await acquired->process->call(std::move(question), std::move(context));
  if (!answer) {
    // It still has the configuration it had, if any.
    if (!acquired->isFresh) plugin_->release(std::move(acquired->process));
    co_return std::unexpected(answer.error());
  }
  configuration_ = std::move(configurationJson);
  ++generation_;
  plugin_->dropIdle();
  plugin_->release(std::move(acquired->process));
  co_return Result<void>();
}

Task<HostedPlugin::Process> HostedAlertPublisher::ready(CallContext context) {
  if (configuration_.empty())
    co_return fail(ErrorCode::validationError, "the publisher is not configured yet");
  Result<HostedPlugin::Acquired> acquired = co_await plugin_->acquire(context);
  if (!acquired) co_return std::unexpected(acquired.error());
  if (!acquired->isFresh) co_return std::move(acquired->process);
  const JsonRequest request{.json = configuration_};
  PluginProcess::Question question{.type = MessageType::configure, .body = encodeBody(request)};
  Result<PluginProcess::Answer> answer =
      co_await acquired->process->call(std::move(question), std::move(context));
  if (!answer) co_return std::unexpected(answer.error());
  co_return std::move(acquired->process);
}

void HostedAlertPublisher::giveBack(HostedPlugin::Process process, std::uint64_t generation) {
  if (generation == generation_) plugin_->release(std::move(process));
}

Task<Delivery> HostedAlertPublisher::deliver(std::vector<AlertForDelivery> batch, std::string idempotencyKey,
                                             CallContext context) {
  if (idempotencyKey.empty() || idempotencyKey.size() > kMaxIdempotencyKeyBytes)
    co_return fail(ErrorCode::validationError, "a batch needs an idempotency key of 1 to 255 bytes");
  const std::uint64_t generation = generation_;
  Result<HostedPlugin::Process> process = co_await ready(context);
  if (!process) co_return std::unexpected(process.error());
  const milliseconds time = timeUntil(context.deadline);
  DeliverRequest request{.idempotencyKey = std::move(idempotencyKey),
                         .deadlineMs = static_cast<std::uint64_t>(time.count())};
  for (const auto& alert : batch) request.alerts.push_back(wireAlertOf(alert));
  PluginProcess::Question question{.type = MessageType::deliver,
                                   .body = encodeBody(request),
                                   .expected = MessageType::delivered,
                                   .patience = time + kGrace};
  CallContext until{.stop = context.stop};
  Result<PluginProcess::Answer> answer = co_await (*process)->call(std::move(question), std::move(until));
  if (!answer) {
    giveBack(std::move(*process), generation);
    co_return std::unexpected(answer.error());
  }
  auto delivery = deliveryOf(answer->body);
  if (!delivery)
    co_return fail((*process)->fault(Fault::garbage, "an outcome of a delivery that cannot be read"));
  plugin_->worked(**process);
  giveBack(std::move(*process), generation);
  co_return std::move(*delivery);
}

Task<void> HostedAlertPublisher::health(CallContext context) {
  const std::uint64_t generation = generation_;
  Result<HostedPlugin::Process> process = co_await ready(context);
  if (!process) co_return std::unexpected(process.error());
  PluginProcess::Question question{.type = MessageType::health};
  Result<PluginProcess::Answer> answer = co_await (*process)->call(std::move(question), std::move(context));
  giveBack(std::move(*process), generation);
  if (answer) co_return Result<void>();
  Error error = answer.error();
  if (!isFault(error) && error.code == ErrorCode::internalError) {
    error.code = ErrorCode::connectionFailed;
    error.retryable = true;
  }
  co_return fail(std::move(error));
}

}  // namespace cachify::plugin_host
