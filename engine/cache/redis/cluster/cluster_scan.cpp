#include "cache/redis/cluster/cluster_scan.hpp"

#include <algorithm>

#include "cache/gather.hpp"
#include "cache/pause.hpp"
#include "cache/redis/cluster/scan_state.hpp"
#include "cache/redis/cluster/slot_sweep.hpp"
#include "cache/redis/scan.hpp"

namespace cachify::cache::redis {
namespace {

using namespace std::chrono_literals;

/// Between two looks at a node that is down or at slots that nobody has.
constexpr auto kPause = 100ms;
/// Slots swept at one node in one go.
constexpr std::size_t kSweepSlots = 128;

Error orphanedSlots(const SlotSet& slots) {
  return {.code = ErrorCode::connectionFailed,
          .message = "part of the cluster is down: no node has the slots " + toText(slots),
          .retryable = true};
}

SlotSet firstOf(const SlotSet& slots, std::size_t count) {
  SlotSet first;
  for (std::size_t slot = 0; slot < kSlotCount && count > 0; ++slot) {
    if (!slots[slot]) continue;
    first.set(slot);
    --count;
  }
  return first;
}

class ClusterPage {
 public:
  ClusterPage(std::shared_ptr<Cluster> cluster, ScanRequest request, ScanState state)
      : cluster_(std::move(cluster)), request_(std::move(request)), state_(std::move(state)) {}

  Task<ScanPage> run(CallContext context);

 private:
  /// One page of each node that is not through.
  Task<void> scanNodes(CallContext context);
  [[nodiscard]] ScanRequest requestFor(const ScanState::Node& node, std::size_t nodes) const;
  /// One step of what is left when all nodes are through; sets `finished_` when nothing is.
  Task<void> complete(CallContext context);
  Task<void> sweepUncovered(const SlotMap& map, const SlotSet& open, CallContext context);
  Task<void> sweepMigrating(const Cluster::Survey& survey, CallContext context);
  /// After a failure that may pass: a pause, then another look at the map. The error itself when it may not,
  /// or when the time is up.
  Task<void> waitAfter(Error error, CallContext context);
  [[nodiscard]] bool full() const {
    return page_.keys.size() >= request_.limit || page_.scanned >= request_.maxScanned;
  }
  void take(SweptKeys swept);

