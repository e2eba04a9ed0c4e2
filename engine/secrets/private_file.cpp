#include "secrets/private_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <thread>

#include "secrets/store_errors.hpp"

namespace cachify::secrets {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }
  [[nodiscard]] int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

std::unexpected<Error> systemFailure(std::string_view what, const fs::path& file, int number) {
  auto message =
      fmt::format("Cannot {} {}: {}.", what, file.string(), std::system_category().message(number));
  if (number == EACCES || number == EPERM) return fail(storeLocked(std::move(message)));
  return fail(ErrorCode::internalError, std::move(message));
}

/// Reads to the end; false with errno set on failure. On failure what was read is wiped.
bool readAll(int descriptor, Bytes& into) {
  std::size_t filled = 0;
  while (filled < into.size()) {
    const auto got = ::read(descriptor, into.data() + filled, into.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return sodium_memzero(into.data(), into.size()), false;
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  into.resize(filled);
  return true;
}

bool writeAll(int descriptor, BytesView bytes) {
  while (!bytes.empty()) {
    const auto put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

Result<void> flushDirectory(const fs::path& directory) {
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.open() || ::fsync(opened.get()) != 0) return systemFailure("flush", directory, errno);
  return {};
}

/// The neighbour's name is fixed: the lock keeps writers apart, and what a crash left behind is replaced.
Result<void> writeNeighbour(const fs::path& neighbour, BytesView content) {
  ::unlink(neighbour.c_str());
  const Descriptor file(
      ::open(neighbour.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.open()) return systemFailure("create", neighbour, errno);
  if (writeAll(file.get(), content) && ::fsync(file.get()) == 0) return {};
  const int number = errno;
  ::unlink(neighbour.c_str());
  return systemFailure("write", neighbour, number);
}

Result<void> makeDirectory(const fs::path& directory) {
  std::error_code failure;
  if (fs::is_directory(directory, failure)) return {};
  if (directory.has_parent_path()) fs::create_directories(directory.parent_path(), failure);
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
    return systemFailure("create", directory, errno);
  return {};
}

}  // namespace

Result<std::optional<Bytes>> readPrivateFile(const fs::path& file, std::size_t maxBytes, Readers allowed) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!opened.open() && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (!opened.open()) return systemFailure("read", file, errno);
  struct stat status {};
  if (::fstat(opened.get(), &status) != 0) return systemFailure("read", file, errno);
  if (!S_ISREG(status.st_mode) || static_cast<std::uint64_t>(status.st_size) > maxBytes) {
    return fail(ErrorCode::internalError,
                fmt::format("{} is not a file of at most {} bytes.", file.string(), maxBytes));
  }
  if (allowed == Readers::ownerOnly && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(storeLocked(
        fmt::format("Other users may open {0}, so it protects nothing. Make it yours alone: chmod 600 {0}",
                    file.string())));
  }
  Bytes content(static_cast<std::size_t>(status.st_size), '\0');
  if (!readAll(opened.get(), content)) return systemFailure("read", file, errno);
  return content;
}

Result<void> replacePrivateFile(const fs::path& file, BytesView content) {
  auto neighbour = file;
  neighbour += ".new";
  if (auto written = writeNeighbour(neighbour, content); !written) return written;
  if (::rename(neighbour.c_str(), file.c_str()) != 0) {
    const int number = errno;
    ::unlink(neighbour.c_str());
    return systemFailure("replace", file, number);
  }
  return flushDirectory(file.parent_path());
}

Result<DirectoryLock> DirectoryLock::take(const fs::path& directory, std::chrono::milliseconds patience) {
  if (auto made = makeDirectory(directory); !made) return fail(made.error());
  const auto file = directory / "secrets.lock";
  Descriptor opened(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!opened.open()) return systemFailure("open", file, errno);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (::flock(opened.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return systemFailure("lock", file, errno);
    if (std::chrono::steady_clock::now() >= deadline) {
      return fail(storeSilent(fmt::format("Another process has held {} for {} ms. End it and try again.",
                                          file.string(), patience.count())));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return DirectoryLock(opened.release());
}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace cachify::secrets
