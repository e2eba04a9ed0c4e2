#pragma once
// Tells living processes from dead ones: each holds an flock on sessions/<id>.lock as long as it lives. The
// kernel lets go when it dies, however it dies; only who then gets the lock may speak for the dead session.
// In the file stand the connections that the session keeps open, one id a line.

#include <filesystem>
#include <set>
#include <vector>

#include "core/result.hpp"
#include "core/uuid.hpp"

namespace cachify::actions {

/// Owns one locked file. Movable; lets go at destruction. Thread-compatible.
class SessionLock {
 public:
  /// Makes the lock file of a new session and locks it before anybody can see it unlocked.
  [[nodiscard]] static Result<SessionLock> create(const std::filesystem::path& directory, SessionId id);
  /// Locks of sessions whose process is gone. Files of living ones are left alone.
  [[nodiscard]] static Result<std::vector<SessionLock>> takeDead(const std::filesystem::path& directory);

  SessionLock(SessionLock&& other) noexcept;
  SessionLock& operator=(SessionLock&& other) noexcept;
  SessionLock(const SessionLock&) = delete;
  SessionLock& operator=(const SessionLock&) = delete;
  ~SessionLock();

  /// What the other living sessions said that they keep open, by id. Files that cannot be read say nothing.
  [[nodiscard]] static std::set<ConnectionId> openElsewhere(const std::filesystem::path& directory,
                                                            SessionId self);

  [[nodiscard]] SessionId id() const { return id_; }
  /// Takes the place of what was said before. INTERNAL_ERROR where it cannot be written.
  [[nodiscard]] Result<void> sayOpen(const std::set<ConnectionId>& connections);
  /// Removes the file: this session left nothing open. Without it the file stays for the next process to look
  /// at.
  void retire();

 private:
  SessionLock(std::filesystem::path file, SessionId id, int descriptor)
      : file_(std::move(file)), id_(id), descriptor_(descriptor) {}
  void close();

  std::filesystem::path file_;
  SessionId id_;
  int descriptor_ = -1;
};

}  // namespace cachify::actions
