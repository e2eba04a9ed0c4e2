#include "actions/session_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace cachify::actions {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> systemError(std::string_view what, const fs::path& file) {
  return fail(ErrorCode::internalError,
              fmt::format("cannot {} {}: {}", what, file.string(), std::strerror(errno)));
}

/// A locked file that was unlinked meanwhile belongs to nobody's session any more.
bool isStillThere(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 && status.st_nlink > 0;
}

/// Shared, so that two who look do not take each other for its owner.
bool isHeld(const fs::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool held = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close(descriptor);
  return held;
}

}  // namespace

Result<SessionLock> SessionLock::create(const fs::path& directory, SessionId id) {
  std::error_code error;
  fs::create_directories(directory, error);
  const fs::path file = directory / (id.toString() + ".lock");
  // Locked under another name first: a process looking for dead sessions never sees the file without its
  // lock.
  const fs::path hidden = directory / (id.toString() + ".new");
  const int descriptor = open(hidden.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return systemError("create", hidden);
  SessionLock lock(file, id, descriptor);
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) return systemError("lock", hidden);
  if (rename(hidden.c_str(), file.c_str()) != 0) return systemError("create", file);
  return lock;
}

Result<std::vector<SessionLock>> SessionLock::takeDead(const fs::path& directory) {
  std::vector<SessionLock> dead;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().extension() != ".lock") continue;
    const auto id = SessionId::parse(entry.path().stem().string());
    if (!id) continue;
    const int descriptor = open(entry.path().c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) continue;
    SessionLock lock(entry.path(), *id, descriptor);
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0 && isStillThere(descriptor))
      dead.push_back(std::move(lock));
  }
  return dead;
}

std::set<ConnectionId> SessionLock::openElsewhere(const fs::path& directory, SessionId self) {
  std::set<ConnectionId> open;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().extension() != ".lock" || entry.path().stem() == self.toString()) continue;
    if (!isHeld(entry.path())) continue;
    std::ifstream lines(entry.path());
    for (std::string line; std::getline(lines, line);) {
      // Half an id, or one of before, is being written over just now: the next round sees it whole.
      if (const auto id = ConnectionId::parse(line)) open.insert(*id);
    }
  }
  return open;
}

Result<void> SessionLock::sayOpen(const std::set<ConnectionId>& connections) {
  std::string lines;
  for (const ConnectionId id : connections) lines.append(id.toString()).push_back('\n');
  // In this order, who reads meanwhile never finds nothing.
  const auto size = static_cast<ssize_t>(lines.size());
  if (pwrite(descriptor_, lines.data(), lines.size(), 0) != size || ftruncate(descriptor_, size) != 0)
    return systemError("write", file_);
  return {};
}

SessionLock::SessionLock(SessionLock&& other) noexcept
    : file_(std::move(other.file_)), id_(other.id_), descriptor_(std::exchange(other.descriptor_, -1)) {}

SessionLock& SessionLock::operator=(SessionLock&& other) noexcept {
  if (this != &other) {
    close();
    file_ = std::move(other.file_);
    id_ = other.id_;
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

SessionLock::~SessionLock() {
  close();
}

void SessionLock::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void SessionLock::retire() {
  if (descriptor_ >= 0) unlink(file_.c_str());
  close();
}

}  // namespace cachify::actions
