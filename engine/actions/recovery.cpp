#include "actions/recovery.hpp"

#include <map>

#include "actions/frames.hpp"
#include "actions/session_lock.hpp"
#include "actions/workflows/interruption.hpp"
#include "events/decode.hpp"
#include "events/mutation_events.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {
namespace {

struct OpenIntents {
  std::map<Uuid, ConnectionId> byMutation;                 ///< intents without an outcome
  std::map<Uuid, events::MutationBatchRequested> batches;  ///< the same of batches
  std::uint64_t streamVersion = 0;
};

template <class Event>
Result<void> closeIntent(const log::Frame& frame, const std::string& payload, OpenIntents& open) {
  const auto event = events::decodeAs<Event>(frame.schemaVersion, payload);
  if (!event) return std::unexpected(event.error());
  open.byMutation.erase(event->mutationId.value());
  return {};
}

Result<void> foldEvent(const log::Frame& frame, std::size_t i, OpenIntents& open) {
  const std::string& payload = frame.payloads[i];
  switch (static_cast<events::EventType>(frame.type)) {
    case events::EventType::mutationRequested: {
      const auto event = events::decodeAs<events::MutationRequested>(frame.schemaVersion, payload);
      if (!event) return std::unexpected(event.error());
      open.byMutation.emplace(frame.eventId(i), event->connectionId);
      return {};
    }
    case events::EventType::mutationBatchRequested: {
      auto event = events::decodeAs<events::MutationBatchRequested>(frame.schemaVersion, payload);
      if (!event) return std::unexpected(event.error());
      open.batches.emplace(frame.eventId(i), std::move(*event));
      return {};
    }
    case events::EventType::mutationBatchSettled: {
      const auto event = events::decodeAs<events::MutationBatchSettled>(frame.schemaVersion, payload);
      if (!event) return std::unexpected(event.error());
      open.batches.erase(event->mutationId.value());
      return {};
    }
    case events::EventType::mutationApplied:
      return closeIntent<events::MutationApplied>(frame, payload, open);
    case events::EventType::mutationFailed:
      return closeIntent<events::MutationFailed>(frame, payload, open);
    case events::EventType::mutationUnknown:
      return closeIntent<events::MutationUnknown>(frame, payload, open);
    default:
      return {};
  }
}

Result<OpenIntents> readOpenIntents(const log::EventLog& log, const std::string& stream) {
  OpenIntents open;
  for (;;) {
    const auto frames = log.streamFrom(stream, open.streamVersion + 1, kLargeFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    for (const auto& frame : *frames) {
      for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
        if (auto ok = foldEvent(frame, i, open); !ok) return std::unexpected(ok.error());
      }
      open.streamVersion = frame.firstStreamVersion + frame.payloads.size() - 1;
    }
    if (frames->size() < kLargeFramesAtOnce) return open;
  }
}

template <class Event>
log::FrameDraft orphanFrame(const Context& context, const std::string& stream, Uuid cause,
                            const Event& event) {
  return makeFrame(context, Trace{.correlation = cause, .causation = cause}, stream, event);
}

/// Nobody but who holds the dead session's lock adds to its stream.
Result<void> recordUnknown(const Context& context, const std::string& stream, const OpenIntents& open) {
  log::AppendRequest request;
  for (const auto& [mutation, connection] : open.byMutation) {
    const events::MutationUnknown unknown{
        .mutationId = MutationId(mutation), .connectionId = connection, .reason = "processEnded"};
    request.frames.push_back(orphanFrame(context, stream, mutation, unknown));
  }
  for (const auto& [mutation, batch] : open.batches) {
    const events::MutationBatchSettled settled{
        .mutationId = MutationId(mutation), .connectionId = batch.connectionId, .unknown = batch.snapshots};
    request.frames.push_back(orphanFrame(context, stream, mutation, settled));
  }
  if (request.frames.empty()) return {};
  request.conditions.push_back({.stream = stream, .version = open.streamVersion});
  const auto receipt = context.log.append(std::move(request));
  return receipt ? Result<void>() : std::unexpected(receipt.error());
}

}  // namespace

Result<RecoveryReport> recoverDeadSessions(const Context& context) {
  auto dead = SessionLock::takeDead(context.dataDirectory / "sessions");
  if (!dead) return std::unexpected(dead.error());
  RecoveryReport report;
  if (dead->empty()) return report;
  // A process that was killed within a commit may have left readers one transaction behind what is on disk:
  // who takes the write lock next puts that right.
  if (auto ok = context.log.flush(); !ok) return std::unexpected(ok.error());
  for (auto& lock : *dead) {
    const std::string stream = mutationsStream(lock.id());
    const auto open = readOpenIntents(context.log, stream);
    if (!open) return std::unexpected(open.error());
    if (auto ok = recordUnknown(context, stream, *open); !ok) return std::unexpected(ok.error());
    const auto interrupted = interruptRuns(context, lock.id());
    if (!interrupted) return std::unexpected(interrupted.error());
    report.interruptedRuns += *interrupted;
    ++report.deadSessions;
    report.unknownMutations += static_cast<std::uint32_t>(open->byMutation.size() + open->batches.size());
    lock.retire();
  }
  return report;
}

}  // namespace cachify::actions
