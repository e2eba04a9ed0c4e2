#pragma once
// What the fault tests of the log share: the writer program under a pipe, the checker, seeds.

#include <string>
#include <vector>

#include "log/log_check.hpp"
#include "unit/log_support.hpp"

namespace cachify::log::test {

/// The program log_fault_writer, killed at the latest when this object goes.
class Writer {
 public:
  explicit Writer(std::vector<std::string> arguments);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// The next line it prints; empty at its end, or when none came for 30 s.
  [[nodiscard]] std::string line();
  void signal(int number) const;
  /// Waits until the kernel says that it has stopped; false if it did not within 30 s.
  [[nodiscard]] bool waitUntilStopped() const;
  /// Waits for its end; all complete lines that were not read yet.
  [[nodiscard]] std::vector<std::string> finish();
  [[nodiscard]] int exitStatus() const { return status_; }

 private:
  [[nodiscard]] bool fill(int timeoutMs);

  pid_t pid_ = -1;
  int fd_ = -1;
  int status_ = -1;
  std::string buffer_;
};

struct Acknowledged {
  Position first = 0;
  Position last = 0;
  std::string tag;
};
[[nodiscard]] Acknowledged parseAcknowledged(const std::string& line);

[[nodiscard]] std::filesystem::path checkerPath();
/// VerifyReport in words, for messages of failed expectations.
[[nodiscard]] std::string describe(const VerifyReport& report);

/// From CACHIFY_FAULT_SEED, or by chance; printed, so that a failure can be repeated.
[[nodiscard]] std::uint64_t faultSeed();
/// `usual`, or CACHIFY_FAULT_ROUNDS if that is more.
[[nodiscard]] int faultRounds(int usual);

/// Every acknowledged append is in the log with its tag, positions have no gap, and the log verifies.
void expectWhole(const std::filesystem::path& directory, const std::vector<Acknowledged>& acknowledged);

}  // namespace cachify::log::test
