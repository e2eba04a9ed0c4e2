#include "log/write_lock_hint.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

namespace cachify::log {

Result<std::unique_ptr<WriteLockHint>> WriteLockHint::open(const std::filesystem::path& directory) {
  const auto path = directory / "writer.pid";
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  void* at = MAP_FAILED;
  struct stat status {};
  // Only ever made longer: another process has it mapped.
  const bool sized =
      fd >= 0 && ::fstat(fd, &status) == 0 &&
      (status.st_size >= static_cast<off_t>(sizeof(Word)) || ::ftruncate(fd, sizeof(Word)) == 0);
  if (sized) at = ::mmap(nullptr, sizeof(Word), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (at == MAP_FAILED) {
    return fail(ErrorCode::internalError,
                fmt::format("cannot use {}: {}", path.string(), std::generic_category().message(error)));
  }
  return std::unique_ptr<WriteLockHint>(new WriteLockHint(static_cast<Word*>(at)));
}

WriteLockHint::~WriteLockHint() {
  ::munmap(word_, sizeof(Word));
}

void WriteLockHint::taken() {
  word_->store(static_cast<std::uint32_t>(::getpid()), std::memory_order_relaxed);
}

void WriteLockHint::given() {
  auto own = static_cast<std::uint32_t>(::getpid());
  word_->compare_exchange_strong(own, 0, std::memory_order_relaxed);
}

std::int64_t WriteLockHint::holder() const {
  const auto pid = static_cast<pid_t>(word_->load(std::memory_order_relaxed));
  const bool alive = pid > 0 && (::kill(pid, 0) == 0 || errno == EPERM);
  return alive ? pid : 0;
}

}  // namespace cachify::log
