#pragma once
// A real Redis Cluster on loopback: masters with one replica each, gone with its object. Throws
// std::runtime_error when it does not come up.

#include <memory>
#include <set>
#include <vector>

#include "support/raw_connection.hpp"
#include "support/server.hpp"

namespace cachify::test {

class RedisCluster {
 public:
  static constexpr std::size_t kSlots = 16384;

  explicit RedisCluster(std::size_t masters = 3, bool withReplicas = true);

  /// Of any node.
  [[nodiscard]] std::uint16_t port() const { return nodes_.front()->port(); }
  [[nodiscard]] std::size_t masters() const { return masters_; }
  /// Nodes 0…masters-1 begin as masters with equal shares of the slots; node masters + i as replica of i.
  [[nodiscard]] RedisServer& node(std::size_t index) { return *nodes_.at(index); }
  [[nodiscard]] RedisCli& cli(std::size_t index) { return *clis_.at(index); }
  [[nodiscard]] std::string idOf(std::size_t index);
  /// As the servers compute it.
  [[nodiscard]] std::uint16_t slotOf(const std::string& key);
  [[nodiscard]] std::size_t firstOwnerOf(std::uint16_t slot) const { return slot * masters_ / kSlots; }

  /// One command at the node that had the slot of `key` to begin with.
  RawReply onKey(const std::string& key, const std::vector<std::string>& command);

  /// Moves a slot with all its keys, as `redis-cli --cluster reshard` does.
  void beginMove(std::uint16_t slot, std::size_t from, std::size_t to);
  /// At most `count` keys; how many were moved.
  std::size_t moveKeys(std::uint16_t slot, std::size_t from, std::size_t to, std::size_t count);
  void endMove(std::uint16_t slot, std::size_t to);
  void move(std::uint16_t slot, std::size_t from, std::size_t to);

 private:
  void join();
  void waitUntilReady();
  std::set<std::string> newestEpochs();

  std::size_t masters_;
  std::vector<std::unique_ptr<RedisServer>> nodes_;
  std::vector<std::unique_ptr<RedisCli>> clis_;
};

}  // namespace cachify::test
