#pragma once
// A bad network between a client and a server on loopback, and a server that answers what the test wants.

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace cachify::test {

/// Forwards bytes both ways on a thread of its own; faults may be set at any time, from any thread, and hold
/// until `pass`. Commands are those of RESP.
class FaultProxy {
 public:
  explicit FaultProxy(std::uint16_t server);
  ~FaultProxy();
  FaultProxy(const FaultProxy&) = delete;
  FaultProxy& operator=(const FaultProxy&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// How often a fault took effect.
  [[nodiscard]] int struck() const { return struck_; }

  void pass();
  /// That many bytes of replies go through on each connection, then it is reset.
  void resetAfter(std::size_t replyBytes);
  /// Likewise, then nothing more comes.
  void stallAfter(std::size_t replyBytes);
  /// Every command is answered with this and does not reach the server.
  void answerInstead(std::string reply);
  /// The server gets the command, and the connection is reset in place of its reply.
  void loseReplyTo(std::string command);
  /// Of the commands of this name this share, evenly spread, is answered with an error by the server, in the
  /// order in which they came, and does nothing.
  void refuse(std::string command, double share);
  /// What the client sends goes through this first. It takes what it can do with out of `waiting`, which
  /// holds what has come on one connection and not gone on yet, and answers what the server gets. Called on
  /// the proxy's thread.
  using Rewrite = std::function<std::string(std::string& waiting)>;
  void rewrite(Rewrite rewrite);

 private:
  enum class Kind : std::uint8_t {
    none,
    resetAfter,
    stallAfter,
    answerInstead,
    loseReplyTo,
    refuse,
    rewrite
  };
  struct Fault {
    Kind kind = Kind::none;
    std::size_t bytes = 0;
    std::string text{};
    double share = 0;
    Rewrite rewrite{};
  };
  struct Link;

  void set(Fault fault);
  [[nodiscard]] Fault fault() const;
  void serve();
  void accept();
  [[nodiscard]] bool isDue(double share);
  /// False: the link is to be closed.
  bool fromClient(Link& link);
  bool fromServer(Link& link);

  std::uint16_t server_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  int wake_[2] = {-1, -1};
  std::atomic<int> struck_ = 0;
  mutable std::mutex mutex_;
  Fault fault_;
  std::vector<Link> links_;  ///< of the thread alone, as the next
  double due_ = 0;           ///< of the next command to be refused
  std::jthread thread_;
};

}  // namespace cachify::test
