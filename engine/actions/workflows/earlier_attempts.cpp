#include "actions/workflows/earlier_attempts.hpp"

#include "actions/context.hpp"
#include "actions/frames.hpp"
#include "events/decode.hpp"

namespace cachify::actions {

using events::EventType;

namespace {

using Attempts = std::unordered_map<std::string, EarlierAttempt>;

Result<void> takeSnapshots(const log::Frame& snapshots, Attempts& attempts) {
  for (std::size_t i = 0; i < snapshots.payloads.size(); ++i) {
    auto event = events::decodeAs<events::SnapshotCaptured>(snapshots.schemaVersion, snapshots.payloads[i]);
    if (!event) return std::unexpected(event.error());
    const std::string key = event->state.key;
    attempts.try_emplace(key, EarlierAttempt{.snapshot = snapshots.firstPosition + i,
                                             .before = std::move(event->state),
                                             .at = snapshots.recordedAt});
  }
  return {};
}

/// True for the intent of a batch of this run whose steps are not recorded.
Result<bool> isOpenBatch(const log::Frame& frame, const RunState& run) {
  if (static_cast<EventType>(frame.type) != EventType::mutationBatchRequested) return false;
  const auto event =
      events::decodeAs<events::MutationBatchRequested>(frame.schemaVersion, frame.payloads.front());
  if (!event) return std::unexpected(event.error());
  return event->execution == run.id && event->firstStep >= run.totals.done();
}

Result<void> findIn(const log::EventReader& log, const std::string& stream, const RunState& run,
                    Attempts& attempts) {
  log::Frame snapshots;  // without payloads: there are none
  for (std::uint64_t next = 1;;) {
    auto frames = log.streamFrom(stream, next, kLargeFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    const bool isLast = frames->size() < kLargeFramesAtOnce;
    for (auto& frame : *frames) {
      next = frame.firstStreamVersion + frame.payloads.size();
      const auto isOpen = isOpenBatch(frame, run);
      if (!isOpen) return std::unexpected(isOpen.error());
      if (*isOpen && !snapshots.payloads.empty()) {
        if (auto ok = takeSnapshots(snapshots, attempts); !ok) return ok;
      }
      snapshots.payloads.clear();
      if (static_cast<EventType>(frame.type) == EventType::snapshotCaptured) snapshots = std::move(frame);
    }
    if (isLast) return {};
  }
}

}  // namespace

Result<Attempts> findEarlierAttempts(const log::EventReader& log, const RunState& run) {
  Attempts attempts;
  for (const auto session : run.sessions) {
    if (auto ok = findIn(log, mutationsStream(session), run, attempts); !ok)
      return std::unexpected(ok.error());
  }
  return attempts;
}

}  // namespace cachify::actions
