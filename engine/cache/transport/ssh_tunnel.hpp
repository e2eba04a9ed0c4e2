#pragma once
// A tunnel to one server: an ssh child that forwards a private unix socket.

#include <sys/types.h>

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/result.hpp"
#include "domain/profile.hpp"

namespace cachify::cache {

struct Endpoint;

/// Never blocks: ssh is started when somebody wants to go through, and whoever waits asks again and again.
/// The child is killed and the socket's directory removed when this goes; the kernel kills the child when the
/// process dies. On the executor it was made with.
class SshTunnel {
 public:
  SshTunnel(boost::asio::any_io_executor executor, domain::SshSettings settings, std::string host,
            std::uint16_t port);
  ~SshTunnel();
  SshTunnel(const SshTunnel&) = delete;
  SshTunnel& operator=(const SshTunnel&) = delete;

  /// Somebody who wants to go through. When the last one gives up before ssh is ready, ssh is ended.
  class Visitor {
   public:
    Visitor(SshTunnel& tunnel, const Endpoint& endpoint);
    ~Visitor();
    Visitor(const Visitor&) = delete;
    Visitor& operator=(const Visitor&) = delete;

    /// Whether the socket is there, starting ssh if it does not run. The error of an attempt that this
    /// visitor waited for is final; the next visitor starts a new one.
    [[nodiscard]] Result<bool> look();

   private:
    SshTunnel& tunnel_;
    const Endpoint& endpoint_;
    std::uint64_t attempt_ = 0;
  };

  [[nodiscard]] std::string socketPath() const { return directory_ + "/s"; }
  /// The last words of the ssh that runs, or ran last.
  [[nodiscard]] std::string said();
  /// Forgets them, so that what is said later belongs to what comes now.
  void forgetWords();

 private:
  class Words;

  Result<void> start(const Endpoint& endpoint);
  Result<void> makeDirectory();
  Result<void> launch(const std::string& program);
  [[nodiscard]] bool running();
  void end();
  [[nodiscard]] bool ready() const;
  void stop();

  boost::asio::any_io_executor executor_;
  domain::SshSettings settings_;
  std::string target_;     ///< host:port as ssh takes it
  std::string directory_;  ///< empty: not made yet
  std::shared_ptr<Words> words_;
  pid_t pid_ = -1;
  std::uint64_t attempt_ = 0;
  std::size_t visitors_ = 0;
};

}  // namespace cachify::cache
