#include "actions/mutation_history.hpp"

#include <fmt/format.h>

#include "events/decode.hpp"

namespace cachify::actions {
namespace {

constexpr std::size_t kHistoryFramesAtOnce = 256;

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
    const auto stream = log.streamFrom(snapshot.stream, next, kHistoryFramesAtOnce);
    if (!stream) return std::unexpected(stream.error());
    for (const auto& frame : *stream) {
      for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
        if (auto ok = foldOutcome(frame, i, snapshot.mutation, outcome); !ok)
          return std::unexpected(ok.error());
      }
      next = frame.firstStreamVersion + frame.payloads.size();
    }
    const bool settled = outcome.kind != RecordedOutcome::Kind::open;
    if (settled || stream->size() < kHistoryFramesAtOnce) return outcome;
  }
}

}  // namespace cachify::actions
