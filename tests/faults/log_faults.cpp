#include "faults/log_faults.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <csignal>
#include <iostream>
#include <map>
#include <random>
#include <sstream>

extern char** environ;

namespace cachify::log::test {
namespace {

constexpr int kPatienceMs = 30'000;

}  // namespace

Writer::Writer(std::vector<std::string> arguments) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
  fd_ = ends[0];
  arguments.insert(arguments.begin(), std::string(CACHIFY_BIN_DIR) + "/log_fault_writer");
  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  const int error = ::posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  EXPECT_EQ(error, 0) << argv[0];
}

Writer::~Writer() {
  signal(SIGKILL);
  if (pid_ > 0) ::waitpid(pid_, &status_, 0);
  ::close(fd_);
}

void Writer::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

bool Writer::fill(int timeoutMs) {
  pollfd waiting{.fd = fd_, .events = POLLIN, .revents = 0};
  if (::poll(&waiting, 1, timeoutMs) <= 0) return false;
  std::array<char, 65'536> bytes{};
  const ssize_t got = ::read(fd_, bytes.data(), bytes.size());
  if (got <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

std::string Writer::line() {
  std::size_t end = buffer_.find('\n');
  while (end == std::string::npos) {
    if (!fill(kPatienceMs)) return {};
    end = buffer_.find('\n');
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  return line;
}

bool Writer::waitUntilStopped() const {
  // Its output must be read meanwhile by no one: a full pipe would stop it elsewhere, and lines are short.
  for (int i = 0; i < kPatienceMs / 5; ++i) {
    int status = 0;
    if (::waitpid(pid_, &status, WUNTRACED | WNOHANG) == pid_) return WIFSTOPPED(status);
    const timespec moment{.tv_sec = 0, .tv_nsec = 5'000'000};
    ::nanosleep(&moment, nullptr);
  }
  return false;
}

std::vector<std::string> Writer::finish() {
  while (fill(kPatienceMs)) {
  }
  ::waitpid(std::exchange(pid_, -1), &status_, 0);
  std::vector<std::string> lines;
  for (std::size_t end = buffer_.find('\n'); end != std::string::npos; end = buffer_.find('\n')) {
    lines.push_back(buffer_.substr(0, end));
    buffer_.erase(0, end + 1);
  }
  return lines;
}

Acknowledged parseAcknowledged(const std::string& line) {
  Acknowledged parsed;
  std::istringstream(line) >> parsed.first >> parsed.last >> parsed.tag;
  EXPECT_FALSE(parsed.tag.empty()) << line;
  return parsed;
}

std::filesystem::path checkerPath() {
  return std::filesystem::path(CACHIFY_BIN_DIR) / "cachify-log-check";
}

std::string describe(const VerifyReport& report) {
  std::ostringstream text;
  text << (report.ok ? "ok" : "not ok") << ", " << report.events << " events, last " << report.lastPosition;
  for (const Problem& problem : report.problems)
    text << "\n  " << problem.position << ' ' << problem.kind << ": " << problem.message;
  return text.str();
}

std::uint64_t faultSeed() {
  const char* given = std::getenv("CACHIFY_FAULT_SEED");
  const std::uint64_t seed = given != nullptr ? std::stoull(given) : std::random_device()();
  std::cout << "CACHIFY_FAULT_SEED=" << seed << std::endl;
  return seed;
}

int faultRounds(int usual) {
  const char* given = std::getenv("CACHIFY_FAULT_ROUNDS");
  return given != nullptr ? std::max(usual, std::stoi(given)) : usual;
}

void expectWhole(const std::filesystem::path& directory, const std::vector<Acknowledged>& acknowledged) {
  const auto report = verifyLog(checkerPath(), directory);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->ok) << describe(*report);
  const auto log = openLog(directory);
  ASSERT_TRUE(log);
  std::map<Position, Frame> frames;
  Position next = 1;
  for (;;) {
    auto read = require(log->framesFrom(next, 8U << 20));
    if (read.empty()) break;
    for (Frame& frame : read) {
      ASSERT_EQ(frame.firstPosition, next);
      next = frame.lastPosition() + 1;
      frames.emplace(frame.firstPosition, std::move(frame));
    }
  }
  EXPECT_EQ(report->events, next - 1);
  for (const Acknowledged& one : acknowledged) {
    const auto found = frames.find(one.first);
    ASSERT_NE(found, frames.end()) << "acknowledged and lost: " << one.first;
    EXPECT_EQ(found->second.lastPosition(), one.last);
    EXPECT_EQ(found->second.payloads.front(), one.tag);
  }
}

}  // namespace cachify::log::test
