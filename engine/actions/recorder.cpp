#include "actions/recorder.hpp"

#include <spdlog/spdlog.h>

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

}  // namespace

bool isBlocked(const Error& error) {
  return error.code == ErrorCode::unauthorized && error.detail("policy") != nullptr;
}

std::uint32_t attemptsOf(const Error& error) {
  const auto* value = error.detail("attempts");
  const auto* number = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
  return number == nullptr ? 1 : static_cast<std::uint32_t>(*number);
}

std::vector<log::FrameDraft> Recorder::frames(const Trace& trace, events::Operation operation,
                                              const Error* error) const {
  const std::string stream = operationsStream(context_.session);
  std::vector<log::FrameDraft> frames;
  if (error == nullptr) {
    frames.push_back(makeFrame(context_, trace, stream, events::OperationCompleted{std::move(operation)}));
  } else if (isBlocked(*error)) {
    frames.push_back(
        makeFrame(context_, trace, stream,
                  events::OperationBlocked{operation, textDetail(*error, "policy"), error->message}));
    const Trace cause{trace.correlation, frames.front().firstEventId};
    frames.push_back(makeFrame(context_, cause, stream, blockAlert(operation, *error)));
  } else {
    frames.push_back(
        makeFrame(context_, trace, stream,
                  events::OperationFailed{std::move(operation), std::string(wireName(error->code)),
                                          error->message, error->retryable}));
  }
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
