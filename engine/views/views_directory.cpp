#include "views/views_directory.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "core/clock.hpp"
#include "core/uuid.hpp"
#include "views/migrations.hpp"

namespace cachify::views {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kUserOnly = 0600;
constexpr std::string_view kPrefix = "g-";
constexpr std::string_view kVersionMark = "-v";

std::unexpected<Error> ioError(std::string_view doing, const fs::path& path, int error) {
  return fail(ErrorCode::internalError,
              fmt::format("cannot {} {}: {}", doing, path.filename().string(), std::strerror(error)));
}

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : value_(::open(path.c_str(), flags | O_CLOEXEC, kUserOnly)) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int value() const { return value_; }

 private:
  int value_;
};

/// 0 for a name that is not a generation's.
std::uint32_t versionIn(std::string_view name) {
  const auto mark = name.rfind(kVersionMark);
  if (!name.starts_with(kPrefix) || mark == std::string_view::npos) return 0;
  const std::string_view digits = name.substr(mark + kVersionMark.size());
  std::uint32_t version = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  return error == std::errc() && end == digits.data() + digits.size() ? version : 0;
}

bool isRemovable(const fs::directory_entry& entry, const std::string& current) {
  const std::string name = entry.path().filename();
  const std::uint32_t version = versionIn(name);
  return version != 0 && version <= schemaVersion() && name != current;
}

}  // namespace

Result<void> flushToDisk(const fs::path& path) {
  const Descriptor file(path, O_RDONLY);
  if (file.value() < 0 || ::fsync(file.value()) != 0) return ioError("flush", path, errno);
  return {};
}

Result<void> replaceFile(const fs::path& file, const std::string& text, bool durably) {
  const fs::path fresh = fs::path(file).concat(".new");
  {
    const Descriptor out(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    const bool written =
        out.value() >= 0 && std::cmp_equal(::write(out.value(), text.data(), text.size()), text.size());
    if (!written || (durably && ::fsync(out.value()) != 0)) {
      const int error = errno;
      ::unlink(fresh.c_str());
      return ioError("write", file, error);
    }
  }
  if (::rename(fresh.c_str(), file.c_str()) != 0) return ioError("replace", file, errno);
  return durably ? flushToDisk(file.parent_path()) : Result<void>();
}

std::string readSmallFile(const fs::path& file) {
  std::array<char, 4096> buffer{};
  const Descriptor in(file, O_RDONLY);
  if (in.value() < 0) return {};
  const auto size = ::read(in.value(), buffer.data(), buffer.size());
  return size <= 0 ? std::string() : std::string(buffer.data(), static_cast<std::size_t>(size));
}

Result<void> ViewsDirectory::create() const {
  std::error_code error;
  if (fs::create_directories(root_, error)) fs::permissions(root_, fs::perms::owner_all, error);
  if (error) return ioError("create", root_, error.value());
  return {};
}

std::string ViewsDirectory::current() const {
  std::string name = readSmallFile(root_ / "CURRENT");
  if (name.empty() || name.back() != '\n') return {};
  name.pop_back();
  const bool isName = versionIn(name) != 0 && name.find('/') == std::string::npos;
  return isName ? name : std::string();
}

Result<void> ViewsDirectory::setCurrent(const std::string& generation) const {
  return replaceFile(root_ / "CURRENT", generation + "\n", /*durably=*/true);
}

std::string ViewsDirectory::newName() {
  return fmt::format("{}{}{}{}", kPrefix, Uuid::makeV7(SystemClock().now()).toString(), kVersionMark,
                     schemaVersion());
}

Result<FileLock> ViewsDirectory::lockForRebuild(std::chrono::milliseconds patience) const {
  return FileLock::take(root_ / "rebuild.lock", FileLock::Kind::exclusive, patience);
}

bool ViewsDirectory::hasUnused() const {
  const std::string now = current();
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(root_, error)) {
    if (isRemovable(entry, now)) return true;
  }
  return false;
}

void ViewsDirectory::removeUnused() const {
  if (!hasUnused()) return;
  const auto lock = FileLock::tryTake(root_ / "rebuild.lock", FileLock::Kind::exclusive);
  if (lock && *lock) removeUnusedLocked();
}

void ViewsDirectory::removeUnusedLocked() const {
  const std::string now = current();
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(root_, error)) {
    if (!isRemovable(entry, now)) continue;
    const auto nobody = FileLock::tryTake(entry.path() / "in-use.lock", FileLock::Kind::exclusive);
    if (nobody && *nobody) fs::remove_all(entry.path(), error);
  }
}

}  // namespace cachify::views
