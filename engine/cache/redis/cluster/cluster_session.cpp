#include "cache/redis/cluster/cluster_session.hpp"

#include <algorithm>

#include "cache/capture_rules.hpp"
#include "cache/gather.hpp"
#include "cache/mutation_rules.hpp"
#include "cache/redis/apply.hpp"
#include "cache/redis/capture.hpp"
#include "cache/redis/cluster/cluster_heartbeat.hpp"
#include "cache/redis/cluster/cluster_probe.hpp"
#include "cache/redis/cluster/cluster_scan.hpp"
#include "cache/redis/cluster/cluster_subscribe.hpp"
#include "cache/redis/cluster/routing.hpp"
#include "cache/redis/describe.hpp"
#include "cache/redis/info.hpp"
#include "cache/redis/read_value.hpp"
#include "cache/redis/slow_log.hpp"

namespace cachify::cache {
namespace {

using redis::Cluster;
using redis::Routing;
using redis::SharedBackend;
using SharedCluster = std::shared_ptr<Cluster>;

std::vector<std::uint16_t> slotsOf(const std::vector<Bytes>& keys) {
  std::vector<std::uint16_t> slots;
  slots.reserve(keys.size());
  for (const Bytes& key : keys) slots.push_back(redis::slotOf(key));
  return slots;
}

Error acrossSlots() {
  return {.code = ErrorCode::notSupported,
          .message =
              "the two keys lie in different slots of the cluster, so this cannot be done atomically; names "
              "with the same {hash tag} share a slot"};
}

/// Calls `call(backend, keys)` at every node that has some of the keys; answers in the order of the keys.
template <class T, class Call>
Task<std::vector<T>> atEachNode(SharedCluster cluster, std::vector<Bytes> keys, Call call,
                                CallContext context) {
  Routing routing(cluster, slotsOf(keys));
  std::vector<T> answers(keys.size());
  for (;;) {
    auto shares = co_await routing.next(context);
    if (!shares) co_return fail(std::move(shares).error());
    if (shares->empty()) co_return answers;
    std::vector<Task<std::vector<T>>> calls;
    for (const auto& share : *shares) {
      std::vector<Bytes> own;
      own.reserve(share.indices.size());
      for (const std::size_t i : share.indices) own.push_back(keys[i]);
      calls.push_back(call(share.backend, std::move(own), context));
    }
    auto results = co_await gather(std::move(calls));
    for (std::size_t s = 0; s < results.size(); ++s) {
      const auto& indices = (*shares)[s].indices;
      for (std::size_t k = 0; k < indices.size(); ++k) {
        if (results[s]) {
          answers[indices[k]] = std::move((*results[s])[k]);
          routing.done(indices[k]);
        } else if (auto error = routing.failed(indices[k], results[s].error(), indices.size() == 1)) {
          co_return fail(*std::move(error));
        }
      }
    }
  }
}

/// Calls `call(backend)` at the node that has `slot`.
template <class T, class Call>
Task<T> atNodeOf(SharedCluster cluster, std::uint16_t slot, Call call, CallContext context) {
  Routing routing(cluster, {slot});
  for (;;) {
    auto shares = co_await routing.next(context);
    if (!shares) co_return fail(std::move(shares).error());
    Result<T> answer = co_await call(shares->front().backend, context);
    if (answer) co_return answer;
    if (auto error = routing.failed(0, std::move(answer).error(), true)) co_return fail(*std::move(error));
  }
}

/// Of every master, one after the other's sections.
Task<ServerStats> stats(SharedCluster cluster, std::string family, CallContext context) {
  auto map = co_await cluster->refresh(context);
  if (!map) co_return fail(std::move(map).error());
  std::vector<Task<ServerStats>> calls;
  for (const auto& master : (*map)->masters)
    calls.push_back(redis::stats(cluster->node(master.address), family, context));
  auto answers = co_await gather(std::move(calls));
  ServerStats all;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!answers[i]) co_return fail(answers[i].error());
    all.family = answers[i]->family;
    for (auto& section : answers[i]->sections) {
      const auto& address = (*map)->masters[i].address;
      section.node = address.host + ":" + std::to_string(address.port);
      all.sections.push_back(std::move(section));
    }
  }
  co_return all;
}

