#include "plugin_host/child_program.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

extern char** environ;

namespace cachify::plugin_host {
namespace {

/// Above every descriptor that the program gets, so that putting one in place cannot hit another.
constexpr int kAboveAll = 16;

std::unexpected<Error> cannotStart(int error) {
  return fail(ErrorCode::internalError,
              fmt::format("the plugin host cannot be started: {}", std::strerror(error)));
}

Result<Descriptor> lifted(int fd) {
  Descriptor copy(fcntl(fd, F_DUPFD_CLOEXEC, kAboveAll));
  if (!copy.isOpen()) return cannotStart(errno);
  return copy;
}

/// What a desktop notification or a locale needs, and nothing that may be a secret: passphrases and tokens
/// like to lie in environments.
bool isPassedOn(std::string_view entry) {
  constexpr std::array<std::string_view, 12> kNames{"HOME=",
                                                    "USER=",
                                                    "LOGNAME=",
                                                    "PATH=",
                                                    "LANG=",
                                                    "LANGUAGE=",
                                                    "TZ=",
                                                    "TMPDIR=",
                                                    "DISPLAY=",
                                                    "XDG_RUNTIME_DIR=",
                                                    "WAYLAND_DISPLAY=",
                                                    "DBUS_SESSION_BUS_ADDRESS="};
  for (const auto name : kNames) {
    if (entry.starts_with(name)) return true;
  }
  return entry.starts_with("LC_");
}

std::vector<char*> environmentForPlugins() {
  std::vector<char*> entries;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (isPassedOn(*entry)) entries.push_back(*entry);
  }
  entries.push_back(nullptr);
  return entries;
}

/// posix_spawn's two lists, freed with it.
class SpawnPlan {
 public:
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    // A group of its own: a terminal's Ctrl-C is for us, and what it starts is ended with it.
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  void place(const Descriptor& from, int to) { posix_spawn_file_actions_adddup2(&actions_, from.get(), to); }
  void closeFrom(int first) { posix_spawn_file_actions_addclosefrom_np(&actions_, first); }

  [[nodiscard]] Result<pid_t> spawn(const std::filesystem::path& program, std::string label) const {
    std::string name = program.filename().string();
    std::array<char*, 3> arguments{name.data(), label.data(), nullptr};
    const auto environment = environmentForPlugins();
    pid_t pid = -1;
    const int error =
        posix_spawn(&pid, program.c_str(), &actions_, &attributes_, arguments.data(), environment.data());
    if (error == ENOENT) {
      return fail(ErrorCode::notFound,
                  fmt::format("{} is missing; it belongs beside this program", program.string()));
    }
    if (error != 0) return cannotStart(error);
    return pid;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::string endingOf(int status) {
  if (WIFEXITED(status)) return fmt::format("exit status {}", WEXITSTATUS(status));
  const char* name = sigabbrev_np(WTERMSIG(status));
  return name == nullptr ? fmt::format("signal {}", WTERMSIG(status)) : fmt::format("SIG{}", name);
}

}  // namespace

Result<ChildProgram> ChildProgram::start(const std::filesystem::path& program, const std::string& label,
                                         const Descriptor& library) {
  std::array<int, 2> sockets{};
  std::array<int, 2> pipe{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0) return cannotStart(errno);
  Descriptor ours(sockets[0]);
  const Descriptor theirs(sockets[1]);
  if (pipe2(pipe.data(), O_CLOEXEC) != 0) return cannotStart(errno);
  Descriptor reader(pipe[0]);
  const Descriptor writer(pipe[1]);
  const Descriptor nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));

  const auto socketForIt = lifted(theirs.get());
  const auto libraryForIt = lifted(library.get());
  const auto wordsForIt = lifted(writer.get());
  const auto nothingForIt = lifted(nothing.get());
  for (const auto* each : {&socketForIt, &libraryForIt, &wordsForIt, &nothingForIt}) {
    if (!*each) return std::unexpected(each->error());
  }
  SpawnPlan plan;
  plan.place(*nothingForIt, STDIN_FILENO);
  plan.place(*wordsForIt, STDOUT_FILENO);
  plan.place(*wordsForIt, STDERR_FILENO);
  plan.place(*socketForIt, kSocketDescriptor);
  plan.place(*libraryForIt, kLibraryDescriptor);
  plan.closeFrom(kLibraryDescriptor + 1);
  const auto pid = plan.spawn(program, label);
  if (!pid) return std::unexpected(pid.error());
  ChildProgram child(*pid);
  fcntl(ours.get(), F_SETFL, O_NONBLOCK);
  fcntl(reader.get(), F_SETFL, O_NONBLOCK);
  child.socket = std::move(ours);
  child.standardError = std::move(reader);
  return child;
}

ChildProgram::ChildProgram(ChildProgram&& other) noexcept
    : socket(std::move(other.socket)),
      standardError(std::move(other.standardError)),
      pid_(std::exchange(other.pid_, -1)) {}

ChildProgram::~ChildProgram() {
  end();
}

bool ChildProgram::running() const {
  if (pid_ < 0) return false;
  siginfo_t ended{};
  return waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         ended.si_pid == 0;
}

std::string ChildProgram::end() {
  if (pid_ < 0) return {};
  // A signal that had hit it before stays the reason.
  kill(-pid_, SIGKILL);
  kill(pid_, SIGKILL);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
  pid_ = -1;
  return endingOf(status);
}

}  // namespace cachify::plugin_host
