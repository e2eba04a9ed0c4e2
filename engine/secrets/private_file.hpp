#pragma once
// Small files that only their owner may read, replaced as a whole: a reader sees the old bytes or the new
// ones, also after a crash. Writers of one directory take turns through DirectoryLock.

#include <chrono>
#include <filesystem>
#include <optional>

#include "core/bytes.hpp"

namespace cachify::secrets {

enum class Readers {
  any,        ///< the content protects itself, or is no secret
  ownerOnly,  ///< refused with UNAUTHORIZED when group or others may touch the file
};

/// The whole file, or nothing when there is none. INTERNAL_ERROR when it is larger than `maxBytes` or
/// unreadable.
[[nodiscard]] Result<std::optional<Bytes>> readPrivateFile(const std::filesystem::path& file,
                                                           std::size_t maxBytes, Readers allowed);

/// Writes with mode 0600 into a neighbour, flushes, renames over `file`, flushes the directory. The caller
/// holds the DirectoryLock.
Result<void> replacePrivateFile(const std::filesystem::path& file, BytesView content);

/// An flock on `<directory>/secrets.lock`, making the directory (0700) if need be. Excludes other processes
/// and other threads alike. Movable; released when it goes.
class DirectoryLock {
 public:
  /// TIMEOUT when another process keeps it for longer than `patience`.
  [[nodiscard]] static Result<DirectoryLock> take(const std::filesystem::path& directory,
                                                  std::chrono::milliseconds patience = kPatience);
  DirectoryLock(DirectoryLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  DirectoryLock& operator=(DirectoryLock&&) = delete;
  ~DirectoryLock();

 private:
  static constexpr std::chrono::milliseconds kPatience{10'000};
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace cachify::secrets
