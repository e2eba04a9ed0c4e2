#include "actions/duty_lease.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>

namespace cachify::actions {

Result<std::optional<DutyLease>> DutyLease::tryTake(const std::filesystem::path& dataDirectory) {
  const auto path = dataDirectory / "duty.lock";
  Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.isOpen())
    return fail(ErrorCode::internalError,
                fmt::format("{} cannot be opened: {}", path.string(), std::strerror(errno)));
  while (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    if (errno == EINTR) continue;
    return fail(ErrorCode::internalError,
                fmt::format("{} cannot be locked: {}", path.string(), std::strerror(errno)));
  }
  return DutyLease(std::move(file));
}

}  // namespace cachify::actions
