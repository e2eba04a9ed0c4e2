#include "actions/mutation_history.hpp"

#include <fmt/format.h>

#include "actions/frames.hpp"
#include "events/decode.hpp"
#include "events/workflow_events.hpp"

namespace cachify::actions {
namespace {

template <class Event>
Result<bool> isAbout(const log::Frame& frame, std::size_t i, MutationId mutation, Event& event) {
  auto decoded = events::decodeAs<Event>(frame.schemaVersion, frame.payloads[i]);
  if (!decoded) return std::unexpected(decoded.error());
  event = std::move(*decoded);
  return event.mutationId == mutation;
}

Result<void> foldOutcome(const log::Frame& frame, std::size_t i, MutationId mutation,
                         RecordedOutcome& outcome) {
  const auto note = [&](Result<bool> about, RecordedOutcome::Kind kind) -> Result<bool> {
    if (about && *about) outcome.kind = kind;
    return about;
  };
  Result<bool> about = false;
  switch (static_cast<events::EventType>(frame.type)) {
    case events::EventType::mutationRequested: {
      if (frame.eventId(i) != mutation.value()) break;
      auto requested = events::decodeAs<events::MutationRequested>(frame.schemaVersion, frame.payloads[i]);
      if (!requested) return std::unexpected(requested.error());
      outcome.intended = std::move(requested->intended);
      break;
    }
    case events::EventType::mutationApplied: {
      events::MutationApplied event;
      about = note(isAbout(frame, i, mutation, event), RecordedOutcome::Kind::applied);
      if (about && *about) outcome.after = std::move(event.after);
      break;
    }
    case events::EventType::mutationFailed: {
      events::MutationFailed event;
      about = note(isAbout(frame, i, mutation, event), RecordedOutcome::Kind::failed);
      if (about && *about) outcome.after = std::move(event.after);
      break;
    }
    case events::EventType::mutationUnknown: {
      events::MutationUnknown event;
      about = note(isAbout(frame, i, mutation, event), RecordedOutcome::Kind::unknown);
      break;
    }
    default:
      break;
  }
  return about ? Result<void>() : std::unexpected(about.error());
}

/// What the step of a run made of the key; nothing if this frame does not tell.
Result<void> foldStep(const log::Frame& frame, std::size_t i, const Bytes& key, RecordedOutcome& outcome) {
  const auto type = static_cast<events::EventType>(frame.type);
  if (type == events::EventType::workflowStepSucceeded) {
    auto step = events::decodeAs<events::StepSucceeded>(frame.schemaVersion, frame.payloads[i]);
    if (!step) return std::unexpected(step.error());
    const bool isMoved = step->after.key != step->key;
    if (step->key != key && step->after.key != key) return {};
    outcome.kind = RecordedOutcome::Kind::applied;
    if (isMoved) outcome.after.push_back({.key = step->key});
    outcome.after.push_back(std::move(step->after));
  } else if (type == events::EventType::workflowStepFailed) {
    const auto step = events::decodeAs<events::StepFailed>(frame.schemaVersion, frame.payloads[i]);
    if (!step) return std::unexpected(step.error());
    if (step->key == key)
      outcome.kind = step->unknown ? RecordedOutcome::Kind::unknown : RecordedOutcome::Kind::failed;
  }
  return {};
}

/// The outcome of one key of a batch stands in the run's stream, behind the version at which it was decided.
Result<void> foldBatch(const log::EventReader& log, const events::MutationBatchRequested& batch,
                       MutationId mutation, const Bytes& key, RecordedOutcome& outcome) {
  const std::string stream = events::runStream(batch.execution);
  for (std::uint64_t next = batch.runVersion + 1; outcome.kind == RecordedOutcome::Kind::open;) {
    const auto frames = log.streamFrom(stream, next, kLargeFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    for (const auto& frame : *frames) {
      next = frame.firstStreamVersion + frame.payloads.size();
      if (frame.causationId != mutation.value()) continue;
      for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
        if (auto ok = foldStep(frame, i, key, outcome); !ok) return ok;
      }
    }
    if (frames->size() < kLargeFramesAtOnce) break;
  }
  return {};
}

/// The event of a batch that the snapshot was taken for; nothing if it was taken for a single mutation.
Result<std::optional<events::MutationBatchRequested>> batchOf(const log::Frame& frame, MutationId mutation) {
  const bool isOurs =
      static_cast<events::EventType>(frame.type) == events::EventType::mutationBatchRequested &&
      frame.firstEventId == mutation.value();
  if (!isOurs) return std::nullopt;
  auto event = events::decodeAs<events::MutationBatchRequested>(frame.schemaVersion, frame.payloads.front());
  if (!event) return std::unexpected(event.error());
  return std::move(*event);
}

}  // namespace

Result<RecordedSnapshot> readSnapshot(const log::EventReader& log, log::Position position) {
  const auto frames = log.framesFrom(position, 1);
  if (!frames) return std::unexpected(frames.error());
  const bool isSnapshot = !frames->empty() && static_cast<events::EventType>(frames->front().type) ==
                                                  events::EventType::snapshotCaptured;
  if (!isSnapshot)
    return fail(ErrorCode::notFound, fmt::format("there is no snapshot at position {}", position));
  const log::Frame& frame = frames->front();
  const std::size_t i = position - frame.firstPosition;
  if (frame.payloads[i].empty()) return fail(ErrorCode::notFound, "this snapshot's data were erased");
  auto event = events::decodeAs<events::SnapshotCaptured>(frame.schemaVersion, frame.payloads[i]);
  if (!event) return std::unexpected(event.error());
  return RecordedSnapshot{.id = SnapshotId(frame.eventId(i)),
                          .position = position,
                          .capturedAt = frame.recordedAt,
                          .event = std::move(*event),
                          .stream = frame.stream,
                          .mutation = MutationId(frame.causationId)};
}

Result<RecordedOutcome> readOutcome(const log::EventReader& log, const RecordedSnapshot& snapshot) {
  const auto frames = log.framesFrom(snapshot.position, 1);
  if (!frames) return std::unexpected(frames.error());
  RecordedOutcome outcome;
  std::uint64_t next = frames->front().firstStreamVersion;
  for (;;) {
    const auto stream = log.streamFrom(snapshot.stream, next, kLargeFramesAtOnce);
    if (!stream) return std::unexpected(stream.error());
    for (const auto& frame : *stream) {
      const auto batch = batchOf(frame, snapshot.mutation);
      if (!batch) return std::unexpected(batch.error());
      if (*batch) {
        if (auto ok = foldBatch(log, **batch, snapshot.mutation, snapshot.event.state.key, outcome); !ok)
          return std::unexpected(ok.error());
        return outcome;
      }
      for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
        if (auto ok = foldOutcome(frame, i, snapshot.mutation, outcome); !ok)
          return std::unexpected(ok.error());
      }
      next = frame.firstStreamVersion + frame.payloads.size();
    }
    const bool settled = outcome.kind != RecordedOutcome::Kind::open;
    if (settled || stream->size() < kLargeFramesAtOnce) return outcome;
  }
}

}  // namespace cachify::actions
