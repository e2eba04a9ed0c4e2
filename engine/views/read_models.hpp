#pragma once
// What is shown: read models in SQLite, computed from the log. Deleting the file loses nothing.
//
// Threads: thread-safe; calls may block on SQLite and LMDB, so never call them from the network thread.
// Errors: INTERNAL_ERROR when disk or file fail; TIMEOUT when another process held the file for half a
// minute; a damaged, older, foreign or newer-than-the-log file is no error: it is rebuilt from the log.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "log/event_reader.hpp"
#include "views/replay_limit.hpp"

struct sqlite3;

namespace cachify::views {

struct ViewStatus {
  std::string name;  ///< table name
  std::uint64_t rows = 0;
  std::uint32_t version = 0;
};

struct ProjectionStatus {
  log::Position position = 0;
  log::Position logPosition = 0;
  std::vector<ViewStatus> views;
  [[nodiscard]] std::uint64_t lag() const { return logPosition - position; }
};

struct RebuildReport {
  std::uint64_t events = 0;
  std::chrono::milliseconds duration{};
  std::string
      digest;  ///< hex SHA-256 over all rows of all tables in key order: equal logs give equal digests
};

struct OpenViews {
  std::filesystem::path directory;           ///< `views/` of the data directory
  const log::EventReader* reader = nullptr;  ///< outlives the read models
};

class ReadModels {
 public:
  [[nodiscard]] static Result<std::unique_ptr<ReadModels>> open(OpenViews options);
  virtual ~ReadModels() = default;

  /// Applies what the log has up to `position` at least, or all it has if that is less; rebuilds if the
  /// checkpoint does not fit the log. What is read afterwards, by this object, has it.
  virtual Result<void> catchUp(log::Position position) = 0;
  /// Computes everything anew into a new generation and swaps it in. Reads are answered meanwhile.
  [[nodiscard]] virtual Result<RebuildReport> rebuild() = 0;
  /// The same up to `limit`, into a file of its own. CONFLICT if the file exists.
  [[nodiscard]] virtual Result<RebuildReport> replayInto(const std::filesystem::path& file,
                                                         const ReplayLimit& limit) = 0;
  [[nodiscard]] virtual Result<ProjectionStatus> status() = 0;
  /// How far they have come: `status` without its counts, which take long. Feeds nothing, waits for no
  /// feeder.
  [[nodiscard]] virtual Result<log::Position> position() = 0;
  /// Runs `query` on a read connection to the current generation, inside one read transaction. Where the file
  /// turns out to be damaged, it is rebuilt and `query` runs once more: it begins by clearing what it
  /// gathers.
  virtual Result<void> read(const std::function<Result<void>(sqlite3&)>& query) = 0;
  /// Empties SQLite's WAL into the file, unless another process is feeding or checkpointing right now. A
  /// large WAL is seen to by `catchUp`; this is for who holds the duty lease, at leisure.
  virtual Result<void> checkpoint() = 0;
};

}  // namespace cachify::views
