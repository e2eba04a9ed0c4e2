#include "support/ssh_server.hpp"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "support/raw_connection.hpp"
#include "support/server.hpp"

namespace cachify::test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

std::string contentOf(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

void write(const std::string& file, const std::string& content) {
  std::ofstream(file) << content;
}

std::string userName() {
  const passwd* user = getpwuid(geteuid());
  if (user == nullptr) throw std::runtime_error("this user has no name");
  return user->pw_name;
}

bool greets(std::uint16_t port) {
  try {
    RawConnection connection({.port = port, .unixSocket = {}});
    return connection.receive(4).starts_with("SSH-");
  } catch (const std::runtime_error&) {
    return false;
  }
}

}  // namespace

SshServer::SshServer(HostKey hostKey, Login login) {
  makeKey("host");
  makeKey("other");
  makeKey("client");
  // sshd wants it for dropping rights; a system that never ran one has none.
  if (geteuid() == 0) mkdir("/run/sshd", 0755);
  for (int attempt = 0; attempt < 5; ++attempt) {
    port_ = freePort();
    writeConfigs(login);
    writeKnownHosts(hostKey);
    start();
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (process_->running() && std::chrono::steady_clock::now() < deadline) {
      if (greets(port_)) return;
      std::this_thread::sleep_for(5ms);
    }
  }
  throw std::runtime_error("sshd does not start: " + contentOf(directory_ / "log"));
}

void SshServer::makeKey(const std::string& name) const {
  ChildProcess keygen({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory_ / name},
                      directory_ / "log");
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (keygen.running() && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(1ms);
  if (!fs::exists(directory_ / (name + ".pub"))) throw std::runtime_error("ssh-keygen made no key");
}

void SshServer::writeConfigs(Login login) const {
  fs::copy_file(directory_ / (login == Login::allowed ? "client.pub" : "other.pub"),
                directory_ / "authorized", fs::copy_options::overwrite_existing);
  write(directory_ / "server_config",
        "ListenAddress 127.0.0.1\nPort " + std::to_string(port_) + "\nHostKey " + (directory_ / "host") +
            "\nAuthorizedKeysFile " + (directory_ / "authorized") +
            "\nPidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin prohibit-password\n"
            "PasswordAuthentication no\nKbdInteractiveAuthentication no\n");
  write(clientConfig(), std::string("Host ") + kAlias + "\n  HostName 127.0.0.1\n  Port " +
                            std::to_string(port_) + "\n  User " + userName() + "\n  IdentityFile " +
                            (directory_ / "client") +
                            "\n  IdentitiesOnly yes\n  IdentityAgent none\n  UserKnownHostsFile " +
                            (directory_ / "known_hosts") + "\n  GlobalKnownHostsFile /dev/null\n");
}

void SshServer::writeKnownHosts(HostKey hostKey) const {
  const std::string file = directory_ / "known_hosts";
  if (hostKey == HostKey::unknown) return;
  const std::string key = contentOf(directory_ / (hostKey == HostKey::known ? "host.pub" : "other.pub"));
  write(file, "[127.0.0.1]:" + std::to_string(port_) + " " + key);
}

void SshServer::start() {
  // sshd starts itself anew for each connection and therefore wants its full path.
  process_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{"/usr/sbin/sshd", "-D", "-e", "-f", directory_ / "server_config"},
      directory_ / "log");
}

std::vector<pid_t> sshChildren(std::string_view parent) {
  std::vector<pid_t> found;
  for (const auto& task : fs::directory_iterator("/proc/" + std::string(parent) + "/task")) {
    std::istringstream children(contentOf(task.path() / "children"));
    for (pid_t child = 0; children >> child;) {
      std::string name = contentOf("/proc/" + std::to_string(child) + "/comm");
      if (name == "ssh\n") found.push_back(child);
    }
  }
  return found;
}

bool waitForEnd(pid_t process) {
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (std::chrono::steady_clock::now() < deadline) {
    std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
    std::string number;
    std::string name;
    std::string state;
    if (!(stat >> number >> name >> state) || state == "Z" || state == "X") return true;
    std::this_thread::sleep_for(1ms);
  }
  return false;
}

}  // namespace cachify::test
