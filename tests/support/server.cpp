#include "support/server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "support/raw_connection.hpp"

namespace cachify::test {
namespace {

using namespace std::chrono_literals;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::uint16_t bindToFreePort(int fd) {
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
    throw std::system_error(errno, std::generic_category(), "no free loopback port");
  }
  return ntohs(address.sin_port);
}

std::string contentOf(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// False when the process ends first (its port was taken meanwhile); throws after ten seconds of silence.
bool waitUntil(ChildProcess& process, const std::string& log, const std::function<bool()>& ready) {
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (process.running()) {
    if (ready()) return true;
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("no answer: " + contentOf(log));
    std::this_thread::sleep_for(2ms);
  }
  return false;
}

bool answers(const RawConnection::Target& target, std::string_view question, std::string_view beginning) {
  try {
    RawConnection connection(target);
    connection.send(question);
    return connection.receive(1).substr(0, 1) == beginning;
  } catch (const std::runtime_error&) {
    return false;
  }
}

}  // namespace

std::uint16_t freePort() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const std::uint16_t port = bindToFreePort(fd);
  ::close(fd);
  return port;
}

RedisServer::RedisServer(std::vector<std::string> options, std::optional<ServerTls> tls)
    : options_(std::move(options)), tls_(std::move(tls)) {
  start();
}

void RedisServer::restart() {
  process_->kill();
  start();
}

void RedisServer::start() {
  const std::string log = directory_ / "log";
  for (int attempt = 0; attempt < 5; ++attempt) {
    if (attempt > 0 || port_ == 0) port_ = freePort(), tlsPort_ = freePort();
    std::vector<std::string> command{"redis-server",
                                     "--port",
                                     std::to_string(port_),
                                     "--bind",
                                     kLoopback,
                                     "--unixsocket",
                                     unixSocket(),
                                     "--dir",
                                     directory_.path(),
                                     "--save",
                                     "",
                                     "--appendonly",
                                     "no",
                                     "--enable-debug-command",
                                     "yes"};
    if (tls_) {
      const bool asks = !tls_->clientCaFile.empty();
      command.insert(command.end(),
                     {"--tls-port", std::to_string(tlsPort_), "--tls-cert-file", tls_->certFile,
                      "--tls-key-file", tls_->keyFile, "--tls-ca-cert-file",
                      asks ? tls_->clientCaFile : tls_->certFile, "--tls-auth-clients", asks ? "yes" : "no"});
    }
    command.insert(command.end(), options_.begin(), options_.end());
    process_ = std::make_unique<ChildProcess>(command, log);
    // "+PONG", or "-NOAUTH …" from one with a password: both are answers.
    const auto ready = [this] {
      const RawConnection::Target target{.port = port_, .unixSocket = {}};
      return answers(target, "PING\r\n", "+") || answers(target, "PING\r\n", "-");
    };
    if (waitUntil(*process_, log, ready)) return;
  }
  throw std::runtime_error("redis-server does not start: " + contentOf(log));
}

MemcachedServer::MemcachedServer(std::vector<std::string> options, Listen listen,
                                 std::optional<ServerTls> tls)
    : options_(std::move(options)), listen_(listen), tls_(std::move(tls)) {
  start();
}

void MemcachedServer::restart() {
  process_->kill();
  start();
}

void MemcachedServer::start() {
  const std::string log = directory_ / "log";
  for (int attempt = 0; attempt < 5; ++attempt) {
    std::vector<std::string> command{"memcached"};
    RawConnection::Target target;
    if (listen_ == Listen::tcp) {
      if (attempt > 0 || port_ == 0) port_ = freePort(), tlsPort_ = freePort();
      target.port = port_;
      const std::string plain = std::string(kLoopback) + ":" + std::to_string(port_);
      command.insert(command.end(), {"-l", (tls_ ? "notls:" : "") + plain, "-U", "0"});
    } else {
      target.unixSocket = unixSocket();
      command.insert(command.end(), {"-s", unixSocket()});
    }
    if (tls_) {
      const bool asks = !tls_->clientCaFile.empty();
      command.insert(command.end(),
                     {"-l", std::string(kLoopback) + ":" + std::to_string(tlsPort_), "-Z", "-o",
                      "ssl_chain_cert=" + tls_->certFile + ",ssl_key=" + tls_->keyFile +
                          (asks ? ",ssl_verify_mode=2,ssl_ca_cert=" + tls_->clientCaFile : "")});
    }
    if (geteuid() == 0) command.insert(command.end(), {"-u", "root"});
    command.insert(command.end(), options_.begin(), options_.end());
    process_ = std::make_unique<ChildProcess>(command, log);
    // "MN" to a no-op, or "CLIENT_ERROR unauthenticated".
    const auto ready = [&] { return answers(target, "mn\r\n", "M") || answers(target, "mn\r\n", "C"); };
    if (waitUntil(*process_, log, ready)) return;
  }
  throw std::runtime_error("memcached does not start: " + contentOf(log));
}

BlackHoleServer::BlackHoleServer(Mode mode) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  port_ = bindToFreePort(listener_);
  listen(listener_, mode == Mode::ignoresConnects ? 0 : 128);
  if (mode == Mode::acceptsAndIsSilent) return;
  // Nobody accepts: once the queue is full the system drops whatever else wants to connect.
  for (int i = 0; i < 8; ++i) {
    const int fd = fillers_.emplace_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in address = loopback(port_);
    if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 && errno != EINPROGRESS)
      break;
  }
}

BlackHoleServer::~BlackHoleServer() {
  for (const int fd : fillers_) ::close(fd);
  ::close(listener_);
}

}  // namespace cachify::test
