#include "cache/redis/cluster/cluster_probe.hpp"

#include <algorithm>

#include "cache/gather.hpp"
#include "cache/redis/probe.hpp"

namespace cachify::cache::redis {
namespace {

/// Calls `call` at every master of the map.
template <class T>
Task<std::vector<T>> atEveryMaster(std::shared_ptr<Cluster> cluster, std::shared_ptr<const SlotMap> map,
                                   Task<T> (*call)(SharedBackend, CallContext), CallContext context) {
  std::vector<Task<T>> calls;
  for (const ClusterNode& master : map->masters)
    calls.push_back(call(cluster->node(master.address), context));
  auto results = co_await gather(std::move(calls));
  std::vector<T> answers;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!results[i]) {
      cluster->outdate();
      co_return fail(namingNode(std::move(results[i]).error(), map->masters[i].address));
    }
    answers.push_back(*std::move(results[i]));
  }
  co_return answers;
}

void addOnce(std::vector<std::string>& all, const std::string& one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

}  // namespace

ServerInfo together(std::vector<ServerInfo> nodes) {
  ServerInfo all = std::move(nodes.front());
  std::vector<std::string> versions{all.version};
  for (std::size_t n = 1; n < nodes.size(); ++n) {
    ServerInfo& node = nodes[n];
    addOnce(versions, node.version);
    for (std::size_t c = 0; c < kCapabilityCount; ++c) {
      if (all.capabilities[c].supported && !node.capabilities[c].supported)
        all.capabilities[c] = std::move(node.capabilities[c]);
    }
    for (const std::string& right : node.missingRights) addOnce(all.missingRights, right);
    all.boundToKeys = all.boundToKeys || node.boundToKeys;
    all.latency = std::max(all.latency, node.latency);
    std::ranges::move(node.nodes, std::back_inserter(all.nodes));
  }
  all.version = versions.front();
  for (std::size_t i = 1; i < versions.size(); ++i) all.version += ", " + versions[i];
  all.role = "cluster";
  return all;
}

Task<ServerInfo> probeCluster(std::shared_ptr<Cluster> cluster, CallContext context) {
  auto map = co_await cluster->refresh(context);
  if (!map) co_return fail(std::move(map).error());
  auto nodes = co_await atEveryMaster<ServerInfo>(cluster, *map, &probe, context);
  if (!nodes) co_return fail(std::move(nodes).error());
  co_return together(*std::move(nodes));
}

Task<std::chrono::microseconds> pingCluster(std::shared_ptr<Cluster> cluster, CallContext context) {
  auto map = co_await cluster->map(context);
  if (!map) co_return fail(std::move(map).error());
  auto times = co_await atEveryMaster<std::chrono::microseconds>(cluster, *map, &ping, context);
  if (!times) co_return fail(std::move(times).error());
  co_return *std::ranges::max_element(*times);
}

}  // namespace cachify::cache::redis
