// How a command ends: its outcome is durable before anybody is told, and a repeat is told the recorded one.

#include <fmt/format.h>

#include "actions/frames.hpp"
#include "actions/mutation_history.hpp"
#include "actions/mutation_run.hpp"
#include "events/decode.hpp"

namespace cachify::actions {
namespace {

constexpr std::chrono::milliseconds kPollOutcome{20};

/// The answer to a person when the cache was changed but the log could not say so.
Error outcomeNotRecorded(const Error& cause) {
  return Error{.code = ErrorCode::internalError,
               .message = fmt::format(
                   "the change was made, but its outcome could not be recorded: {}. The log holds the "
                   "intent; the next start marks it unknown.",
                   cause.message)}
      .with("outcome", std::string("applied"));
}

ErrorCode codeOf(std::string_view wire) {
  for (int i = 0; i <= static_cast<int>(ErrorCode::internalError); ++i) {
    if (wireName(static_cast<ErrorCode>(i)) == wire) return static_cast<ErrorCode>(i);
  }
  return ErrorCode::internalError;
}

/// Values do not enter the log, and a new number or score is one.
std::string recordedResult(const domain::Mutation& mutation, const std::string& result) {
  const auto* edit = std::get_if<domain::EditMutation>(&mutation);
  return edit == nullptr || domain::resultTellsValue(edit->change) ? std::string() : result;
}

using Outcome = std::optional<Result<MutationReport>>;

template <class Event>
Result<Event> onlyEvent(const log::Frame& frame) {
  return events::decodeAs<Event>(frame.schemaVersion, frame.payloads.front());
}

Outcome appliedOutcome(const log::Frame& frame, MutationReport report) {
  const auto event = onlyEvent<events::MutationApplied>(frame);
  if (!event) return std::unexpected(event.error());
  report.attempts = event->attempts;
  report.duration = event->duration;
  report.result = event->result;
  return report;
}

Outcome failedOutcome(const log::Frame& frame) {
  const auto event = onlyEvent<events::MutationFailed>(frame);
  if (!event) return std::unexpected(event.error());
  return fail(Error{.code = codeOf(event->errorCode), .message = event->message}
                  .with("attempts", static_cast<std::int64_t>(event->attempts))
                  .with("repeated", true));
}

Outcome unknownOutcome() {
  return fail(Error{
      .code = ErrorCode::timeout,
      .message = "the command was sent before under this idempotency key, and its outcome is unknown: look "
                 "at the key, then repeat under a new one"}
                  .with("outcome", std::string("unknown"))
                  .with("repeated", true));
}

/// As whoever executed it reported it, but for what its outcome adds.
Result<MutationReport> reportOf(const log::EventLog& log, const log::Frame& intent) {
  const auto requested = onlyEvent<events::MutationRequested>(intent);
  if (!requested) return std::unexpected(requested.error());
  MutationReport report{
      .id = MutationId(intent.firstEventId), .undoable = requested->undoable, .change = requested->change};
  report.repeated = true;
  for (std::size_t i = 0; i < requested->snapshots.size(); ++i) {
    // The snapshots stand right before the intent, one per key.
    const auto snapshot = readSnapshot(log, intent.firstPosition - requested->snapshots.size() + i);
    report.snapshots.push_back({.id = requested->snapshots[i],
                                .key = requested->keys[i],
                                .existed = snapshot && snapshot->event.state.existed()});
  }
  return report;
}

/// The recorded outcome of the command whose first intent is `intent`; nothing yet: it is still running.
Result<Outcome> findOutcome(const log::EventLog& log, const log::Frame& intent) {
  auto report = reportOf(log, intent);
  Outcome outcome;
  std::uint64_t next = intent.firstStreamVersion + 1;
  for (;;) {
    const auto frames = log.streamFrom(intent.stream, next, kFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    for (const auto& frame : *frames) {
      next = frame.firstStreamVersion + frame.payloads.size();
      const bool byRecovery = frame.correlationId == intent.firstEventId;
      if (frame.correlationId != intent.correlationId && !byRecovery) continue;
      switch (static_cast<events::EventType>(frame.type)) {
        case events::EventType::mutationRequested:
          // The key changed before the act: the command went on with this intent.
          report = reportOf(log, frame);
          outcome.reset();
          break;
        case events::EventType::mutationApplied:
          if (!report) return std::unexpected(report.error());
          outcome = appliedOutcome(frame, *report);
          break;
        case events::EventType::mutationFailed:
          outcome = failedOutcome(frame);
          break;
        case events::EventType::mutationUnknown:
          outcome = unknownOutcome();
          break;
        default:
          break;
      }
    }
    if (frames->size() < kFramesAtOnce) return outcome;
  }
}

}  // namespace

Task<MutationReport> MutationRun::recordSuccess(const AttemptCounter& counter) {
  const Context& context = deps_.context;
  intent_->report.attempts = counter.attempts();
  intent_->report.duration = counter.duration();
  const events::MutationApplied applied{.mutationId = intent_->id,
                                        .connectionId = command_.profile.id,
                                        .after = intent_->after,
                                        .attempts = counter.attempts(),
                                        .duration = counter.duration(),
                                        .result = recordedResult(command_.mutation, intent_->report.result)};
  log::AppendRequest request;
  request.frames.push_back(makeFrame(context, causedByIntent(), mutationsStream(context.session), applied));
  for (auto& frame : deps_.recorder.frames(causedByIntent(), operation(counter), nullptr)) {
    request.frames.push_back(std::move(frame));
  }
  Result<log::AppendReceipt> receipt = co_await append(context.log, std::move(request));
  if (!receipt) co_return fail(outcomeNotRecorded(receipt.error()));
  co_return std::move(intent_->report);
}

void MutationRun::supersedeIntent() {
  superseded_.push_back(intentFailed(*supersededBecause_));
  intent_.reset();
}

log::FrameDraft MutationRun::intentFailed(const Error& error) const {
  const events::MutationFailed failed{.mutationId = intent_->id,
                                      .connectionId = command_.profile.id,
                                      .errorCode = std::string(wireName(error.code)),
                                      .message = error.message,
                                      .attempts = attempts_,
                                      .after = intent_->left};
  return makeFrame(deps_.context, causedByIntent(), mutationsStream(deps_.context.session), failed);
}

Task<void> MutationRun::recordFailure(const Error& error) {
  const Context& context = deps_.context;
  const AttemptCounter untimed({}, {}, {});
  log::AppendRequest request;
  request.frames = std::exchange(superseded_, {});
  if (intent_ && intent_->sent) {
    const events::MutationUnknown unknown{.mutationId = intent_->id,
                                          .connectionId = command_.profile.id,
                                          .reason = "noAnswer",
                                          .attempts = attempts_};
    request.frames.push_back(makeFrame(context, causedByIntent(), mutationsStream(context.session), unknown));
  } else if (intent_) {
    request.frames.push_back(intentFailed(error));
  }
  events::Operation info = operation(untimed);
  info.attempts = std::max(1U, attempts_);
  if (const auto* ms = error.detail("durationMs")) {
    info.duration = std::chrono::milliseconds(std::get<std::int64_t>(*ms));
  }
  const Trace trace = intent_ ? causedByIntent() : trace_;
  for (auto& frame : deps_.recorder.frames(trace, std::move(info), &error))
    request.frames.push_back(std::move(frame));
  Result<log::AppendReceipt> receipt = co_await append(context.log, std::move(request));
  if (!receipt) co_return std::unexpected(receipt.error());
  co_return Result<void>();
}

Task<MutationReport> MutationRun::finishFailed(Error error, const AttemptCounter& counter) {
  if (error.detail("attempts") == nullptr) error = counter.finish(std::move(error));
  if (intent_ && intent_->sent) error.set("outcome", std::string("unknown"));
  if (intent_) error.set("mutationId", intent_->id.toString());
  const Result<void> recorded = co_await recordFailure(error);
  if (!recorded) error.set("notRecorded", recorded.error().message);
  co_return fail(std::move(error));
}

Task<MutationReport> MutationRun::repeatedOutcome(log::AppendReceipt receipt) {
  const auto& log = deps_.context.log;
  const auto frames = log.framesFrom(receipt.last, 1);
  if (!frames) co_return std::unexpected(frames.error());
  if (frames->empty()) co_return fail(ErrorCode::internalError, "the recorded command is not in the log");
  const log::Frame& intent = frames->front();
  const auto deadline = std::chrono::steady_clock::now() + profile_.timeout;
  for (;;) {
    Result<Outcome> outcome = findOutcome(log, intent);
    if (!outcome) co_return std::unexpected(outcome.error());
    if (*outcome) co_return std::move(**outcome);
    if (std::chrono::steady_clock::now() >= deadline) break;
    const Result<void> waited = co_await sleepFor(kPollOutcome, stop_);
    if (!waited) co_return std::unexpected(waited.error());
  }
  co_return fail(ErrorCode::conflict, "the same command is still running elsewhere");
}

}  // namespace cachify::actions
