#include "cache/redis/cluster/cluster.hpp"

#include <algorithm>

#include "cache/gather.hpp"
#include "cache/pause.hpp"
#include "cache/redis/server_error.hpp"
#include "core/stages.hpp"

namespace cachify::cache::redis {
namespace {

using Clock = std::chrono::steady_clock;

/// The nodes that `views` know of and that `asked` does not hold yet.
std::vector<NodeAddress> notAsked(const std::vector<SlotMap>& views, const std::vector<NodeAddress>& asked) {
  std::vector<NodeAddress> rest;
  for (const SlotMap& view : views) {
    for (const ClusterNode& node : view.masters) {
      const auto isIt = [&](const NodeAddress& address) { return address == node.address; };
      if (std::ranges::none_of(asked, isIt) && std::ranges::none_of(rest, isIt)) rest.push_back(node.address);
    }
  }
  return rest;
}

/// All masters that any of the views knows, each with no slots yet.
SlotMap mastersOf(const std::vector<SlotMap>& views) {
  SlotMap all;
  for (const SlotMap& view : views) {
    for (const ClusterNode& node : view.masters) {
      if (all.byId(node.id) == nullptr)
        all.masters.push_back({.id = node.id, .address = node.address, .slots = {}});
    }
  }
  return all;
}

Task<SlotMap> slotsOf(RedisConnection& connection, NodeAddress asked, CallContext context) {
  Pipeline ask;
  ask.add("CLUSTER", "SLOTS");
  auto replies = co_await connection.exchange(ask, context);
  if (!replies) co_return fail(std::move(replies).error());
  const Reply& slots = replies->front();
  if (slots.isError()) co_return fail(classify(slots.text));
  co_return SlotMap::fromClusterSlots(slots, asked);
}

}  // namespace

Cluster::Cluster(boost::asio::any_io_executor executor, Login login)
    : executor_(std::move(executor)), login_(std::move(login)) {
  login_.inCluster = true;
}

SharedBackend Cluster::backend(const NodeAddress& address, bool asking) {
  SharedBackend& known = backends_[{address, asking}];
  if (!known) {
    Login login{.endpoint = login_.endpoint,
                .username = login_.username,
                .password = SecretText(std::string(login_.password.reveal())),
                .dbIndex = 0,
                .inCluster = true,
                .asking = asking};
    login.endpoint.host = address.host;
    login.endpoint.port = address.port;
    login.endpoint.unixSocket.clear();
    known = makeBackend(executor_, std::move(login));
    if (closed_) known->pool->close();
  }
  return known;
}

void Cluster::renew() {
  outdated_ = true;
  for (auto& [address, backend] : backends_) backend->renew();
}

void Cluster::close() {
  closed_ = true;
  for (auto& [address, backend] : backends_) backend->pool->close();
}

std::string nameOf(const NodeAddress& address) {
  return Endpoint{.host = address.host, .port = address.port, .unixSocket = {}}.name();
}

Error namingNode(Error error, const NodeAddress& address) {
  const std::string name = nameOf(address);
  error.set("node", name);
  if (error.message.find(name) == std::string::npos)
    error.message = "at node " + escapeForDisplay(name) + ": " + error.message;
  return error;
}

std::vector<NodeAddress> Cluster::candidates() const {
  std::vector<NodeAddress> all;
  if (map_) {
    for (const ClusterNode& node : map_->masters) all.push_back(node.address);
    all.insert(all.end(), map_->replicas.begin(), map_->replicas.end());
  }
  const NodeAddress seed{.host = login_.endpoint.host, .port = login_.endpoint.port};
  if (std::ranges::find(all, seed) == all.end()) all.push_back(seed);
  return all;
}

Task<SlotMap> Cluster::mapOf(NodeAddress address, CallContext context) {
  const SharedBackend asked = node(address);
  auto lease = co_await asked->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  StageClock stage(context, Stage::locate, (*lease)->address());
  auto map = co_await slotsOf(**lease, std::move(address), context);
  stage.end(map);
  co_return map;
}

Task<std::shared_ptr<const SlotMap>> Cluster::map(CallContext context) {
  if (map_ && !outdated_) co_return map_;
  co_return co_await refresh(std::move(context));
}

Task<std::shared_ptr<const SlotMap>> Cluster::refresh(CallContext context) {
  const auto self = shared_from_this();
  Result<SlotMap> answer = fail(ErrorCode::connectionFailed, "no node of the cluster answers");
  const auto all = candidates();
  for (const NodeAddress& address : all) {
    const CallContext share = shareOf(context, all.size() > 1);
    answer = co_await mapOf(address, share);
    if (answer && !answer->masters.empty()) break;
    if (answer)
      answer = fail(Error{.code = ErrorCode::connectionFailed,
                          .message = "the cluster has no slots assigned yet",
                          .retryable = true});
    if (!answer.error().retryable || context.stop.stop_requested() || Clock::now() >= context.deadline) break;
  }
  if (!answer) co_return fail(std::move(answer).error());
  map_ = std::make_shared<const SlotMap>(*std::move(answer));
  outdated_ = false;
  co_return map_;
}

Task<Cluster::NodeView> Cluster::viewOf(NodeAddress address, CallContext context) {
  const SharedBackend asked = node(address);
  auto lease = co_await asked->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  Pipeline ask;
  ask.add("CLUSTER", "SLOTS").add("CLUSTER", "NODES");
  auto replies = co_await (*lease)->exchange(ask, context);
  if (!replies) co_return fail(std::move(replies).error());
  const auto& answers = *replies;
  for (const Reply& reply : answers) {
    if (reply.isError()) co_return fail(classify(reply.text));
  }
  auto map = SlotMap::fromClusterSlots(answers[0], address);
  if (!map) co_return fail(std::move(map).error());
  NodeView view{.map = *std::move(map), .own = OwnSlots::fromClusterNodes(answers[1].text)};
  co_return view;
}

Task<Cluster::Survey> Cluster::survey(CallContext context) {
  const auto self = shared_from_this();
  auto known = co_await refresh(context);
  if (!known) co_return fail(std::move(known).error());
  std::vector<SlotMap> maps{**known};
  std::vector<OwnSlots> own;
  std::vector<NodeAddress> asked;
  for (auto next = notAsked(maps, asked); !next.empty(); next = notAsked(maps, asked)) {
    std::vector<Task<NodeView>> calls;
    for (const NodeAddress& address : next) calls.push_back(viewOf(address, context));
    auto views = co_await gather(std::move(calls));
    asked.insert(asked.end(), next.begin(), next.end());
    for (auto& view : views) {
      if (!view) co_return fail(std::move(view).error());
      maps.push_back(std::move(view->map));
      if (view->own) own.push_back(*std::move(view->own));
    }
  }
  Survey survey{.map = corrected(mastersOf(maps), own), .migrating = {}};
  for (const OwnSlots& view : own) {
    survey.migrating.insert(survey.migrating.end(), view.migrating.begin(), view.migrating.end());
  }
  co_return survey;
}

}  // namespace cachify::cache::redis