Task<SlowLog> slowLog(SharedCluster cluster, CallContext context) {
  auto map = co_await cluster->refresh(context);
  if (!map) co_return fail(std::move(map).error());
  std::vector<Task<SlowLog>> calls;
  for (const auto& master : (*map)->masters)
    calls.push_back(redis::slowLog(cluster->node(master.address), context));
  auto answers = co_await gather(std::move(calls));
  SlowLog all;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!answers[i]) co_return fail(answers[i].error());
    for (auto& entry : *answers[i]) {
      const auto& address = (*map)->masters[i].address;
      entry.node = address.host + ":" + std::to_string(address.port);
      all.push_back(std::move(entry));
    }
  }
  co_return all;
}

Task<HeldCapture> captureHeld(SharedCluster cluster, std::vector<Bytes> keys, CaptureLimits limits,
                              CallContext context) {
  if (keys.empty()) co_return HeldCapture{};
  const auto slots = slotsOf(keys);
  if (std::ranges::count(slots, slots.front()) != std::ssize(slots)) co_return fail(acrossSlots());
  const auto call = [&keys, limits](SharedBackend node, CallContext within) {
    return redis::captureHeld(std::move(node), keys, limits, std::move(within));
  };
  co_return co_await atNodeOf<HeldCapture>(cluster, slots.front(), call, context);
}

bool liesElsewhere(const ApplyOutcome& outcome) {
  return outcome.status == ApplyStatus::refused && outcome.error && redis::redirectIn(*outcome.error);
}

/// What was held and has moved to another node is to be captured anew, as after any other change.
boost::asio::awaitable<std::vector<ApplyOutcome>> applyHeld(std::vector<domain::Mutation> mutations,
                                                            std::unique_ptr<Hold> hold, CallContext context) {
  auto outcomes =
      co_await redis::applyAllowed(nullptr, std::move(mutations), std::move(hold), std::move(context));
  for (ApplyOutcome& outcome : outcomes) {
    if (liesElsewhere(outcome)) outcome = {.status = ApplyStatus::changed, .error = changedSinceCapture()};
  }
  co_return outcomes;
}

class SpreadApply {
 public:
  SpreadApply(SharedCluster cluster, std::vector<domain::Mutation> mutations)
      : cluster_(std::move(cluster)), mutations_(std::move(mutations)), outcomes_(mutations_.size()) {}

  boost::asio::awaitable<std::vector<ApplyOutcome>> run(CallContext context);

 private:
  /// Refuses those whose keys lie in several slots.
  void sortOut();
  void settle(const Routing::Share& share, std::vector<ApplyOutcome> outcomes, Routing& routing);

  SharedCluster cluster_;
  std::vector<domain::Mutation> mutations_;
  std::vector<ApplyOutcome> outcomes_;
  std::vector<std::size_t> placeable_;  ///< what Routing counts from 0
  std::vector<std::uint16_t> slots_;
};

void SpreadApply::sortOut() {
  for (std::size_t i = 0; i < mutations_.size(); ++i) {
    const auto keys = domain::keysOf(mutations_[i]);
    const auto slot = redis::slotOf(keys.front());
    if (std::ranges::any_of(keys, [slot](BytesView key) { return redis::slotOf(key) != slot; })) {
      outcomes_[i] = {.status = ApplyStatus::refused, .error = acrossSlots()};
      continue;
    }
    placeable_.push_back(i);
    slots_.push_back(slot);
  }
}

void SpreadApply::settle(const Routing::Share& share, std::vector<ApplyOutcome> outcomes, Routing& routing) {
  for (std::size_t k = 0; k < outcomes.size(); ++k) {
    const std::size_t index = share.indices[k];
    ApplyOutcome& outcome = outcomes_[placeable_[index]];
    outcome = std::move(outcomes[k]);
    const bool nothingDone = liesElsewhere(outcome) || outcome.status == ApplyStatus::notSent;
    // A redirect names one key, whatever else was in the share.
    if (!nothingDone || routing.failed(index, *outcome.error, true)) routing.done(index);
  }
}

boost::asio::awaitable<std::vector<ApplyOutcome>> SpreadApply::run(CallContext context) {
  sortOut();
  Routing routing(cluster_, slots_);
  for (;;) {
    auto shares = co_await routing.next(context);
    if (!shares) {
      for (std::size_t i = 0; i < placeable_.size(); ++i) {
        if (routing.isOpen(i))
          outcomes_[placeable_[i]] = {.status = ApplyStatus::notSent, .error = shares.error()};
      }
      co_return std::move(outcomes_);
    }
    if (shares->empty()) co_return std::move(outcomes_);
    std::vector<boost::asio::awaitable<std::vector<ApplyOutcome>>> calls;
    for (const auto& share : *shares) {
      std::vector<domain::Mutation> own;
      own.reserve(share.indices.size());
      for (const std::size_t index : share.indices) own.push_back(mutations_[placeable_[index]]);
      calls.push_back(redis::applyAllowed(share.backend, std::move(own), nullptr, context));
    }
    auto results = co_await gather(std::move(calls));
    for (std::size_t s = 0; s < results.size(); ++s) settle((*shares)[s], std::move(results[s]), routing);
  }
}

