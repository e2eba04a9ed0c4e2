#pragma once
// A server program that lives no longer than this object, nor than this process.

#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace cachify::studio {

class ServerProcess {
 public:
  /// `command[0]` is looked up in PATH and the system's sbin folders. Output goes to `logFile`.
  [[nodiscard]] static Result<ServerProcess> start(const std::vector<std::string>& command,
                                                   const std::filesystem::path& logFile);
  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&& other) noexcept;
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  /// SIGTERM, and SIGKILL if it has not gone within two seconds.
  ~ServerProcess();

  [[nodiscard]] bool running();

 private:
  explicit ServerProcess(int pid) : pid_(pid) {}
  void stop();
  int pid_ = -1;
};

/// Runs a program to its end with `input` on its standard input. Its output is dropped. INTERNAL_ERROR when
/// it fails.
[[nodiscard]] Result<void> runProgram(const std::vector<std::string>& command, std::string_view input);

/// NOT_FOUND naming `package` if the program is not there.
[[nodiscard]] Result<std::filesystem::path> findProgram(std::string_view name, std::string_view package);

}  // namespace cachify::studio
