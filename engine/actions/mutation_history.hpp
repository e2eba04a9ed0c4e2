#pragma once
// Reads back from the log what a mutation was and what came of it.

#include <optional>

#include "core/result.hpp"
#include "events/mutation_events.hpp"
#include "log/event_reader.hpp"

namespace cachify::actions {

struct RecordedSnapshot {
  SnapshotId id;
  log::Position position = 0;
  WallTime capturedAt{};
  events::SnapshotCaptured event;
  std::string stream;
  MutationId mutation;  ///< the mutation it was taken for
};

struct RecordedOutcome {
  enum class Kind : std::uint8_t { open, applied, failed, unknown };
  Kind kind = Kind::open;
  std::vector<events::KeyState> after{};     ///< when applied, or failed and had an effect all the same
  std::vector<events::KeyState> intended{};  ///< what the mutation was to make of its keys
};

/// NOT_FOUND when there is no snapshot event at `position`.
[[nodiscard]] Result<RecordedSnapshot> readSnapshot(const log::EventReader& log, log::Position position);

/// The last recorded outcome of the mutation `snapshot` was taken for.
[[nodiscard]] Result<RecordedOutcome> readOutcome(const log::EventReader& log,
                                                  const RecordedSnapshot& snapshot);

}  // namespace cachify::actions
