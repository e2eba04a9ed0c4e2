#include "actions/recorder.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "actions/alerts/raise_alert.hpp"
#include "actions/control_state.hpp"
#include "events/alert_events.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {
namespace {

std::string textDetail(const Error& error, std::string_view name) {
  const auto* value = error.detail(name);
  const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
  return text == nullptr ? std::string() : *text;
}

events::AlertRaised blockAlert(const events::Operation& operation, const Error& error) {
  return {.severity = events::Severity::warning,
          .title = operation.action + " was blocked",
          .message = error.message,
          .source = "policy",
          .connectionId = operation.connectionId,
          .environment = operation.environment};
}

events::AlertRaised failureAlert(const events::Operation& operation, const Error& error) {
  return {.severity = events::Severity::warning,
          .title = fmt::format("{} failed: {}", operation.action, wireName(error.code)),
          .message = error.message,
          .source = "observability",
          .connectionId = operation.connectionId,
          .environment = operation.environment};
}

events::AlertRaised slowAlert(const events::Operation& operation, std::chrono::milliseconds threshold) {
  using std::chrono::milliseconds;
  return {
      .severity = events::Severity::info,
      .title = operation.action + " was slow",
      .message = fmt::format("it took {} ms; {} ms and more count as slow on this connection",
                             std::chrono::round<milliseconds>(operation.duration).count(), threshold.count()),
      .source = "observability",
      .connectionId = operation.connectionId,
      .environment = operation.environment};
}

}  // namespace

bool isBlocked(const Error& error) {
  return error.code == ErrorCode::unauthorized && error.detail("policy") != nullptr;
}

std::uint32_t attemptsOf(const Error& error) {
  const auto* value = error.detail("attempts");
  const auto* number = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
  return number == nullptr ? 1 : static_cast<std::uint32_t>(*number);
}

void Recorder::alertSlow(const Trace& cause, const events::Operation& operation,
                         std::vector<log::FrameDraft>& frames) const {
  if (operation.connectionId.isNil()) return;
  const auto known = state_.profile(operation.connectionId);
  if (!known || operation.duration < known->profile.slowOpThreshold) return;
  raiseAlert(context_, cause, domain::AlertSource::operationSlow,
             slowAlert(operation, known->profile.slowOpThreshold), frames);
}

std::vector<log::FrameDraft> Recorder::frames(const Trace& trace, events::Operation operation,
                                              const Error* error, Alerting alerting) const {
  const std::string stream = operationsStream(context_.session);
  std::vector<log::FrameDraft> frames;
  const Trace cause{trace.correlation, Uuid::makeV7(context_.clock.now())};
  const Uuid id = cause.causation;
  if (error == nullptr) {
    frames.push_back(makeFrame(context_, trace, stream, events::OperationCompleted{operation}, id));
  } else if (isBlocked(*error)) {
    frames.push_back(
        makeFrame(context_, trace, stream,
                  events::OperationBlocked{operation, textDetail(*error, "policy"), error->message}, id));
    raiseAlert(context_, cause, domain::AlertSource::operationBlocked, blockAlert(operation, *error), frames);
    return frames;
  } else {
    frames.push_back(makeFrame(context_, trace, stream,
                               events::OperationFailed{operation, std::string(wireName(error->code)),
                                                       error->message, error->retryable},
                               id));
  }
  if (alerting == Alerting::onlyBlocks) return frames;
  if (error != nullptr && error->code != ErrorCode::cancelled)
    raiseAlert(context_, cause, domain::AlertSource::operationFailed, failureAlert(operation, *error),
               frames);
  alertSlow(cause, operation, frames);
  return frames;
}

void Recorder::record(const Trace& trace, events::Operation operation, const Error* error) const {
  log::AppendRequest request;
  request.frames = frames(trace, std::move(operation), error);
  const bool blocked = error != nullptr && isBlocked(*error);
  request.durability = blocked ? log::Durability::durable : log::Durability::soon;
  context_.log.appendAsync(std::move(request), [](const Result<log::AppendReceipt>& receipt) {
    if (!receipt) spdlog::warn("an operation could not be recorded: {}", receipt.error().message);
  });
}

}  // namespace cachify::actions
