#pragma once
// One generation of the read models, opened: feeding it, reading it, checkpointing it.

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/result.hpp"
#include "log/event_reader.hpp"
#include "views/database.hpp"
#include "views/file_lock.hpp"
#include "views/file_stamp.hpp"
#include "views/projector.hpp"

namespace cachify::views {

/// Thread-safe: one thread feeds at a time, any number read.
///
/// An error for which `meansDamage` holds says that this generation cannot be used and is to be built anew:
/// the file is not sound, not ours, or does not belong to the log.
class Generation {
 public:
  /// Opens what lies in the folder, and brings the schema up to date (after a copy) if it is older.
  [[nodiscard]] static Result<std::shared_ptr<Generation>> open(const std::filesystem::path& directory);

  [[nodiscard]] std::string name() const { return directory_.filename(); }
  /// False once somebody else removed or changed the file.
  [[nodiscard]] bool isIntact() { return watch_.isIntact(); }

  /// Feeds until `position` is reached or the log ends, and answers how far that is. Another process that
  /// feeds at the same time is waited for: TIMEOUT after half a minute without progress.
  [[nodiscard]] Result<log::Position> catchUp(const log::EventReader& reader, log::Position position);

  /// Runs `query` in one read transaction.
  Result<void> read(const std::function<Result<void>(sqlite3&)>& query);

  /// Brings the WAL's pages into the file and empties it, unless somebody feeds or checkpoints right now.
  Result<void> checkpoint();

 private:
  Generation(std::filesystem::path directory, FileLock inUse, Database writer);

  [[nodiscard]] Result<Checkpoint> fittingCheckpoint(const log::EventReader& reader);
  /// Applies one batch; false: there was nothing to apply.
  [[nodiscard]] Result<bool> feed(const log::EventReader& reader);
  [[nodiscard]] Result<bool> feedInTransaction(const log::EventReader& reader);
  Result<void> applyBatch(std::span<const log::Frame> frames, Checkpoint& checkpoint);
  Result<void> checkpointIfLarge();
  Result<void> checkpointLocked();
  [[nodiscard]] Result<Database> takeReader();
  void giveBack(Database reader);

  std::filesystem::path directory_;
  FileLock inUse_;
  FileWatch watch_;

  std::mutex writerMutex_;
  Database writer_;
  std::unique_ptr<Projector> projector_;  ///< made when first needed, and anew after an error

  std::mutex readersMutex_;
  std::vector<Database> idleReaders_;
};

}  // namespace cachify::views
