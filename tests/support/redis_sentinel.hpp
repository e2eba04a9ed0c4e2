#pragma once
// A master, its replica, and a sentinel that watches them under the name "mymaster". All on loopback, gone
// with the object. Throws std::runtime_error when they do not come up.

#include <memory>

#include "support/raw_connection.hpp"
#include "support/server.hpp"

namespace cachify::test {

class RedisSentinel {
 public:
  /// `password`: of master, replica and their clients; the sentinel itself wants none.
  explicit RedisSentinel(const std::string& password = {});

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] RedisServer& first() { return *first_; }
  [[nodiscard]] RedisServer& second() { return *second_; }
  [[nodiscard]] ChildProcess& sentinel() { return *sentinel_; }
  /// What the sentinel says.
  [[nodiscard]] std::uint16_t masterPort();
  /// The replica takes over while the master lives.
  void failover();
  /// Until the sentinel names that server.
  void waitForMaster(const RedisServer& server);

 private:
  void startSentinel();
  void waitUntilWatched();

  std::string password_;
  std::unique_ptr<RedisServer> first_;
  std::unique_ptr<RedisServer> second_;
  TemporaryDirectory directory_;
  std::uint16_t port_ = 0;
  std::unique_ptr<ChildProcess> sentinel_;
  std::unique_ptr<RedisCli> cli_;
};

}  // namespace cachify::test
