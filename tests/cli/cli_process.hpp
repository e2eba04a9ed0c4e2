#pragma once
// Runs the built `cachify` as a user's shell would.

#include <sys/types.h>

#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace cachify::test {

struct CliResult {
  int exitCode = -1;  ///< as a shell reports it: 128 + number for a signal
  std::string out;
  std::string err;
};

struct CliInput {
  std::vector<std::string> arguments;
  std::string stdinText;
  std::vector<std::pair<std::string, std::string>> environment;  ///< added to the test's own
  /// All three streams are a terminal of its own; `out` holds what appears there.
  bool onTerminal = false;
  std::string stdoutFile{};  ///< when set, stdout goes there and `out` stays empty
};

/// One run. The kernel kills the program when the test dies; a run that takes longer than a minute is killed
/// and throws.
class CliProcess {
 public:
  explicit CliProcess(CliInput input);
  ~CliProcess();
  CliProcess(const CliProcess&) = delete;
  CliProcess& operator=(const CliProcess&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  void signal(int number) const;
  /// Until stdout holds `text`; throws when that does not happen in time.
  void waitForOutput(std::string_view text);
  /// On a terminal: as if a person pressed these keys.
  void type(std::string_view keys) const;
  /// Nobody reads stdout from now on.
  void closeOutput();
  [[nodiscard]] CliResult wait();

 private:
  void startOnPipes(CliInput& input);
  void startOnTerminal(CliInput& input);
  void readSome();

  pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
  CliResult result_;
  std::thread feeder_;
};

/// Start, wait, answer.
[[nodiscard]] CliResult runCli(CliInput input);

}  // namespace cachify::test
