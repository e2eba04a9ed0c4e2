#include "views/file_stamp.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include "views/file_lock.hpp"
#include "views/views_directory.hpp"

namespace cachify::views {
namespace {

constexpr const char* kStampFile = "stamp";
constexpr std::string_view kCheckpointing = "checkpointing\n";

}  // namespace

std::optional<FileStamp> FileStamp::of(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return FileStamp{.inode = status.st_ino,
                   .sizeBytes = status.st_size,
                   .modifiedNs = status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec};
}

std::string FileStamp::text() const {
  return fmt::format("{} {}\n", sizeBytes, modifiedNs);
}

Result<void> writeStamp(const std::filesystem::path& generation) {
  const auto stamp = FileStamp::of(generation / kDatabaseFile);
  if (!stamp) return fail(ErrorCode::internalError, "read models: the database file is gone");
  return replaceFile(generation / kStampFile, stamp->text(), /*durably=*/false);
}

Result<void> writeCheckpointingStamp(const std::filesystem::path& generation) {
  return replaceFile(generation / kStampFile, std::string(kCheckpointing), /*durably=*/false);
}

bool isCheckpointingStamp(const std::filesystem::path& generation) {
  return readSmallFile(generation / kStampFile) == kCheckpointing;
}

bool FileWatch::isIntact() {
  const std::scoped_lock guard(mutex_);
  const auto now = FileStamp::of(generation_ / kDatabaseFile);
  if (!now) return false;
  if (seen_ && *seen_ == *now) return true;
  if (seen_ && seen_->inode != now->inode) return false;
  return isOurChange(*now);
}

// Under the lock no checkpoint runs. If it is not to be had, one does, and what it leaves is looked at next
// time.
bool FileWatch::isOurChange(const FileStamp& before) {
  const auto lock = FileLock::tryTake(generation_ / kCheckpointLock, FileLock::Kind::shared);
  if (!lock) return false;
  if (!*lock) {
    if (!seen_) seen_ = before;
    return true;
  }
  const auto now = FileStamp::of(generation_ / kDatabaseFile);
  if (!now || now->inode != before.inode) return false;
  const std::string noted = readSmallFile(generation_ / kStampFile);
  if (noted != now->text() && noted != kCheckpointing) return false;
  seen_ = now;
  return true;
}

}  // namespace cachify::views
