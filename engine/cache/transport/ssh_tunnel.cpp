#include "cache/transport/ssh_tunnel.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "cache/transport/ssh_error.hpp"

namespace cachify::cache {
namespace {

/// The bytes that mean nothing to ssh in a forwarding, to which it does its own expansions.
constexpr std::string_view kPlainPathBytes =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._+-";
constexpr std::string_view kDirectoryName = "/cachify-ssh-XXXXXX";
/// ssh binds the socket under a longer name first in some versions; far below the 107 of unix(7).
constexpr std::size_t kMaxBasePathBytes = 60;

bool isFit(std::string_view path) {
  return path.starts_with('/') && path.size() <= kMaxBasePathBytes &&
         path.find_first_not_of(kPlainPathBytes) == std::string_view::npos;
}

std::optional<std::string> findSsh() {
  const char* path = std::getenv("PATH");
  const std::string folders = path == nullptr ? "/usr/bin:/bin" : path;
  for (std::size_t at = 0; at <= folders.size();) {
    const std::size_t end = std::min(folders.find(':', at), folders.size());
    std::string program = folders.substr(at, end - at) + "/ssh";
    if (program.starts_with('/') && access(program.c_str(), X_OK) == 0) return program;
    at = end + 1;
  }
  return std::nullopt;
}

std::vector<std::string> commandFor(const std::string& program, const domain::SshSettings& settings,
                                    const std::string& forwarding) {
  // The user's configuration holds but for what would ask a question, hand the forwarding to another ssh
  // (which would outlive us), or leave a vanished peer unnoticed. INFO is the level that gives reasons.
  std::vector<std::string> command{program, "-N", "-T", "-L", forwarding};
  for (const char* option :
       {"BatchMode=yes", "ExitOnForwardFailure=yes", "ControlMaster=no", "ControlPath=none", "LogLevel=INFO",
        "ServerAliveInterval=15", "ServerAliveCountMax=3", "StreamLocalBindUnlink=yes",
        "ClearAllForwardings=no", "ForkAfterAuthentication=no", "SessionType=none"}) {
    command.insert(command.end(), {"-o", option});
  }
  if (!settings.configFile.empty()) command.insert(command.end(), {"-F", settings.configFile});
  if (settings.port != 0) command.insert(command.end(), {"-p", fmt::to_string(settings.port)});
  command.insert(command.end(), {"--", settings.destination});
  return command;
}

/// Without what is ours: ssh hands its environment on to the commands of its configuration.
std::vector<char*> environmentForSsh() {
  std::vector<char*> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with("CACHIFY_")) environment.push_back(*entry);
  }
  environment.push_back(nullptr);
  return environment;
}

/// In the child: only async-signal-safe calls.
[[noreturn]] void become(char* const* arguments, char* const* environment, int nothing, int words,
                         pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  // A terminal's Ctrl-C is for us; and a ProxyCommand of ssh's is ended with it.
  setpgid(0, 0);
  signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
  dup2(words, STDERR_FILENO);
  // Other connections of this process must close when it closes them.
  closefrom(STDERR_FILENO + 1);
  execve(arguments[0], arguments, environment);
  _exit(127);
}

std::unexpected<Error> systemError(std::string_view what) {
  return fail(ErrorCode::internalError, fmt::format("{}: {}", what, std::strerror(errno)));
}

}  // namespace

/// Takes what ssh writes to its standard error, so that it never waits for us, and keeps the end of it.
class SshTunnel::Words : public std::enable_shared_from_this<Words> {
 public:
  Words(const boost::asio::any_io_executor& executor, int pipe) : pipe_(executor, pipe) {}

  void listen() {
    pipe_.async_read_some(
        boost::asio::buffer(buffer_),
        [self = shared_from_this()](const boost::system::error_code& error, std::size_t got) {
          if (error) return;
          self->keep({self->buffer_.data(), got});
          self->listen();
        });
  }
  /// What came since the executor last looked, too.
  const std::string& all() {
    std::array<char, 4096> buffer;
    for (ssize_t got = 0;
         pipe_.is_open() && (got = read(pipe_.native_handle(), buffer.data(), buffer.size())) > 0;)
      keep({buffer.data(), static_cast<std::size_t>(got)});
    return kept_;
  }
  void forget() {
    all();
    kept_.clear();
  }
  void close() {
    boost::system::error_code ignored;
    pipe_.close(ignored);
  }

