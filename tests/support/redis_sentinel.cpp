#include "support/redis_sentinel.hpp"

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "support/wait_for.hpp"

namespace cachify::test {
namespace {

using namespace std::chrono_literals;

std::vector<std::string> serverOptions(const std::string& password) {
  std::vector<std::string> options{"--repl-diskless-sync-delay", "0", "--notify-keyspace-events", "AKE"};
  if (!password.empty()) options.insert(options.end(), {"--requirepass", password, "--masterauth", password});
  return options;
}

}  // namespace

RedisSentinel::RedisSentinel(const std::string& password) : password_(password) {
  first_ = std::make_unique<RedisServer>(serverOptions(password));
  auto replica = serverOptions(password);
  replica.insert(replica.end(),
                 {"--replicaof", std::string(kLoopback) + " " + std::to_string(first_->port())});
  second_ = std::make_unique<RedisServer>(replica);
  startSentinel();
  cli_->must({"SENTINEL", "MONITOR", "mymaster", kLoopback, std::to_string(first_->port()), "1"});
  cli_->must({"SENTINEL", "SET", "mymaster", "down-after-milliseconds", "500"});
  cli_->must({"SENTINEL", "SET", "mymaster", "failover-timeout", "3000"});
  if (!password.empty()) cli_->must({"SENTINEL", "SET", "mymaster", "auth-pass", password});
  waitUntilWatched();
}

/// A sentinel keeps its state in its configuration file.
void RedisSentinel::startSentinel() {
  const std::string file = directory_ / "sentinel.conf";
  for (int attempt = 0; attempt < 5 && !cli_; ++attempt) {
    port_ = freePort();
    std::ofstream(file) << "bind " << kLoopback << "\nport " << port_ << "\ndir " << directory_.path()
                        << "\n";
    sentinel_ = std::make_unique<ChildProcess>(std::vector<std::string>{"redis-server", file, "--sentinel"},
                                               directory_ / "log");
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (!cli_ && sentinel_->running() && std::chrono::steady_clock::now() < deadline) {
      try {
        cli_ = std::make_unique<RedisCli>(port_);
      } catch (const std::runtime_error&) {
        std::this_thread::sleep_for(5ms);
      }
    }
  }
  if (!cli_) throw std::runtime_error("the sentinel does not start");
}

void RedisSentinel::waitUntilWatched() {
  waitFor(
      [this] {
        for (const RawReply& replica : cli_->must({"SENTINEL", "REPLICAS", "mymaster"}).elements) {
          for (std::size_t i = 0; i + 1 < replica.elements.size(); i += 2) {
            if (replica.elements[i].text == "master-link-status") return replica.elements[i + 1].text == "ok";
          }
        }
        return false;
      },
      "it knows the replica");
}

std::uint16_t RedisSentinel::masterPort() {
  const auto address = cli_->must({"SENTINEL", "GET-MASTER-ADDR-BY-NAME", "mymaster"});
  return static_cast<std::uint16_t>(std::stoi(address.elements.at(1).text));
}

void RedisSentinel::failover() {
  waitFor([this] { return !(*cli_)({"SENTINEL", "FAILOVER", "mymaster"}).isError; }, "it can fail over");
}

void RedisSentinel::waitForMaster(const RedisServer& server) {
  waitFor([&] { return masterPort() == server.port(); }, "the other server is master");
}

}  // namespace cachify::test
