#include "cache/redis/cluster/slot_sweep.hpp"

#include "cache/redis/describe.hpp"
#include "cache/redis/server_error.hpp"
#include "core/glob.hpp"

namespace cachify::cache::redis {
namespace {

class Sweep {
 public:
  Sweep(SharedBackend node, SlotSet slots) : node_(std::move(node)) {
    for (std::size_t slot = 0; slot < kSlotCount; ++slot) {
      if (slots[slot]) open_.push_back({.slot = slot});
    }
  }
  Task<std::vector<Bytes>> run(CallContext context);

 private:
  struct Open {
    std::size_t slot = 0;
    std::int64_t wanted = 0;
  };
  Task<void> count(RedisConnection& connection, CallContext context);
  Task<void> fetch(RedisConnection& connection, CallContext context);

  SharedBackend node_;
  std::vector<Open> open_;
  std::vector<Bytes> keys_;
};

Task<void> Sweep::count(RedisConnection& connection, CallContext context) {
  Pipeline ask;
  for (const Open& open : open_) ask.add("CLUSTER", "COUNTKEYSINSLOT", open.slot);
  auto replies = co_await connection.exchange(ask, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const Reply& reply = (*replies)[i];
    if (reply.isError()) co_return fail(classify(reply.text));
    // Room for keys that come meanwhile: a full answer would not tell whether some were left out.
    open_[i].wanted = reply.integer + reply.integer / 4 + 16;
  }
  co_return Result<void>();
}

Task<void> Sweep::fetch(RedisConnection& connection, CallContext context) {
  Pipeline ask;
  for (const Open& open : open_) ask.add("CLUSTER", "GETKEYSINSLOT", open.slot, open.wanted);
  auto replies = co_await connection.exchange(ask, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  std::vector<Open> again;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    Reply& reply = (*replies)[i];
    if (reply.isError()) co_return fail(classify(reply.text));
    if (std::ssize(reply.elements) >= open_[i].wanted) {
      again.push_back({.slot = open_[i].slot, .wanted = open_[i].wanted * 2});
      continue;
    }
    for (Reply& key : reply.elements) keys_.push_back(std::move(key.text));
  }
  open_ = std::move(again);
  co_return Result<void>();
}

Task<std::vector<Bytes>> Sweep::run(CallContext context) {
  auto lease = co_await node_->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  auto done = co_await count(**lease, context);
  while (done && !open_.empty()) done = co_await fetch(**lease, context);
  if (!done) co_return fail(std::move(done).error());
  co_return std::move(keys_);
}

Task<std::vector<Bytes>> keepType(SharedBackend node, std::vector<Bytes> keys, domain::ValueType type,
                                  CallContext context) {
  auto described = co_await describe(std::move(node), keys, std::move(context));
  if (!described) co_return fail(std::move(described).error());
  std::vector<Bytes> kept;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if ((*described)[i].type == type) kept.push_back(std::move(keys[i]));
  }
  co_return kept;
}

}  // namespace

Task<SweptKeys> sweep(SharedBackend node, SlotSet slots, const ScanRequest& request, CallContext context) {
  const Bytes pattern = request.pattern;
  const auto type = request.type;
  Sweep sweeping(node, slots);
  auto keys = co_await sweeping.run(context);
  if (!keys) co_return fail(std::move(keys).error());
  SweptKeys swept{.keys = {}, .scanned = keys->size()};
  for (Bytes& key : *keys) {
    if (globMatches(pattern, key)) swept.keys.push_back(std::move(key));
  }
  if (type) {
    auto kept = co_await keepType(node, std::move(swept.keys), *type, context);
    if (!kept) co_return fail(std::move(kept).error());
    swept.keys = *std::move(kept);
  }
  co_return swept;
}

}  // namespace cachify::cache::redis
