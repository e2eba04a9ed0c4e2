#include "cache/redis/cluster/routing.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cachify::cache::redis {
namespace {

Error noNodeFor(std::uint16_t slot) {
  return {.code = ErrorCode::connectionFailed,
          .message = fmt::format("no node of the cluster has slot {}; part of the cluster is down", slot),
          .retryable = true};
}

Error neverSettles() {
  return {.code = ErrorCode::connectionFailed,
          .message = "the cluster keeps sending these keys from node to node",
          .retryable = true};
}

}  // namespace

Routing::Routing(std::shared_ptr<Cluster> cluster, std::vector<std::uint16_t> slots)
    : cluster_(std::move(cluster)) {
  open_.reserve(slots.size());
  for (const std::uint16_t slot : slots) open_.emplace_back(Open{.slot = slot});
}

Task<std::vector<Routing::Share>> Routing::next(CallContext context) {
  std::vector<Share> shares;
  if (std::ranges::none_of(open_, [](const auto& open) { return open.has_value(); })) co_return shares;
  if (++rounds_ > kMaxRounds) co_return fail(neverSettles());
  auto map = co_await cluster_->map(std::move(context));
  if (!map) co_return fail(std::move(map).error());
  for (std::size_t i = 0; i < open_.size(); ++i) {
    if (!open_[i]) continue;
    if (auto placed = place(i, **map, shares); !placed) co_return fail(std::move(placed).error());
  }
  co_return shares;
}

Result<void> Routing::place(std::size_t index, const SlotMap& map, std::vector<Share>& shares) {
  Open& open = *open_[index];
  if (open.askThere) {
    const SharedBackend there = cluster_->askedNode(*open.askThere);
    shareOf(shares, there, true).indices.push_back(index);
    open.askThere.reset();
    return {};
  }
  const ClusterNode* owner = map.ownerOf(open.slot);
  if (owner == nullptr) return fail(noNodeFor(open.slot));
  if (open.unreachable && owner->id == open.triedId) return std::unexpected(*open.unreachable);
  open.triedId = owner->id;
  open.triedHost = owner->address.host;
  shareOf(shares, cluster_->node(owner->address), open.alone).indices.push_back(index);
  return {};
}

Routing::Share& Routing::shareOf(std::vector<Share>& shares, const SharedBackend& backend, bool alone) {
  const auto known = alone ? shares.end() : std::ranges::find(shares, backend, &Share::backend);
  if (known != shares.end()) return *known;
  return shares.emplace_back(Share{.backend = backend, .indices = {}});
}

std::optional<Error> Routing::failed(std::size_t index, Error error, bool alone) {
  Open& open = *open_[index];
  if (const auto redirect = redirectIn(error)) {
    if (redirect->kind == Redirect::Kind::tryAgain) return error;
    if (redirect->kind == Redirect::Kind::moved) cluster_->outdate();
    if (redirect->kind == Redirect::Kind::ask && alone) {
      open.askThere = redirect->to;
      if (open.askThere->host.empty() || open.askThere->host == "?") open.askThere->host = open.triedHost;
    }
    open.alone = open.alone || redirect->kind == Redirect::Kind::ask;
    return std::nullopt;
  }
  if (error.code != ErrorCode::connectionFailed) return error;
  open.unreachable = std::move(error);
  cluster_->outdate();
  return std::nullopt;
}

}  // namespace cachify::cache::redis