  std::shared_ptr<Cluster> cluster_;
  ScanRequest request_;
  ScanState state_;
  std::shared_ptr<const SlotMap> map_;
  ScanPage page_;
  SlotSet sweptOnTheirWay_;
  bool finished_ = false;
};

ScanRequest ClusterPage::requestFor(const ScanState::Node& node, std::size_t nodes) const {
  ScanRequest request = request_;
  const auto share = [nodes](std::uint64_t all, std::uint64_t used) {
    return (all - std::min(used, all)) / nodes + 1;
  };
  request.cursor = node.cursor;
  request.limit = static_cast<std::uint32_t>(share(request_.limit, page_.keys.size()));
  request.maxScanned = share(request_.maxScanned, page_.scanned);
  return request;
}

Task<void> ClusterPage::scanNodes(CallContext context) {
  std::vector<ScanState::Node*> open;
  for (auto& node : state_.nodes()) {
    if (!node.done) open.push_back(&node);
  }
  std::vector<Task<ScanPage>> calls;
  for (const auto* node : open) {
    calls.push_back(
        redis::scan(cluster_->node(map_->byId(node->id)->address), requestFor(*node, open.size()), context));
  }
  auto pages = co_await gather(std::move(calls));
  std::optional<Error> failure;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (!pages[i]) {
      failure = pages[i].error();
      continue;
    }
    ScanPage& page = *pages[i];
    std::ranges::move(page.keys, std::back_inserter(page_.keys));
    page_.scanned += page.scanned;
    open[i]->total = page.total.value_or(0);
    open[i]->done = page.nextCursor.empty();
    open[i]->cursor = std::move(page.nextCursor);
  }
  if (failure) co_return co_await waitAfter(*std::move(failure), std::move(context));
  co_return Result<void>();
}

Task<void> ClusterPage::waitAfter(Error error, CallContext context) {
  if (error.code != ErrorCode::connectionFailed || !error.retryable) co_return fail(std::move(error));
  auto paused = co_await pauseWithin(kPause, context);
  if (!paused && paused.error().code == ErrorCode::cancelled) co_return paused;
  if (!paused) co_return fail(std::move(error));
  auto map = co_await cluster_->refresh(context);
  if (!map) co_return fail(std::move(map).error());
  map_ = *map;
  state_.follow(*map_);
  co_return Result<void>();
}

void ClusterPage::take(SweptKeys swept) {
  std::ranges::move(swept.keys, std::back_inserter(page_.keys));
  page_.scanned += swept.scanned;
}

Task<void> ClusterPage::sweepUncovered(const SlotMap& map, const SlotSet& open, CallContext context) {
  for (const ClusterNode& node : map.masters) {
    const SlotSet slots = firstOf(open & node.slots, kSweepSlots);
    if (slots.none()) continue;
    const SharedBackend owner = cluster_->node(node.address);
    auto swept = co_await sweep(owner, slots, request_, context);
    if (!swept) co_return fail(std::move(swept).error());
    take(*std::move(swept));
    state_.swept(node.id, slots);
  }
  co_return Result<void>();
}

/// Their keys were listed where they come from, but for those that had gone before.
Task<void> ClusterPage::sweepMigrating(const Cluster::Survey& survey, CallContext context) {
  for (const auto& moving : survey.migrating) {
    if (sweptOnTheirWay_[moving.slot]) continue;
    SlotSet slot;
    slot.set(moving.slot);
    const SharedBackend target = cluster_->askedNode(moving.to);
    auto swept = co_await sweep(target, slot, request_, context);
    if (!swept) co_return fail(std::move(swept).error());
    take(*std::move(swept));
    sweptOnTheirWay_ |= slot;
  }
  co_return Result<void>();
}

Task<void> ClusterPage::complete(CallContext context) {
  auto survey = co_await cluster_->survey(context);
  if (!survey) co_return co_await waitAfter(std::move(survey).error(), std::move(context));
  map_ = std::make_shared<const SlotMap>(survey->map);
  state_.follow(*map_);
  if (!state_.allDone()) co_return Result<void>();
  if (const SlotSet lost = state_.orphaned(*map_); lost.any()) {
    Error partIsDown = orphanedSlots(lost);
    co_return co_await waitAfter(std::move(partIsDown), std::move(context));
  }
  const SlotSet open = state_.uncovered(*map_);
  const auto isSwept = [this](const auto& moving) { return sweptOnTheirWay_[moving.slot]; };
  finished_ = open.none() && std::ranges::all_of(survey->migrating, isSwept);
  if (finished_) co_return Result<void>();
  Result<void> done;
  if (open.any()) {
    done = co_await sweepUncovered(*map_, open, context);
  } else {
    done = co_await sweepMigrating(*survey, context);
  }
  if (!done) co_return co_await waitAfter(std::move(done).error(), std::move(context));
  co_return Result<void>();
}

Task<ScanPage> ClusterPage::run(CallContext context) {
  auto map = co_await cluster_->refresh(context);
  if (!map) co_return fail(std::move(map).error());
  map_ = *map;
  state_.follow(*map_);
  do {
    Result<void> done;
    if (state_.allDone()) {
      done = co_await complete(context);
    } else {
      done = co_await scanNodes(context);
    }
    if (!done) co_return fail(std::move(done).error());
  } while (!finished_ && !full());
  page_.total = state_.total();
  if (!finished_) page_.nextCursor = state_.encode();
  co_return std::move(page_);
}

}  // namespace

Task<ScanPage> scanCluster(std::shared_ptr<Cluster> cluster, ScanRequest request, CallContext context) {
  auto state = ScanState::decode(request.cursor);
  if (!state) co_return fail(std::move(state).error());
  ClusterPage page(std::move(cluster), std::move(request), *std::move(state));
  co_return co_await page.run(std::move(context));
}

}  // namespace cachify::cache::redis
