#include "actions/workflows/interruption.hpp"

#include <fmt/format.h>

#include "actions/alerts/raise_alert.hpp"
#include "actions/frames.hpp"
#include "actions/workflows/run_state.hpp"
#include "events/decode.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {
namespace {

events::AlertRaised interruptionAlert(const RunState& run, ExecutionId id) {
  return {.severity = events::Severity::warning,
          .title = fmt::format("Workflow '{}' was interrupted", run.started.name),
          .message = fmt::format("its process ended midway; `cachify workflows resume {}` goes on with it",
                                 id.toString()),
          .source = "workflow",
          .connectionId = run.started.connectionId,
          .environment = run.started.environment};
}

/// True if it was the dead session's, and is interrupted now.
Result<bool> interrupt(const Context& context, SessionId dead, ExecutionId id) {
  const auto run = readRun(context.log, id);
  if (!run) return std::unexpected(run.error());
  const bool isTheirs = !run->sessions.empty() && run->sessions.back() == dead;
  if (!isTheirs || run->status != domain::RunStatus::running) return false;
  const Trace trace{.correlation = id.value(), .causation = id.value()};
  log::AppendRequest request;
  request.frames.push_back(makeFrame(context, trace, events::runStream(id), events::RunInterrupted{dead}));
  const Trace cause{id.value(), request.frames.front().firstEventId};
  raiseAlert(context, cause, domain::AlertSource::workflowEnded, interruptionAlert(*run, id), request.frames);
  request.conditions.push_back({.stream = events::runStream(id), .version = run->streamVersion});
  const auto receipt = context.log.append(std::move(request));
  if (receipt) return true;
  // Somebody was quicker.
  if (receipt.error().code == ErrorCode::conflict) return false;
  return std::unexpected(receipt.error());
}

}  // namespace

Result<std::uint32_t> interruptRuns(const Context& context, SessionId dead) {
  std::uint32_t interrupted = 0;
  const std::string stream = events::claimsStream(dead);
  for (std::uint64_t next = 1;;) {
    const auto frames = context.log.streamFrom(stream, next, kFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    for (const auto& frame : *frames) {
      next = frame.firstStreamVersion + frame.payloads.size();
      const auto claimed = events::decodeAs<events::RunClaimed>(frame.schemaVersion, frame.payloads.front());
      if (!claimed) return std::unexpected(claimed.error());
      const auto done = interrupt(context, dead, claimed->execution);
      if (!done) return std::unexpected(done.error());
      interrupted += *done ? 1 : 0;
    }
    if (frames->size() < kFramesAtOnce) return interrupted;
  }
}

}  // namespace cachify::actions
