#include "studio/server_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace cachify::studio {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

std::vector<char*> argumentsOf(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  return arguments;
}

/// In the child: standard streams in place, then the program. Only async-signal-safe calls.
[[noreturn]] void become(char* const* arguments, int input, int output, pid_t parent) {
  // The kernel ends the server when the thread that started it does, even at kill -9.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  // A terminal's Ctrl-C is for us; we end the servers in order.
  setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  execv(arguments[0], arguments);
  _exit(127);
}

Result<pid_t> spawn(const std::vector<std::string>& command, int input, int output) {
  const auto arguments = argumentsOf(command);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) become(arguments.data(), input, output, parent);
  if (pid < 0)
    return fail(ErrorCode::internalError,
                fmt::format("cannot start {}: {}", command[0], std::strerror(errno)));
  return pid;
}

bool writeAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<fs::path> findProgram(std::string_view name, std::string_view package) {
  const char* path = std::getenv("PATH");
  // Debian keeps servers in sbin folders that are not in everybody's PATH.
  std::string folders =
      fmt::format("{}:/usr/bin:/usr/sbin:/usr/local/bin:/usr/local/sbin", path == nullptr ? "" : path);
  for (std::size_t at = 0; at != std::string::npos;) {
    const std::size_t end = folders.find(':', at);
    const fs::path candidate = fs::path(folders.substr(at, end == std::string::npos ? end : end - at)) / name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
    at = end == std::string::npos ? end : end + 1;
  }
  return fail(ErrorCode::notFound,
              fmt::format("{} is not installed; on Debian: apt-get install {}", name, package));
}

Result<ServerProcess> ServerProcess::start(const std::vector<std::string>& command, const fs::path& logFile) {
  const int input = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int output = open(logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  auto pid = spawn(command, input, output);
  close(input);
  close(output);
  if (!pid) return std::unexpected(pid.error());
  return ServerProcess(*pid);
}

Result<void> runProgram(const std::vector<std::string>& command, std::string_view input) {
  int pipeEnds[2];
  if (pipe2(pipeEnds, O_CLOEXEC) != 0) return fail(ErrorCode::internalError, std::strerror(errno));
  const int output = open("/dev/null", O_WRONLY | O_CLOEXEC);
  const auto pid = spawn(command, pipeEnds[0], output);
  close(pipeEnds[0]);
  close(output);
  const bool written = pid && writeAll(pipeEnds[1], input);
  close(pipeEnds[1]);
  if (!pid) return std::unexpected(pid.error());
  int status = 0;
  while (waitpid(*pid, &status, 0) < 0 && errno == EINTR) continue;
  if (written && WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return fail(ErrorCode::internalError, fmt::format("{} failed", command[0]));
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}

ServerProcess& ServerProcess::operator=(ServerProcess&& other) noexcept {
  if (this != &other) {
    stop();
    pid_ = std::exchange(other.pid_, -1);
  }
  return *this;
}

ServerProcess::~ServerProcess() {
  stop();
}

bool ServerProcess::running() {
  if (pid_ < 0) return false;
  if (waitpid(pid_, nullptr, WNOHANG) != pid_) return true;
  pid_ = -1;
  return false;
}

void ServerProcess::stop() {
  if (pid_ < 0) return;
  kill(pid_, SIGTERM);
  const auto deadline = std::chrono::steady_clock::now() + 2s;
  while (running() && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(5ms);
  if (!running()) return;
  kill(pid_, SIGKILL);
  waitpid(std::exchange(pid_, -1), nullptr, 0);
}

}  // namespace cachify::studio
