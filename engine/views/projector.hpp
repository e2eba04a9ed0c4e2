#pragma once
// Feeds the events of the log to the read models of one database file.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/digest.hpp"
#include "core/result.hpp"
#include "log/frame.hpp"
#include "views/read_model.hpp"
#include "views/replay_limit.hpp"
#include "views/statement.hpp"

namespace cachify::views {

/// Every read model there is, in the order in which they are given an event.
[[nodiscard]] std::span<const ReadModelSpec> readModels();

/// How far a file was fed, with what, by what.
struct Checkpoint {
  Uuid logId;
  log::Position position = 0;  ///< a frame ends there
  Digest chain{};
  std::string views;
  std::string catalogue;
  std::uint64_t skipped = 0;  ///< events that could not be read
};

/// Of a file that was fed nothing yet, by this program.
[[nodiscard]] Checkpoint freshCheckpoint(Uuid logId, const Digest& origin);
/// Damage when there is none or it makes no sense.
[[nodiscard]] Result<Checkpoint> readCheckpoint(sqlite3& db);
/// Fed by the read models of this program, and nothing was passed over that it could read.
[[nodiscard]] bool isOurs(const Checkpoint& checkpoint);

/// Not thread-safe; works inside the write transaction of its caller. After an error the transaction must be
/// rolled back and the projector thrown away.
class Projector {
 public:
  explicit Projector(sqlite3& db);

  /// Applies whole frames, the first of which follows `checkpoint`, and moves it on. Events that this program
  /// cannot read are counted and passed over; a gap between frames is INTERNAL_ERROR.
  Result<void> apply(std::span<const log::Frame> frames, Checkpoint& checkpoint,
                     const ReplayLimit& limit = {});
  Result<void> save(const Checkpoint& checkpoint);
  /// Brings search indexes up to date from row `first` on.
  Result<void> index(log::Position first);

 private:
  Result<void> applyFrame(const log::Frame& frame, Checkpoint& checkpoint, const ReplayLimit& limit);
  Result<void> applyRecord(EventRecord& record);
  Result<bool> isSlow(const events::Operation& operation);

  std::vector<std::unique_ptr<ReadModel>> models_;
  Statement threshold_;
  Statement save_;
  /// Of profiles looked up since the last event that changed one.
  std::unordered_map<ConnectionId, std::chrono::microseconds> thresholds_;
};

}  // namespace cachify::views
