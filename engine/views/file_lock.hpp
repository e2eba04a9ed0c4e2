#pragma once
// flock(2) on a file of its own: held by an open descriptor, so it goes with the process, however that ends.
// (Never on SQLite's own files: closing any descriptor of those would drop SQLite's locks.)

#include <chrono>
#include <filesystem>
#include <optional>
#include <utility>

#include "core/result.hpp"

namespace cachify::views {

class FileLock {
 public:
  enum class Kind : std::uint8_t { shared, exclusive };

  /// Nothing if another holder is in the way. The file is made if it is not there; its folder must be.
  [[nodiscard]] static Result<std::optional<FileLock>> tryTake(const std::filesystem::path& file, Kind kind);
  /// Waits. TIMEOUT after `patience`.
  [[nodiscard]] static Result<FileLock> take(const std::filesystem::path& file, Kind kind,
                                             std::chrono::milliseconds patience);

  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

  /// The locked file is still the one that stands at its path: nobody removed it before the lock was had.
  [[nodiscard]] bool isLinked() const;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace cachify::views
