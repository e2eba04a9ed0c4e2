#pragma once
// A real sshd for tests: on a free loopback port, with keys of its own, gone with its object.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/child_process.hpp"

namespace cachify::test {

/// Lets in the user who runs the tests, by a key that `clientConfig` names.
class SshServer {
 public:
  enum class HostKey : std::uint8_t { known, unknown, changed };
  enum class Login : std::uint8_t { allowed, refused };
  explicit SshServer(HostKey hostKey = HostKey::known, Login login = Login::allowed);

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// ssh's configuration with a Host `kAlias`, port included.
  [[nodiscard]] std::string clientConfig() const { return directory_ / "client_config"; }
  static constexpr const char* kAlias = "tunnel";
  [[nodiscard]] ChildProcess& process() { return *process_; }

 private:
  void makeKey(const std::string& name) const;
  void writeConfigs(Login login) const;
  void writeKnownHosts(HostKey hostKey) const;
  void start();

  TemporaryDirectory directory_;
  std::uint16_t port_ = 0;
  std::unique_ptr<ChildProcess> process_;
};

/// Process ids of the ssh children of a process, this one unless said otherwise.
[[nodiscard]] std::vector<pid_t> sshChildren(std::string_view parent = "self");
/// Waits until that process has ended, reaped or not; false if it has not within ten seconds.
[[nodiscard]] bool waitForEnd(pid_t process);

}  // namespace cachify::test