boost::asio::awaitable<std::vector<ApplyOutcome>> apply(SharedCluster cluster, ConnectionId id,
                                                        domain::Permit permit,
                                                        std::vector<domain::Mutation> mutations,
                                                        std::unique_ptr<Hold> hold, CallContext context) {
  const std::size_t count = mutations.size();
  std::vector<ApplyOutcome> outcomes;
  if (auto allowed = spendPermit(permit, id, mutations, hold != nullptr); !allowed) {
    outcomes.assign(count, {.status = ApplyStatus::refused, .error = allowed.error()});
    co_return outcomes;
  }
  if (hold) co_return co_await applyHeld(std::move(mutations), std::move(hold), std::move(context));
  SpreadApply spread(std::move(cluster), std::move(mutations));
  outcomes = co_await spread.run(std::move(context));
  co_return outcomes;
}

class ClusterSession final : public CacheSession {
 public:
  ClusterSession(ConnectionId id, SharedCluster cluster) : id_(id), cluster_(std::move(cluster)) {}
  ~ClusterSession() override { close(); }

  Task<ServerInfo> probe(CallContext context) override {
    return redis::probeCluster(cluster_, std::move(context));
  }
  Task<std::chrono::microseconds> ping(CallContext context) override {
    return redis::pingCluster(cluster_, std::move(context));
  }
  Task<ServerStats> stats(std::string family, CallContext context) override {
    return cache::stats(cluster_, std::move(family), std::move(context));
  }
  Task<SlowLog> slowLog(CallContext context) override { return cache::slowLog(cluster_, std::move(context)); }
  Task<ScanPage> scan(ScanRequest request, CallContext context) override {
    return redis::scanCluster(cluster_, std::move(request), std::move(context));
  }
  Task<std::vector<KeyDescription>> describe(std::vector<Bytes> keys, CallContext context) override {
    return atEachNode<KeyDescription>(cluster_, std::move(keys), &redis::describe, std::move(context));
  }
  Task<ReadValue> read(Bytes key, ReadRange range, CallContext context) override {
    const auto slot = redis::slotOf(key);
    const auto call = [key = std::move(key), range = std::move(range)](SharedBackend node,
                                                                       CallContext within) {
      return redis::readValue(std::move(node), key, range, std::move(within));
    };
    return atNodeOf<ReadValue>(cluster_, slot, call, std::move(context));
  }
  Task<std::vector<domain::Capture>> capture(std::vector<Bytes> keys, CaptureLimits limits,
                                             CallContext context) override {
    const auto call = [limits](SharedBackend node, std::vector<Bytes> own, CallContext within) {
      return redis::capture(std::move(node), std::move(own), limits, std::move(within));
    };
    return atEachNode<domain::Capture>(cluster_, std::move(keys), call, std::move(context));
  }
  Task<HeldCapture> captureHeld(std::vector<Bytes> keys, CaptureLimits limits, CallContext context) override {
    return cache::captureHeld(cluster_, std::move(keys), limits, std::move(context));
  }
  boost::asio::awaitable<std::vector<ApplyOutcome>> apply(domain::Permit permit,
                                                          std::vector<domain::Mutation> mutations,
                                                          std::unique_ptr<Hold> hold,
                                                          CallContext context) override {
    return cache::apply(cluster_, id_, std::move(permit), std::move(mutations), std::move(hold),
                        std::move(context));
  }
  Task<Subscription> subscribe(SubscribeRequest request, CallContext context) override {
    return redis::subscribeToCluster(cluster_, open_, std::move(request), std::move(context));
  }
  std::unique_ptr<Heartbeat> heartbeat() override { return redis::clusterHeartbeat(cluster_); }
  void renew() override { cluster_->renew(); }
  void close() final {
    open_->closeAll();
    cluster_->close();
  }

 private:
  ConnectionId id_;
  SharedCluster cluster_;
  std::shared_ptr<OpenQueues> open_ = std::make_shared<OpenQueues>();
};

}  // namespace

std::unique_ptr<CacheSession> makeClusterSession(boost::asio::any_io_executor executor, ConnectionId id,
                                                 redis::Login login) {
  auto cluster = std::make_shared<Cluster>(std::move(executor), std::move(login));
  return std::make_unique<ClusterSession>(id, std::move(cluster));
}

}  // namespace cachify::cache
