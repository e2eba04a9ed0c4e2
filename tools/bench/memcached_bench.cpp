// Listing a million Memcached items, through a session and by the command line, against reading the server's
// own dump of its keys to the end over a plain socket.

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "bench.hpp"
#include "cache/open_session.hpp"
#include "studio/engine.hpp"
#include "studio/server_process.hpp"

namespace cachify::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kItems = 1'000'000;
constexpr std::uint32_t kKeysAPage = 10'000;
/// The rate at which 1.3 times the yardstick's time would do it.
constexpr double kAtLeast = 1.0 / 1.3;

template <class T>
T wanted(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

/// A socket and nothing more.
class RawMemcached {
 public:
  explicit RawMemcached(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(fd_);
      throw std::runtime_error("memcached does not take connections");
    }
  }
  ~RawMemcached() { ::close(fd_); }
  RawMemcached(const RawMemcached&) = delete;
  RawMemcached& operator=(const RawMemcached&) = delete;

  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) throw std::runtime_error("memcached went away");
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  /// Up to an answer's last line; how many bytes.
  std::size_t readUntil(std::string_view end) const {
    std::size_t total = 0;
    std::string tail;
    static std::array<char, 256 << 10> buffer;
    while (!tail.ends_with(end)) {
      const auto got = ::recv(fd_, buffer.data(), buffer.size(), 0);
      if (got <= 0) throw std::runtime_error("memcached went away");
      const std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
      total += bytes.size();
      tail.append(bytes.substr(bytes.size() - std::min(bytes.size(), end.size())));
      tail.erase(0, tail.size() - std::min(tail.size(), end.size()));
    }
    return total;
  }

 private:
  int fd_;
};

/// memcached with `kItems` items.
class FilledMemcached {
 public:
  explicit FilledMemcached(const std::filesystem::path& parent) : scratch_(parent) {
    const auto program = wanted(studio::findProgram("memcached", "memcached"));
    std::vector<std::string> command{program.string(), "-s", socket(), "-m", "1024"};
    if (::geteuid() == 0) command.insert(command.end(), {"-u", "root"});
    process_ = wanted(studio::ServerProcess::start(command, scratch_.path() / "log"));
    for (int i = 0; !std::filesystem::exists(socket()); ++i) {
      if (i == 1000) throw std::runtime_error("memcached does not start");
      std::this_thread::sleep_for(10ms);
    }
    fill();
  }
  [[nodiscard]] std::string socket() const { return scratch_.path() / "memcached.sock"; }
  [[nodiscard]] std::filesystem::path directory() const { return scratch_.path(); }
  [[nodiscard]] domain::ConnectionProfile profile() const {
    domain::ConnectionProfile profile;
    profile.name = "bench";
    profile.engine = domain::CacheEngine::memcached;
    profile.host.clear();
    profile.port = 0;
    profile.unixSocket = socket();
    return profile;
  }

 private:
  void fill() const {
    const RawMemcached raw(socket());
    std::string load;
    for (std::size_t i = 0; i < kItems; ++i) {
      fmt::format_to(std::back_inserter(load), "set user:{:08}:profile 0 0 5 noreply\r\nhello\r\n", i);
      if (load.size() < (1U << 20)) continue;
      raw.send(load);
      load.clear();
    }
    raw.send(load + "version\r\n");
    raw.readUntil("\r\n");
  }

  Scratch scratch_;
  std::optional<studio::ServerProcess> process_;
};

void expectAll(std::size_t keys) {
  if (keys < kItems) throw std::runtime_error(fmt::format("a listing has {} keys only", keys));
}

double rawDump(const FilledMemcached& server) {
  const RawMemcached raw(server.socket());
  return ratePerSecond(kItems, [&] {
    raw.send("lru_crawler metadump hash\r\n");
    expectAll(raw.readUntil("END\r\n") / 60);
  });
}

boost::asio::awaitable<std::size_t> countKeys(cache::CacheSession& session) {
  std::size_t found = 0;
  cache::ScanRequest request{.limit = kKeysAPage};
  request.whole = true;
  do {
    const CallContext within = CallContext::within(60s);
    auto page = co_await session.scan(request, within);
    if (!page) throw std::runtime_error(page.error().message);
    found += page->keys.size();
    request.cursor = std::move(page->nextCursor);
  } while (!request.cursor.empty());
  co_return found;
}

double bySession(const FilledMemcached& server) {
  boost::asio::io_context io(1);
  const auto session = cache::openSession(io.get_executor(), server.profile(), SecretText());
  std::size_t found = 0;
  const double rate = ratePerSecond(kItems, [&] {
    boost::asio::co_spawn(io, countKeys(*session), [&](std::exception_ptr thrown, std::size_t keys) {
      if (thrown) std::rethrow_exception(thrown);
      found = keys;
      io.stop();
    });
    io.run();
  });
  expectAll(found);
  return rate;
}

/// Runs our command line to its end, its output into a pipe that is read and dropped.
double byCommandLine(const std::vector<std::string>& options) {
  std::vector<std::string> words{studio::siblingProgram("cachify").string(), "keys", "list", "bench",
                                 "--all"};
  words.insert(words.end(), options.begin(), options.end());
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::size_t lines = 0;
  const double rate = ratePerSecond(kItems, [&] {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t streams;
    posix_spawn_file_actions_init(&streams);
    posix_spawn_file_actions_adddup2(&streams, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid = 0;
    const int failed = ::posix_spawn(&pid, arguments[0], &streams, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&streams);
    ::close(ends[1]);
    std::array<char, 64 << 10> buffer;
    for (auto got = ::read(ends[0], buffer.data(), buffer.size()); got > 0;
         got = ::read(ends[0], buffer.data(), buffer.size())) {
      lines += static_cast<std::size_t>(std::count(buffer.begin(), buffer.begin() + got, '\n'));
    }
    ::close(ends[0]);
    int status = 0;
    if (failed != 0 || ::waitpid(pid, &status, 0) != pid || status != 0)
      throw std::runtime_error("cachify failed; is it built?");
  });
  expectAll(lines);
  return rate;
}

std::vector<Figure> run(const Options& options) {
  const FilledMemcached server(options.directory);
  const auto data = server.directory() / "data";
  ::setenv("CACHIFY_DATA_DIR", data.c_str(), 1);
  ::setenv("CACHIFY_SECRET_STORE", "file", 1);
  {
    const auto engine = wanted(studio::Engine::open({.dataDirectory = data}));
    static_cast<void>(
        wanted(engine->wait(engine->connections().add(server.profile(), actions::KeepSecret{}))));
  }
  const auto against = [&](std::string name, const std::function<double()>& ours) {
    static_cast<void>(ours());
    return compare({.name = std::move(name),
                    .unit = "items/s",
                    .yardstick = "raw lru_crawler metadump, read to its end",
                    .atLeast = kAtLeast},
                   options.rounds, ours, [&] { return rawDump(server); });
  };
  std::vector<Figure> figures;
  figures.push_back(against("list 1 M Memcached items, by a session", [&] { return bySession(server); }));
  figures.push_back(against("the same by `keys list --all`", [] { return byCommandLine({}); }));
  figures.push_back(against("the same with --json", [] { return byCommandLine({"--json"}); }));
  return figures;
}

}  // namespace

Subcommand memcachedBenchmarks() {
  return {.name = "memcached", .about = "listing the keys of a Memcached server", .run = run};
}

}  // namespace cachify::bench
