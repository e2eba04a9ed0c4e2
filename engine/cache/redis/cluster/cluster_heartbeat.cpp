#include "cache/redis/cluster/cluster_heartbeat.hpp"

#include <algorithm>
#include <map>

#include "cache/gather.hpp"
#include "cache/redis/probe.hpp"

namespace cachify::cache::redis {
namespace {

using std::chrono::microseconds;

class ClusterHeartbeat final : public Heartbeat {
 public:
  explicit ClusterHeartbeat(std::shared_ptr<Cluster> cluster) : cluster_(std::move(cluster)) {}

  Task<microseconds> beat(CallContext context) override;

 private:
  std::shared_ptr<Cluster> cluster_;
  std::map<NodeAddress, std::unique_ptr<Heartbeat>> masters_;
};

Task<microseconds> ClusterHeartbeat::beat(CallContext context) {
  auto map = co_await cluster_->map(context);
  if (!map) co_return fail(std::move(map).error());
  const std::vector<ClusterNode>& nodes = (*map)->masters;
  std::erase_if(masters_, [&](const auto& known) {
    return std::ranges::find(nodes, known.first, &ClusterNode::address) == nodes.end();
  });
  std::vector<Task<microseconds>> beats;
  for (const ClusterNode& node : nodes) {
    auto& heartbeat = masters_[node.address];
    if (!heartbeat) heartbeat = heartbeatOf(cluster_->node(node.address));
    beats.push_back(heartbeat->beat(context));
  }
  auto times = co_await gather(std::move(beats));
  microseconds longest{};
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!times[i]) {
      cluster_->outdate();
      co_return fail(namingNode(std::move(times[i]).error(), nodes[i].address));
    }
    longest = std::max(longest, *times[i]);
  }
  co_return longest;
}

}  // namespace

std::unique_ptr<Heartbeat> clusterHeartbeat(std::shared_ptr<Cluster> cluster) {
  return std::make_unique<ClusterHeartbeat>(std::move(cluster));
}

}  // namespace cachify::cache::redis
