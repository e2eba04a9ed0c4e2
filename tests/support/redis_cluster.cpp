#include "support/redis_cluster.hpp"

#include <functional>
#include <stdexcept>

#include "support/wait_for.hpp"

namespace cachify::test {
namespace {

/// So that a master that died is replaced in about two seconds.
constexpr auto kNodeTimeoutMs = "1000";

/// The bus is the port plus 10 000, so both must be in range.
std::unique_ptr<RedisServer> startNode() {
  for (int attempt = 0; attempt < 20; ++attempt) {
    auto node = std::make_unique<RedisServer>(std::vector<std::string>{
        "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf", "--cluster-node-timeout",
        kNodeTimeoutMs, "--cluster-port", std::to_string(freePort()), "--repl-diskless-sync-delay", "0",
        "--notify-keyspace-events", "AKE"});
    if (node->process().running()) return node;
  }
  throw std::runtime_error("no node of the cluster starts");
}

std::string busPortOf(RedisCli& cli) {
  return cli.must({"CONFIG", "GET", "cluster-port"}).elements.at(1).text;
}

}  // namespace

RedisCluster::RedisCluster(std::size_t masters, bool withReplicas) : masters_(masters) {
  for (std::size_t i = 0; i < masters * (withReplicas ? 2 : 1); ++i) {
    nodes_.push_back(startNode());
    clis_.push_back(std::make_unique<RedisCli>(*nodes_.back()));
  }
  join();
  waitUntilReady();
}

std::string RedisCluster::idOf(std::size_t index) {
  return cli(index).must({"CLUSTER", "MYID"}).text;
}

void RedisCluster::join() {
  for (std::size_t i = 0; i < masters_; ++i) {
    const auto first = (kSlots * i + masters_ - 1) / masters_;
    const auto last = (kSlots * (i + 1) + masters_ - 1) / masters_ - 1;
    cli(i).must({"CLUSTER", "ADDSLOTSRANGE", std::to_string(first), std::to_string(last)});
    cli(i).must({"CLUSTER", "SET-CONFIG-EPOCH", std::to_string(i + 1)});
  }
  for (std::size_t i = 1; i < nodes_.size(); ++i) {
    cli(0).must({"CLUSTER", "MEET", kLoopback, std::to_string(node(i).port()), busPortOf(cli(i))});
  }
  for (std::size_t i = masters_; i < nodes_.size(); ++i) {
    const std::string master = idOf(i - masters_);
    waitFor([&] { return !cli(i)({"CLUSTER", "REPLICATE", master}).isError; }, "a replica knows its master");
  }
}

void RedisCluster::waitUntilReady() {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    waitFor(
        [&] {
          const std::string info = cli(i).must({"CLUSTER", "INFO"}).text;
          const auto known = "cluster_known_nodes:" + std::to_string(nodes_.size()) + "\r";
          return info.find("cluster_state:ok") != std::string::npos && info.find(known) != std::string::npos;
        },
        "all nodes know each other");
  }
  for (std::size_t i = masters_; i < nodes_.size(); ++i) {
    waitFor(
        [&] {
          return cli(i).must({"INFO", "replication"}).text.find("master_link_status:up") != std::string::npos;
        },
        "a replica is in sync");
  }
}

std::uint16_t RedisCluster::slotOf(const std::string& key) {
  return static_cast<std::uint16_t>(cli(0).must({"CLUSTER", "KEYSLOT", key}).integer);
}

RawReply RedisCluster::onKey(const std::string& key, const std::vector<std::string>& command) {
  return cli(firstOwnerOf(slotOf(key))).must(command);
}

void RedisCluster::beginMove(std::uint16_t slot, std::size_t from, std::size_t to) {
  cli(to).must({"CLUSTER", "SETSLOT", std::to_string(slot), "IMPORTING", idOf(from)});
  cli(from).must({"CLUSTER", "SETSLOT", std::to_string(slot), "MIGRATING", idOf(to)});
}

std::size_t RedisCluster::moveKeys(std::uint16_t slot, std::size_t from, std::size_t to, std::size_t count) {
  const auto keys =
      cli(from).must({"CLUSTER", "GETKEYSINSLOT", std::to_string(slot), std::to_string(count)}).elements;
  if (keys.empty()) return 0;
  std::vector<std::string> migrate{"MIGRATE", kLoopback, std::to_string(node(to).port()), "", "0",
                                   "5000",    "KEYS"};
  for (const RawReply& key : keys) migrate.push_back(key.text);
  cli(from).must(migrate);
  return keys.size();
}

void RedisCluster::endMove(std::uint16_t slot, std::size_t to) {
  const std::string target = idOf(to);
  cli(to).must({"CLUSTER", "SETSLOT", std::to_string(slot), "NODE", target});
  for (std::size_t i = 0; i < masters_; ++i) {
    if (i != to && node(i).process().running())
      cli(i).must({"CLUSTER", "SETSLOT", std::to_string(slot), "NODE", target});
  }
  // Two moves at one epoch would let the older owner win the slot back.
  waitFor([this] { return newestEpochs().size() == 1; }, "all masters know of the move");
}

std::set<std::string> RedisCluster::newestEpochs() {
  std::set<std::string> epochs;
  for (std::size_t i = 0; i < masters_; ++i) {
    if (!node(i).process().running()) continue;
    const std::string info = cli(i).must({"CLUSTER", "INFO"}).text;
    const auto at = info.find("cluster_current_epoch:");
    epochs.insert(info.substr(at, info.find('\r', at) - at));
  }
  return epochs;
}

void RedisCluster::move(std::uint16_t slot, std::size_t from, std::size_t to) {
  beginMove(slot, from, to);
  while (moveKeys(slot, from, to, 100) > 0) {
  }
  endMove(slot, to);
}

}  // namespace cachify::test
