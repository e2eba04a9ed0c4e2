#pragma once
// The folder `views/` on disk.
//
//   CURRENT           names the generation that is read and fed
//   rebuild.lock      held while a generation is made or removed
//   g-<id>-v<n>/      one generation; n is the version of its schema
//     views.sqlite    with its -wal and -shm
//     stamp           size and time of views.sqlite as our last checkpoint left it
//     in-use.lock     held shared by everybody who has the generation open
//     checkpoint.lock held shared while feeding, exclusive while checkpointing
//
// Thread-safe: nothing but paths.

#include <chrono>
#include <filesystem>
#include <string>

#include "core/result.hpp"
#include "views/file_lock.hpp"

namespace cachify::views {

class ViewsDirectory {
 public:
  explicit ViewsDirectory(std::filesystem::path root) : root_(std::move(root)) {}

  /// Makes the folder, readable by the user only.
  Result<void> create() const;

  /// The generation that CURRENT names; empty if it names none that could be.
  [[nodiscard]] std::string current() const;
  /// Durable and atomic: whoever reads CURRENT sees the old name or the new one.
  Result<void> setCurrent(const std::string& generation) const;

  [[nodiscard]] std::filesystem::path pathOf(const std::string& generation) const {
    return root_ / generation;
  }
  /// A new generation's name: never used before, and telling the version of its schema.
  [[nodiscard]] static std::string newName();

  /// One process at a time makes or removes generations.
  [[nodiscard]] Result<FileLock> lockForRebuild(std::chrono::milliseconds patience) const;
  /// Removes generations that are not current and that nobody has open, but none of a newer schema: those are
  /// another program's to remove. Does nothing while somebody rebuilds. To be called without the lock.
  void removeUnused() const;
  /// The same, by the holder of the lock.
  void removeUnusedLocked() const;

 private:
  [[nodiscard]] bool hasUnused() const;

  std::filesystem::path root_;
};

/// Flushes a file or folder.
Result<void> flushToDisk(const std::filesystem::path& path);
/// Replaces a small file atomically; by one writer at a time. `durably`: it is on disk when this returns.
Result<void> replaceFile(const std::filesystem::path& file, const std::string& text, bool durably);
/// Up to 4 KiB; empty if there is no such file.
[[nodiscard]] std::string readSmallFile(const std::filesystem::path& file);

}  // namespace cachify::views
