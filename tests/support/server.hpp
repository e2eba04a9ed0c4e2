#pragma once
// Real servers for tests: on free loopback ports, in directories of their own, gone with their object. The
// constructors return once the server answers, and throw std::runtime_error with its log if it does not.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/child_process.hpp"

namespace cachify::test {

inline constexpr const char* kLoopback = "127.0.0.1";

/// Free at the moment of asking.
[[nodiscard]] std::uint16_t freePort();

/// Paths for a server that speaks TLS.
struct ServerTls {
  std::string certFile;
  std::string keyFile;
  std::string clientCaFile{};  ///< when set, clients must show a certificate of this CA
};

/// redis-server with port and unix socket, nothing saved to disk, DEBUG allowed.
class RedisServer {
 public:
  /// `options`: further command line words, such as {"--requirepass", "s3cret"}.
  /// `tls`: opens a second port that speaks it.
  explicit RedisServer(std::vector<std::string> options = {}, std::optional<ServerTls> tls = {});

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::uint16_t tlsPort() const { return tlsPort_; }
  [[nodiscard]] std::string unixSocket() const { return directory_ / "redis.sock"; }
  [[nodiscard]] const std::string& directory() const { return directory_.path(); }
  [[nodiscard]] ChildProcess& process() { return *process_; }
  /// Kills it and starts it again, empty, on the same port.
  void restart();

 private:
  void start();

  TemporaryDirectory directory_;
  std::vector<std::string> options_;
  std::optional<ServerTls> tls_;
  std::uint16_t port_ = 0;
  std::uint16_t tlsPort_ = 0;
  std::unique_ptr<ChildProcess> process_;
};

/// memcached with a TCP port, or with a unix socket alone (memcached does not serve both).
class MemcachedServer {
 public:
  enum class Listen : std::uint8_t { tcp, unixSocket };
  /// `tls`: opens a second port that speaks it.
  explicit MemcachedServer(std::vector<std::string> options = {}, Listen listen = Listen::tcp,
                           std::optional<ServerTls> tls = {});

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::uint16_t tlsPort() const { return tlsPort_; }
  [[nodiscard]] std::string unixSocket() const { return directory_ / "memcached.sock"; }
  [[nodiscard]] ChildProcess& process() { return *process_; }
  void restart();

 private:
  void start();

  TemporaryDirectory directory_;
  std::vector<std::string> options_;
  Listen listen_;
  std::optional<ServerTls> tls_;
  std::uint16_t port_ = 0;
  std::uint16_t tlsPort_ = 0;
  std::unique_ptr<ChildProcess> process_;
};

/// Takes connections and never answers; or, full from the start, does not even take them.
class BlackHoleServer {
 public:
  enum class Mode : std::uint8_t { acceptsAndIsSilent, ignoresConnects };
  explicit BlackHoleServer(Mode mode = Mode::acceptsAndIsSilent);
  ~BlackHoleServer();
  BlackHoleServer(const BlackHoleServer&) = delete;
  BlackHoleServer& operator=(const BlackHoleServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int listener_ = -1;
  std::vector<int> fillers_;
  std::uint16_t port_ = 0;
};

}  // namespace cachify::test
