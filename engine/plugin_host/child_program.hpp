#pragma once
// The program cachify-plugin-host at work for one plugin. It lives no longer than this object, nor than this
// process.

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "core/descriptor.hpp"
#include "core/result.hpp"

namespace cachify::plugin_host {

/// The descriptors that the program begins with, beside the three standard streams.
inline constexpr int kSocketDescriptor = 3;
inline constexpr int kLibraryDescriptor = 4;  ///< closed once the library is loaded

/// Not thread-safe.
class ChildProgram {
 public:
  /// Its standard streams lead nowhere but to `standardError`. It inherits no other descriptor, no signal
  /// that is blocked or ignored, and of the environment what a program of the user's desktop needs. `label`
  /// shows in lists of processes.
  [[nodiscard]] static Result<ChildProgram> start(const std::filesystem::path& program,
                                                  const std::string& label, const Descriptor& library);
  ChildProgram(ChildProgram&& other) noexcept;
  ChildProgram& operator=(ChildProgram&&) = delete;
  ~ChildProgram();

  /// Our end of the socket pair, non-blocking, and the reading end of its standard output and error. Whoever
  /// releases them closes them.
  Descriptor socket{};
  Descriptor standardError{};

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] bool running() const;
  /// SIGKILL, for it and what it started; then tells how it had ended or did now: "SIGSEGV", "exit status 1".
  std::string end();

 private:
  explicit ChildProgram(pid_t pid) : pid_(pid) {}
  pid_t pid_ = -1;
};

}  // namespace cachify::plugin_host
