#include "views/file_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

namespace cachify::views {
namespace {

constexpr std::chrono::milliseconds kPollInterval{5};
constexpr mode_t kUserOnly = 0600;

std::unexpected<Error> cannotLock(const std::filesystem::path& file) {
  return fail(ErrorCode::internalError,
              fmt::format("cannot lock {}: {}", file.filename().string(), std::strerror(errno)));
}

}  // namespace

Result<std::optional<FileLock>> FileLock::tryTake(const std::filesystem::path& file, Kind kind) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kUserOnly);
  if (descriptor < 0) return cannotLock(file);
  FileLock lock(descriptor);
  const int operation = (kind == Kind::shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
  while (::flock(descriptor, operation) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    if (errno != EINTR) return cannotLock(file);
  }
  return std::optional(std::move(lock));
}

Result<FileLock> FileLock::take(const std::filesystem::path& file, Kind kind,
                                std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (true) {
    auto lock = tryTake(file, kind);
    if (!lock) return std::unexpected(lock.error());
    if (*lock) return std::move(**lock);
    if (std::chrono::steady_clock::now() >= deadline) {
      return fail(
          Error{.code = ErrorCode::timeout,
                .message = fmt::format("another process holds {}; try again", file.filename().string()),
                .retryable = true});
    }
    std::this_thread::sleep_for(kPollInterval);
  }
}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool FileLock::isLinked() const {
  struct stat status {};
  return ::fstat(descriptor_, &status) == 0 && status.st_nlink > 0;
}

}  // namespace cachify::views
