#include "support/peak_memory.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>

namespace cachify::test {
namespace {

/// RssAnon of proc(5); 0 once the process has gone.
std::uint64_t anonymousBytes(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  std::string word;
  while (status >> word) {
    if (word != "RssAnon:") continue;
    std::uint64_t kibibytes = 0;
    status >> kibibytes;
    return kibibytes << 10;
  }
  return 0;
}

}  // namespace

PeakMemory::PeakMemory(pid_t process)
    : process_(process),
      start_(anonymousBytes(process)),
      peak_(start_),
      watcher_([this](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
          peak_ = std::max(peak_.load(), anonymousBytes(process_));
          std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
      }) {}

std::uint64_t PeakMemory::grownBytes() const {
  const std::uint64_t peak = std::max(peak_.load(), anonymousBytes(process_));
  return peak - std::min(peak, start_);
}

}  // namespace cachify::test
