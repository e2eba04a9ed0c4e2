#include "actions/workflows/run_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "actions/frames.hpp"
#include "events/decode.hpp"

namespace cachify::actions {

using domain::StepStatus;
using events::EventType;

namespace {

/// Few: what is read beyond the limit is read again by the next call.
constexpr std::size_t kStepFramesAtOnce = 2;

template <class Event, class Take>
Result<void> withEvent(const log::Frame& frame, std::size_t i, Take take) {
  auto event = events::decodeAs<Event>(frame.schemaVersion, frame.payloads[i]);
  if (!event) return std::unexpected(event.error());
  take(std::move(*event));
  return {};
}

void foldFinished(RunState& run, const log::Frame& frame, const events::RunFinished& event) {
  run.status = event.status;
  run.totals = event.totals;
  run.duration = event.duration;
  run.message = event.message;
  run.finishedAt = frame.recordedAt;
}

/// How often a step was tried stands in its payload alone.
template <class Event>
std::uint64_t retriesIn(const log::Frame& frame) {
  constexpr std::string_view kOnce = "\"attempts\":1,";
  std::uint64_t retries = 0;
  for (const auto& payload : frame.payloads) {
    if (payload.empty() || payload.find(kOnce) != std::string::npos) continue;
    const auto event = events::decodeAs<Event>(frame.schemaVersion, payload);
    if (event && event->attempts > 1) retries += event->attempts - 1;
  }
  return retries;
}

Result<void> foldEvent(RunState& run, const log::Frame& frame, std::size_t i) {
  switch (static_cast<EventType>(frame.type)) {
    case EventType::workflowStarted:
      run.actor = frame.actor;
      run.startedAt = frame.recordedAt;
      return withEvent<events::RunStarted>(frame, i, [&](events::RunStarted&& event) {
        run.sessions.push_back(event.session);
        run.started = std::move(event);
      });
    case EventType::workflowPlanExtended:
      return withEvent<events::PlanExtended>(frame, i, [&](events::PlanExtended&& event) {
        run.extents.push_back({event.first, event.count, event.packId});
        run.totals.total = event.first + event.count;
      });
    case EventType::workflowPlanned:
      return withEvent<events::RunPlanned>(frame, i, [&](events::RunPlanned&& event) {
        run.totals.total = event.total;
        run.plannedAt = frame.recordedAt;
        run.planned = std::move(event);
      });
    case EventType::workflowFinished:
      return withEvent<events::RunFinished>(
          frame, i, [&](events::RunFinished&& event) { foldFinished(run, frame, event); });
    case EventType::workflowCancelled:
      run.cancelRequested = true;
      return {};
    case EventType::workflowInterrupted:
      run.status = domain::RunStatus::interrupted;
      return {};
    case EventType::workflowResumed:
      run.status = domain::RunStatus::running;
      run.cancelRequested = false;
      return withEvent<events::RunResumed>(
          frame, i, [&](events::RunResumed&& event) { run.sessions.push_back(event.session); });
    default:
      return {};
  }
}

Result<void> fold(RunState& run, const log::Frame& frame) {
  const std::uint64_t count = frame.payloads.size();
  switch (static_cast<EventType>(frame.type)) {
    case EventType::workflowStepSucceeded:
      run.totals.succeeded += count;
      run.totals.retries += retriesIn<events::StepSucceeded>(frame);
      break;
    case EventType::workflowStepFailed:
      run.totals.failed += count;
      run.totals.retries += retriesIn<events::StepFailed>(frame);
      break;
    case EventType::workflowStepSkipped:
      run.totals.skipped += count;
      break;
    default:
      for (std::size_t i = 0; i < count; ++i) {
        if (auto ok = foldEvent(run, frame, i); !ok) return ok;
      }
  }
  run.streamVersion = frame.firstStreamVersion + count - 1;
  return {};
}

std::unexpected<Error> noSuchRun(ExecutionId id) {
  return fail(Error{
      .code = ErrorCode::notFound,
      .message = fmt::format("there is no run {}; `cachify workflows history` shows them", id.toString())}
                  .with("executionId", id.toString()));
}

Result<std::optional<StepRow>> rowOf(const log::Frame& frame, std::size_t i) {
  StepRow row{.streamVersion = frame.firstStreamVersion + i};
  Result<void> read;
  switch (static_cast<EventType>(frame.type)) {
    case EventType::workflowStepSucceeded:
      read = withEvent<events::StepSucceeded>(frame, i, [&](events::StepSucceeded&& step) {
        row.key = std::move(step.key);
        row.action = std::move(step.action);
        row.attempts = step.attempts;
        row.snapshot = step.snapshot;
        row.after = std::move(step.after);
      });
      break;
    case EventType::workflowStepFailed:
      row.status = StepStatus::failed;
      read = withEvent<events::StepFailed>(frame, i, [&](events::StepFailed&& step) {
        row.key = std::move(step.key);
        row.action = std::move(step.action);
        row.attempts = step.attempts;
        row.snapshot = step.snapshot;
        row.errorCode = std::move(step.errorCode);
        row.message = std::move(step.message);
        row.unknown = step.unknown;
      });
      break;
    case EventType::workflowStepSkipped:
      row.status = StepStatus::skipped;
      read = withEvent<events::StepSkipped>(frame, i, [&](events::StepSkipped&& step) {
        row.key = std::move(step.key);
        row.action = std::move(step.action);
        row.message = std::move(step.reason);
      });
      break;
    default:
      return std::nullopt;
  }
  if (!read) return std::unexpected(read.error());
  return row;
}

}  // namespace

Result<RunState> readRun(const log::EventReader& log, ExecutionId id) {
  RunState run{.id = id};
  const std::string stream = events::runStream(id);
  for (;;) {
    const auto frames = log.streamFrom(stream, run.streamVersion + 1, kLargeFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    for (const auto& frame : *frames) {
      if (auto ok = fold(run, frame); !ok) return std::unexpected(ok.error());
    }
    if (frames->size() < kLargeFramesAtOnce) break;
  }
  if (run.streamVersion == 0) return noSuchRun(id);
  return run;
}

namespace {

constexpr std::uint64_t kVersionsBack = 10'000;

/// Of stream versions `next` to `end`, that one left out.
Result<std::vector<StepRow>> stepsBetween(const log::EventReader& log, ExecutionId id, std::uint64_t next,
                                          std::uint64_t end, std::size_t limit) {
  std::vector<StepRow> rows;
  const std::string stream = events::runStream(id);
  while (rows.size() < limit && next < end) {
    const auto frames = log.streamFrom(stream, next, kStepFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    for (const auto& frame : *frames) {
      for (std::size_t i = 0; i < frame.payloads.size() && rows.size() < limit; ++i) {
        const std::uint64_t version = frame.firstStreamVersion + i;
        if (version < next || version >= end || frame.payloads[i].empty()) continue;
        auto row = rowOf(frame, i);
        if (!row) return std::unexpected(row.error());
        if (*row) rows.push_back(std::move(**row));
      }
    }
    if (frames->size() < kStepFramesAtOnce) break;
    next = frames->back().firstStreamVersion + frames->back().payloads.size();
  }
  return rows;
}

}  // namespace

Result<std::vector<StepRow>> readSteps(const log::EventReader& log, ExecutionId id, std::uint64_t from,
                                       std::size_t limit) {
  return stepsBetween(log, id, from + 1, std::numeric_limits<std::uint64_t>::max(), limit);
}

Result<StepsBack> readStepsBack(const log::EventReader& log, ExecutionId id, std::uint64_t before) {
  if (before == 0) {
    const auto last = log.streamVersion(events::runStream(id));
    if (!last) return std::unexpected(last.error());
    before = *last + 1;
  }
  std::uint64_t first = before > kVersionsBack ? before - kVersionsBack : 1;
  // Whole frames: their steps have their snapshots in common frames and packs, which are opened once then.
  const auto frame = log.streamFrom(events::runStream(id), first, 1);
  if (!frame) return std::unexpected(frame.error());
  if (!frame->empty()) first = std::min(first, frame->front().firstStreamVersion);
  auto rows = stepsBetween(log, id, first, before, before - first);
  if (!rows) return std::unexpected(rows.error());
  std::ranges::reverse(*rows);
  return StepsBack{.rows = std::move(*rows), .before = first};
}

}  // namespace cachify::actions