 private:
  void keep(std::string_view bytes) {
    constexpr std::size_t kKeptBytes = 8192;
    kept_ += bytes;
    if (kept_.size() > kKeptBytes) kept_.erase(0, kept_.size() - kKeptBytes);
  }

  boost::asio::posix::stream_descriptor pipe_;
  std::array<char, 4096> buffer_{};
  std::string kept_;
};

SshTunnel::SshTunnel(boost::asio::any_io_executor executor, domain::SshSettings settings, std::string host,
                     std::uint16_t port)
    : executor_(std::move(executor)),
      settings_(std::move(settings)),
      target_(host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port)
                                                  : fmt::format("[{}]:{}", host, port)) {}

SshTunnel::~SshTunnel() {
  stop();
  if (directory_.empty()) return;
  unlink(socketPath().c_str());
  rmdir(directory_.c_str());
}

std::string SshTunnel::said() {
  return words_ ? words_->all() : std::string();
}

void SshTunnel::forgetWords() {
  if (words_) words_->forget();
}

Result<void> SshTunnel::makeDirectory() {
  if (!directory_.empty()) return {};
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  const char* temporary = std::getenv("TMPDIR");
  for (const char* base : {runtime, temporary, "/tmp"}) {
    if (base == nullptr || !isFit(base)) continue;
    std::string path = std::string(base) + std::string(kDirectoryName);
    if (mkdtemp(path.data()) == nullptr) continue;
    directory_ = std::move(path);
    return {};
  }
  return systemError("there is no directory for the tunnel's socket (XDG_RUNTIME_DIR, TMPDIR, /tmp)");
}

Result<void> SshTunnel::start(const Endpoint& endpoint) {
  const auto program = findSsh();
  if (!program) return fail(sshMissingError(endpoint));
  if (auto ok = makeDirectory(); !ok) return ok;
  unlink(socketPath().c_str());
  return launch(*program);
}

Result<void> SshTunnel::launch(const std::string& program) {
  const auto command = commandFor(program, settings_, socketPath() + ":" + target_);
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const auto environment = environmentForSsh();
  int pipe[2];
  if (pipe2(pipe, O_CLOEXEC | O_NONBLOCK) != 0) return systemError("no pipe for ssh");
  // ssh itself writes blocking: only our end of the pipe may say "later".
  fcntl(pipe[1], F_SETFL, 0);
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) become(arguments.data(), environment.data(), nothing, pipe[1], parent);
  const int error = errno;
  close(nothing);
  close(pipe[1]);
  if (pid < 0) {
    close(pipe[0]);
    errno = error;
    return systemError("ssh cannot be started");
  }
  setpgid(pid, pid);  // as the child does: whoever comes first, the group is there when it is killed
  pid_ = pid;
  words_ = std::make_shared<Words>(executor_, pipe[0]);
  words_->listen();
  return {};
}

bool SshTunnel::running() {
  if (pid_ < 0) return false;
  siginfo_t ended{};
  if (waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0)
    return true;
  end();
  return false;
}

/// The whole group: ssh may have forked away from us, or have a ProxyCommand.
void SshTunnel::end() {
  kill(-pid_, SIGKILL);
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
  pid_ = -1;
}

bool SshTunnel::ready() const {
  return !directory_.empty() && access(socketPath().c_str(), F_OK) == 0;
}

void SshTunnel::stop() {
  if (pid_ >= 0) end();
  if (words_) words_->close();
}

SshTunnel::Visitor::Visitor(SshTunnel& tunnel, const Endpoint& endpoint)
    : tunnel_(tunnel), endpoint_(endpoint) {
  ++tunnel_.visitors_;
}

SshTunnel::Visitor::~Visitor() {
  if (--tunnel_.visitors_ == 0 && !tunnel_.ready()) tunnel_.stop();
}

Result<bool> SshTunnel::Visitor::look() {
  if (!tunnel_.running()) {
    if (attempt_ != 0 && attempt_ == tunnel_.attempt_) return fail(tunnelError(endpoint_, tunnel_.said()));
    tunnel_.stop();
    ++tunnel_.attempt_;
    if (auto started = tunnel_.start(endpoint_); !started) return std::unexpected(started.error());
  }
  const bool there = tunnel_.ready();
  // One that was through before we came may just be dying: that is no attempt of ours.
  if (!there) attempt_ = tunnel_.attempt_;
  return there;
}

}  // namespace cachify::cache
