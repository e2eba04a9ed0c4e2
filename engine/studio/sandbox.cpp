#include "studio/sandbox.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <thread>

#include "studio/sample_data.hpp"
#include "studio/server_process.hpp"

namespace cachify::studio {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr const char* kLoopback = "127.0.0.1";
constexpr auto kStartPatience = 10s;
constexpr auto kPollInterval = 10ms;
/// A port that was free may be taken when the server binds it; then another one is tried.
constexpr int kPortAttempts = 5;

sockaddr_in loopbackAddress(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, kLoopback, &address.sin_addr);
  return address;
}

std::uint16_t freePort() {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopbackAddress(0);
  socklen_t length = sizeof address;
  std::uint16_t port = 0;
  if (bind(descriptor, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
      getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length) == 0) {
    port = ntohs(address.sin_port);
  }
  close(descriptor);
  return port;
}

bool accepts(std::uint16_t port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopbackAddress(port);
  const bool connected =
      connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(descriptor);
  return connected;
}

struct Started {
  ServerProcess process;
  std::uint16_t port;
};

/// Starts `command(port)` on a free port and waits until it takes connections.
template <class Command>
Result<Started> startServer(const fs::path& logFile, Command command) {
  for (int attempt = 0; attempt < kPortAttempts; ++attempt) {
    const std::uint16_t port = freePort();
    auto process = ServerProcess::start(command(port), logFile);
    if (!process) return std::unexpected(process.error());
    const auto deadline = std::chrono::steady_clock::now() + kStartPatience;
    while (process->running() && std::chrono::steady_clock::now() < deadline) {
      if (accepts(port) && process->running()) return Started{std::move(*process), port};
      std::this_thread::sleep_for(kPollInterval);
    }
  }
  return fail(ErrorCode::connectionFailed,
              fmt::format("the server did not start; {} says why", logFile.string()));
}

domain::ConnectionProfile loopbackProfile(std::string name, domain::CacheEngine engine, std::uint16_t port) {
  domain::ConnectionProfile profile;
  profile.name = std::move(name);
  profile.engine = engine;
  profile.host = kLoopback;
  profile.port = port;
  profile.tags = {"sandbox"};
  return profile;
}

}  // namespace

struct Sandbox::Parts {
  fs::path directory;
  std::optional<Started> redis;
  std::optional<Started> memcached;

  ~Parts() {
    redis.reset();
    memcached.reset();
    std::error_code error;
    if (!directory.empty()) fs::remove_all(directory, error);
  }
};

Result<std::unique_ptr<Sandbox>> Sandbox::start() {
  const auto redisServer = findProgram("redis-server", "redis-server");
  if (!redisServer) return std::unexpected(redisServer.error());
  const auto redisCli = findProgram("redis-cli", "redis-tools");
  if (!redisCli) return std::unexpected(redisCli.error());
  const auto memcached = findProgram("memcached", "memcached");
  if (!memcached) return std::unexpected(memcached.error());

  auto parts = std::make_unique<Parts>();
  std::string pattern = (fs::temp_directory_path() / "cachify-sandbox-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr)
    return fail(ErrorCode::internalError, "cannot make a temporary directory");
  parts->directory = pattern;

  auto redis = startServer(parts->directory / "redis.log", [&](std::uint16_t port) {
    return std::vector<std::string>{redisServer->string(),
                                    "--port",
                                    std::to_string(port),
                                    "--bind",
                                    kLoopback,
                                    "--dir",
                                    parts->directory.string(),
                                    "--save",
                                    "",
                                    "--appendonly",
                                    "no"};
  });
  if (!redis) return std::unexpected(redis.error());
  parts->redis = std::move(*redis);
  auto cache = startServer(parts->directory / "memcached.log", [&](std::uint16_t port) {
    std::vector<std::string> command{
        memcached->string(), "-l", kLoopback, "-p", std::to_string(port), "-U", "0", "-m", "64"};
    // memcached refuses to run as root unless told whom to run as.
    if (geteuid() == 0) command.insert(command.end(), {"-u", "root"});
    return command;
  });
  if (!cache) return std::unexpected(cache.error());
  parts->memcached = std::move(*cache);

  const std::vector<std::string> fill{redisCli->string(), "-h", kLoopback, "-p",
                                      std::to_string(parts->redis->port)};
  if (auto ok = runProgram(fill, kRedisSampleData); !ok) return std::unexpected(ok.error());
  return std::unique_ptr<Sandbox>(new Sandbox(std::move(parts)));
}

Sandbox::Sandbox(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Sandbox::~Sandbox() = default;

domain::ConnectionProfile Sandbox::redisProfile() const {
  return loopbackProfile("sandbox-redis", domain::CacheEngine::redis, parts_->redis->port);
}
domain::ConnectionProfile Sandbox::memcachedProfile() const {
  return loopbackProfile("sandbox-memcached", domain::CacheEngine::memcached, parts_->memcached->port);
}
const fs::path& Sandbox::directory() const {
  return parts_->directory;
}

}  // namespace cachify::studio
