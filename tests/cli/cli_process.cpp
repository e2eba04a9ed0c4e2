#include "cli/cli_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace cachify::test {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{60};

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    read = ends[0];
    write = ends[1];
  }
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

std::vector<std::string> environmentWith(const std::vector<std::pair<std::string, std::string>>& added) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) all.emplace_back(*entry);
  for (const auto& [name, value] : added) {
    std::erase_if(all, [&](const std::string& entry) { return entry.starts_with(name + "="); });
    all.push_back(name + "=" + value);
  }
  return all;
}

/// Made before the fork: between fork and exec nothing may be allocated.
class Command {
 public:
  explicit Command(const CliInput& input)
      : words_{std::string(CACHIFY_BIN_DIR) + "/cachify"}, variables_(environmentWith(input.environment)) {
    words_.insert(words_.end(), input.arguments.begin(), input.arguments.end());
    argv_ = pointers(words_);
    envp_ = pointers(variables_);
  }

  [[noreturn]] void become(pid_t parent) const {
    std::signal(SIGPIPE, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() == parent) execve(argv_[0], argv_.data(), envp_.data());
    _exit(127);
  }

 private:
  std::vector<std::string> words_;
  std::vector<std::string> variables_;
  std::vector<char*> argv_;
  std::vector<char*> envp_;
};

/// On a thread of its own, for a text may be longer than a pipe holds.
void feed(int descriptor, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t n = write(descriptor, text.data() + written, text.size() - written);
    if (n <= 0) break;
    written += static_cast<std::size_t>(n);
  }
  close(descriptor);
}

/// False at the end of the stream.
bool readInto(int descriptor, std::string& text) {
  std::array<char, 1 << 16> buffer{};
  const ssize_t n = read(descriptor, buffer.data(), buffer.size());
  if (n > 0) text.append(buffer.data(), static_cast<std::size_t>(n));
  return n > 0;
}

}  // namespace

CliProcess::CliProcess(CliInput input) {
  std::signal(SIGPIPE, SIG_IGN);
  if (input.onTerminal) {
    startOnTerminal(input);
  } else {
    startOnPipes(input);
  }
}

void CliProcess::startOnPipes(CliInput& input) {
  Command command(input);
  const Pipe in;
  Pipe out;
  if (!input.stdoutFile.empty()) {
    close(out.write);
    out.write = open(input.stdoutFile.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  }
  const Pipe err;
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid_ == 0) {
    dup2(in.read, STDIN_FILENO);
    dup2(out.write, STDOUT_FILENO);
    dup2(err.write, STDERR_FILENO);
    command.become(parent);
  }
  close(in.read);
  close(out.write);
  close(err.write);
  out_ = out.read;
  err_ = err.read;
  feeder_ =
      std::thread([descriptor = in.write, text = std::move(input.stdinText)] { feed(descriptor, text); });
}

void CliProcess::startOnTerminal(CliInput& input) {
  Command command(input);
  const pid_t parent = getpid();
  pid_ = forkpty(&out_, nullptr, nullptr, nullptr);
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "forkpty");
  if (pid_ == 0) command.become(parent);
}

void CliProcess::type(std::string_view keys) const {
  if (write(out_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size())) {
    throw std::system_error(errno, std::generic_category(), "typing");
  }
}

CliProcess::~CliProcess() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  if (feeder_.joinable()) feeder_.join();
  for (const int descriptor : {out_, err_}) {
    if (descriptor >= 0) close(descriptor);
  }
}

void CliProcess::signal(int number) const {
  kill(pid_, number);
}

void CliProcess::readSome() {
  std::array<pollfd, 2> wanted{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
  if (poll(wanted.data(), wanted.size(), 100) <= 0) return;
  const auto take = [](const pollfd& ready, int& descriptor, std::string& text) {
    if (descriptor < 0 || ready.revents == 0 || readInto(descriptor, text)) return;
    close(std::exchange(descriptor, -1));
  };
  take(wanted[0], out_, result_.out);
  take(wanted[1], err_, result_.err);
}

void CliProcess::waitForOutput(std::string_view text) {
  const auto deadline = Clock::now() + kPatience;
  while (result_.out.find(text) == std::string::npos) {
    if (Clock::now() > deadline || out_ < 0) {
      throw std::runtime_error("cachify did not write '" + std::string(text) + "' but: " + result_.out +
                               result_.err);
    }
    readSome();
  }
}

void CliProcess::closeOutput() {
  close(std::exchange(out_, -1));
}

CliResult CliProcess::wait() {
  const auto deadline = Clock::now() + kPatience;
  while (out_ >= 0 || err_ >= 0) {
    if (Clock::now() > deadline)
      throw std::runtime_error("cachify does not end; so far: " + result_.out + result_.err);
    readSome();
  }
  int status = 0;
  waitpid(std::exchange(pid_, -1), &status, 0);
  result_.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result_;
}

CliResult runCli(CliInput input) {
  CliProcess process(std::move(input));
  return process.wait();
}

}  // namespace cachify::test
