#pragma once
// Who holds LMDB's write lock: the holder notes its process id in a word of memory that all processes map.
// LMDB's own lock does not tell, and cannot be waited for with a deadline.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/result.hpp"

namespace cachify::log {

/// Thread-safe.
class WriteLockHint {
 public:
  /// Maps `directory`/writer.pid, and makes it if it is not there.
  [[nodiscard]] static Result<std::unique_ptr<WriteLockHint>> open(const std::filesystem::path& directory);
  ~WriteLockHint();
  WriteLockHint(const WriteLockHint&) = delete;
  WriteLockHint& operator=(const WriteLockHint&) = delete;

  void taken();
  /// After the lock was given back: another process' note is left alone.
  void given();
  /// 0 where nobody is known to hold the lock.
  [[nodiscard]] std::int64_t holder() const;

 private:
  using Word = std::atomic<std::uint32_t>;
  static_assert(Word::is_always_lock_free && sizeof(Word) == 4, "shared between processes");
  explicit WriteLockHint(Word* word) : word_(word) {}
  Word* word_;
};

}  // namespace cachify::log
