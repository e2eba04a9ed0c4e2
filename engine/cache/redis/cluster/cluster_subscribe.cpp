#include "cache/redis/cluster/cluster_subscribe.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>

#include "cache/gather.hpp"
#include "cache/redis/subscribe.hpp"

namespace cachify::cache::redis {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

/// Between two looks at who the masters are: while all is well, and while one is away.
constexpr std::chrono::seconds kLookEvery{5};
constexpr std::chrono::seconds kLookInTrouble{1};
constexpr std::chrono::seconds kLookWithin{5};

class ClusterListeners : public std::enable_shared_from_this<ClusterListeners> {
 public:
  ClusterListeners(std::shared_ptr<Cluster> cluster, std::shared_ptr<NoticeQueue> queue,
                   domain::RetryPolicy retry)
      : cluster_(std::move(cluster)), queue_(std::move(queue)), retry_(retry), timer_(cluster_->executor()) {}

  Task<void> listenToChannels(Channels channels, CallContext context);
  Task<void> listenToMasters(CallContext context);
  void stop();

 private:
  Task<void> listenTo(NodeAddress address, CallContext context);
  asio::awaitable<void> follow();
  asio::awaitable<void> adopt(std::shared_ptr<const SlotMap> map, CallContext context);

  std::shared_ptr<Cluster> cluster_;
  std::shared_ptr<NoticeQueue> queue_;
  domain::RetryPolicy retry_;
  asio::steady_timer timer_;
  std::shared_ptr<Listener> channels_;
  std::map<NodeAddress, std::shared_ptr<Listener>> masters_;
  SteadyTime allHeardAt_ = Clock::now();
  std::stop_source stop_;
};

void ClusterListeners::stop() {
  stop_.request_stop();
  timer_.cancel();
  if (channels_) channels_->stop();
  for (auto& [address, listener] : masters_) listener->stop();
}

Task<void> ClusterListeners::listenToChannels(Channels channels, CallContext context) {
  const auto self = shared_from_this();
  // Another node at each attempt.
  Listener::Where where = [cluster = cluster_,
                           next = std::size_t{0}](CallContext within) mutable -> Task<SharedBackend> {
    auto map = co_await cluster->refresh(std::move(within));
    if (!map) co_return fail(std::move(map).error());
    const auto& masters = (*map)->masters;
    co_return cluster->node(masters[next++ % masters.size()].address);
  };
  channels_ = std::make_shared<Listener>(cluster_->executor(), "channels", std::move(where),
                                         std::move(channels), queue_, retry_);
  co_return co_await channels_->begin(std::move(context));
}

Task<void> ClusterListeners::listenToMasters(CallContext context) {
  const auto self = shared_from_this();
  auto map = co_await cluster_->refresh(context);
  if (!map) co_return fail(std::move(map).error());
  std::vector<Task<void>> calls;
  for (const ClusterNode& master : (*map)->masters) calls.push_back(listenTo(master.address, context));
  auto begun = co_await gather(std::move(calls));
  for (auto& each : begun) {
    if (!each) co_return std::move(each);
  }
  asio::co_spawn(cluster_->executor(), follow(), asio::detached);
  co_return Result<void>();
}

Task<void> ClusterListeners::listenTo(NodeAddress address, CallContext context) {
  const SharedBackend node = cluster_->node(address);
  Listener::Where where = [node](CallContext) -> Task<SharedBackend> { co_return node; };
  Channels events{.names = {}, .patterns = {}, .keyEvents = true};
  auto listener = std::make_shared<Listener>(cluster_->executor(), nameOf(address), std::move(where),
                                             std::move(events), queue_, retry_);
  auto begun = co_await listener->begin(std::move(context));
  if (!begun) co_return fail(namingNode(std::move(begun).error(), address));
  if (stop_.stop_requested()) listener->stop();
  masters_[address] = std::move(listener);
  co_return begun;
}

asio::awaitable<void> ClusterListeners::follow() {
  const auto self = shared_from_this();
  while (!stop_.stop_requested()) {
    timer_.expires_after(queue_->status().trouble ? kLookInTrouble : kLookEvery);
    boost::system::error_code woken;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    if (stop_.stop_requested()) break;
    const CallContext context = CallContext::within(kLookWithin, stop_.get_token());
    auto map = co_await cluster_->refresh(context);
    if (map) co_await adopt(*std::move(map), context);
  }
}

asio::awaitable<void> ClusterListeners::adopt(std::shared_ptr<const SlotMap> map, CallContext context) {
  std::erase_if(masters_, [&](const auto& known) {
    const auto& [address, listener] = known;
    const auto isIt = [&](const ClusterNode& node) { return node.address == address; };
    if (std::ranges::any_of(map->masters, isIt)) return false;
    listener->stop();
    queue_->back(nameOf(address));
    return true;
  });
  bool all = true;
  for (const ClusterNode& master : map->masters) {
    if (masters_.contains(master.address)) continue;
    auto begun = co_await listenTo(master.address, context);
    all = all && begun;
    if (!begun) {
      queue_->away(nameOf(master.address), std::move(begun).error());
      continue;
    }
    queue_->back(nameOf(master.address));
    queue_->push(
        Gap{.dropped = 0, .away = std::chrono::ceil<std::chrono::milliseconds>(Clock::now() - allHeardAt_)});
  }
  if (all) allHeardAt_ = Clock::now();
}

}  // namespace

Task<Subscription> subscribeToCluster(std::shared_ptr<Cluster> cluster, std::shared_ptr<OpenQueues> open,
                                      SubscribeRequest request, CallContext context) {
  auto channels = channelsOf(request);
  if (!channels) co_return fail(std::move(channels).error());
  auto queue = std::make_shared<NoticeQueue>(cluster->executor(), request);
  auto listeners = std::make_shared<ClusterListeners>(cluster, queue, request.retry);
  Result<void> begun;
  if (std::exchange(channels->keyEvents, false)) begun = co_await listeners->listenToMasters(context);
  if (begun && !channels->empty())
    begun = co_await listeners->listenToChannels(*std::move(channels), context);
  if (!begun) {
    listeners->stop();
    co_return fail(std::move(begun).error());
  }
  queue->onClose([listeners] { listeners->stop(); });
  open->add(queue);
  Subscription subscription(std::move(queue));
  co_return subscription;
}

}  // namespace cachify::cache::redis
