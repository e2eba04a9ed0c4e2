#pragma once
// Verify and salvage. Both run in a child process (`cachify-log-check`, beside the calling program), because
// a damaged LMDB file can kill whoever maps it; the child's death by a signal is reported as structural
// damage.

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "log/frame.hpp"

namespace cachify::log {

struct Problem {
  Position position = 0;  ///< of the event or of the frame's first event; 0 where none can be named
  std::string kind{};     ///< crc, chain, gap, order, digest, stream, vault, structure, truncated
  std::string message{};
};

struct VerifyReport {
  bool ok = false;
  std::uint64_t events = 0;
  Position firstPosition = 0;
  Position lastPosition = 0;
  std::string chain{};  ///< hex, at lastPosition
  std::uint64_t packs = 0;
  std::vector<Problem> problems{};  ///< at most 1 000
  std::chrono::milliseconds duration{};
};

struct SalvageReport {
  std::uint64_t frames = 0;
  std::uint64_t events = 0;
  std::uint64_t chunks = 0;                              ///< vault chunks brought over
  std::vector<std::pair<Position, Position>> missing{};  ///< first and last position of each gap
};

/// `checker` is the path of cachify-log-check. A log that is not there is NOT_FOUND.
[[nodiscard]] Result<VerifyReport> verifyLog(const std::filesystem::path& checker,
                                             const std::filesystem::path& directory);
/// Reads the raw pages of the log in `directory`, without trusting its tree, and writes every sound frame and
/// chunk into a new log in `into`, which must not exist. The source is not changed.
[[nodiscard]] Result<SalvageReport> salvageLog(const std::filesystem::path& checker,
                                               const std::filesystem::path& directory,
                                               const std::filesystem::path& into);

}  // namespace cachify::log
