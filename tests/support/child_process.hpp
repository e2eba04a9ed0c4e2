#pragma once
// A program that lives no longer than the test.

#include <sys/types.h>

#include <string>
#include <vector>

namespace cachify::test {

class ChildProcess {
 public:
  /// Output of the program goes to `logFile`. The kernel kills the program when the test dies.
  ChildProcess(const std::vector<std::string>& command, const std::string& logFile);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] bool running();
  /// SIGKILL, and waits for the end. May be repeated.
  void kill();
  /// SIGSTOP and SIGCONT: a server that is there and does not answer.
  void suspend() const;
  void resume() const;

 private:
  pid_t pid_ = -1;
};

/// A directory below the system's for temporary files, removed with its content at the end.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace cachify::test
