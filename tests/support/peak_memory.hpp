#pragma once
// The anonymous memory of a process at its highest: what it holds of its own, files mapped into it apart.

#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <thread>

namespace cachify::test {

/// Looks every two milliseconds, on a thread of its own, for as long as it lives. The process may end before.
class PeakMemory {
 public:
  explicit PeakMemory(pid_t process = ::getpid());

  /// Above what was held when this object was made.
  [[nodiscard]] std::uint64_t grownBytes() const;
  [[nodiscard]] std::uint64_t peakBytes() const { return peak_; }

 private:
  pid_t process_;
  std::uint64_t start_;
  std::atomic<std::uint64_t> peak_;
  std::jthread watcher_;
};

}  // namespace cachify::test
