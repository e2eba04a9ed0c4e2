#pragma once
// Blocking access to a server beside the code under test. Everything here throws std::runtime_error when the
// server does not play along within five seconds.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cachify::test {

class RedisServer;

/// A plain socket: what is sent and received is up to the test.
class RawConnection {
 public:
  struct Target {
    std::uint16_t port = 0;
    std::string unixSocket;  ///< when set, used instead of the port
  };
  explicit RawConnection(const Target& target);
  ~RawConnection();
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  void send(std::string_view bytes);
  /// At least that many bytes.
  [[nodiscard]] std::string receive(std::size_t atLeast);
  /// Everything up to and with the first `ending`.
  [[nodiscard]] std::string receiveUntil(std::string_view ending);

 private:
  int fd_ = -1;
};

/// A reply of Redis; nil is `isNil`, a status or error is its text.
struct RawReply {
  bool isNil = false;
  bool isError = false;
  long long integer = 0;
  std::string text;
  std::vector<RawReply> elements;
};

/// Commands to a RedisServer, all on one connection.
class RedisCli {
 public:
  explicit RedisCli(const RedisServer& server);
  /// Whatever speaks the protocol on that loopback port.
  explicit RedisCli(std::uint16_t port);
  ~RedisCli();

  [[nodiscard]] RawReply operator()(const std::vector<std::string>& arguments);
  /// As above, but an error reply throws.
  RawReply must(const std::vector<std::string>& arguments);
  /// All in one go; an error reply throws.
  std::vector<RawReply> pipeline(const std::vector<std::vector<std::string>>& commands);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace cachify::test
