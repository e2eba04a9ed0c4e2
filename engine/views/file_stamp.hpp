#pragma once
// Whether a generation's database file is the one that we left behind. In WAL mode only a checkpoint writes
// that file, so after each one its size and time are noted in the file `stamp`; any other change (an older
// copy put in its place, a truncation, a stray write) is seen by one stat(2).

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "core/result.hpp"

namespace cachify::views {

struct FileStamp {
  std::uint64_t inode = 0;
  std::int64_t sizeBytes = 0;
  std::int64_t modifiedNs = 0;

  /// Nothing if there is no such file.
  [[nodiscard]] static std::optional<FileStamp> of(const std::filesystem::path& file);
  /// What is noted. The inode is left out: a copied data directory is still ours.
  [[nodiscard]] std::string text() const;

  bool operator==(const FileStamp&) const = default;
};

/// Notes the file as it is.
Result<void> writeStamp(const std::filesystem::path& generation);
/// Notes that a checkpoint is under way. If its process dies, whatever it left is taken for good: the WAL
/// still has all it was writing.
Result<void> writeCheckpointingStamp(const std::filesystem::path& generation);
[[nodiscard]] bool isCheckpointingStamp(const std::filesystem::path& generation);

/// Watches the file of one open generation. Thread-safe.
class FileWatch {
 public:
  explicit FileWatch(std::filesystem::path generation) : generation_(std::move(generation)) {}

  /// False once the file is gone, another one, or changed by anybody but a checkpoint. Costs one stat(2)
  /// while nothing changed.
  [[nodiscard]] bool isIntact();

 private:
  [[nodiscard]] bool isOurChange(const FileStamp& before);

  std::filesystem::path generation_;
  std::mutex mutex_;
  std::optional<FileStamp> seen_;
};

inline constexpr const char* kDatabaseFile = "views.sqlite";
inline constexpr const char* kCheckpointLock = "checkpoint.lock";

}  // namespace cachify::views
