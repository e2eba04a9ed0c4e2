#include "cache/memcached/rename_run.hpp"

#include "cache/memcached/memcached_error.hpp"
#include "cache/memcached/mutation_run.hpp"

namespace cachify::cache::memcached {
namespace {

using domain::TtlChange;

TtlChange ttlOf(const Item& item) {
  if (item.ttl) return std::max(*item.ttl, std::chrono::milliseconds(1));
  return domain::NoTtl{};
}

domain::SetMutation copyOf(const Item& item, const Bytes& key) {
  return {.key = key, .value = item.value, .ttl = ttlOf(item), .flags = item.flags};
}

ApplyOutcome leftBoth() {
  return {
      .status = ApplyStatus::unknown,
      .error = Error{.code = ErrorCode::conflict,
                     .message = "both names hold a value now: others changed the keys during the rename"}};
}

struct Stored {
  ApplyOutcome outcome;
  Guard guard;  ///< the new item, for taking it back
};

/// Text commands do not tell the new CAS: it is that of the item as it is now, if this is still what was
/// stored.
boost::asio::awaitable<Guard> guardAfterText(MemcachedConnection& connection, Bytes key, const Item& stored,
                                             CallContext context) {
  std::vector<Bytes> keys{std::move(key)};
  auto items = co_await fetchItems(connection, std::move(keys), context);
  if (!items || !items->front()) co_return Guard{};
  const Item& now = *items->front();
  if (now.value != stored.value || now.flags != stored.flags) co_return Guard{};
  co_return guardOf(items->front());
}

boost::asio::awaitable<Stored> storeTarget(MemcachedConnection& connection, Step step, CallContext context) {
  const auto before = connection.transport().writtenBytes();
  auto replies = co_await connection.exchangeCounted(std::move(step.request), 1, context);
  Stored stored;
  if (!replies) {
    const bool sent = connection.transport().writtenBytes() > before;
    stored.outcome = outcomeOfFailure(replies.error(), sent);
    co_return stored;
  }
  stored.outcome = outcomeOf(step.kind, replies->front());
  if (leavesDoubt(step.kind, replies->front())) {
    std::vector<Doubt> doubts;
    doubts.push_back({step.kind, step.key, stored.outcome});
    co_await settle(connection, std::move(doubts), context);
  }
  const auto cas = replies->front().cas();
  if (cas != 0) stored.guard = {.kind = Guard::Kind::unchanged, .cas = cas};
  co_return stored;
}

boost::asio::awaitable<ApplyOutcome> takeBack(MemcachedConnection& connection, ServerFacts facts, Bytes key,
                                              std::optional<Item> target, Guard guard, CallContext context) {
  // Unguarded it could undo somebody else's change as well.
  if (guard.kind == Guard::Kind::none && facts.casEnabled) co_return leftBoth();
  if (target && target->ttlNotRead) co_return leftBoth();
  domain::Mutation undo = domain::DeleteMutation{.key = key};
  if (target) undo = copyOf(*target, key);
  auto step = planStep(undo, guard, facts);
  if (!step) co_return leftBoth();
  Step command = std::move(*step);
  auto undone = co_await runStep(connection, std::move(command), context);
  if (undone.status == ApplyStatus::applied) co_return changedMeanwhile();
  co_return leftBoth();
}

}  // namespace

Guard guardOf(const std::optional<Item>& item) {
  if (!item) return {.kind = Guard::Kind::absent};
  if (item->cas == 0) return {};
  return {.kind = Guard::Kind::unchanged, .cas = item->cas};
}

boost::asio::awaitable<ApplyOutcome> runRename(MemcachedConnection& connection, ServerFacts facts,
                                               domain::RenameMutation mutation, std::optional<Item> source,
                                               std::optional<Item> target, CallContext context) {
  if (!source) co_return refusedAbsent();
  if (target && !mutation.replace) {
    co_return refused({.code = ErrorCode::conflict, .message = "a key of the new name exists already"});
  }
  if (mutation.from == mutation.to) co_return ApplyOutcome{};
  if (source->ttlNotRead) co_return refusedUnknownTtl(*source->ttlNotRead);
  auto store = planStep(copyOf(*source, mutation.to), guardOf(target), facts);
  if (!store) co_return refused(store.error());
  auto remove = planStep(domain::DeleteMutation{.key = mutation.from}, guardOf(source), facts);
  if (!remove) co_return refused(remove.error());
  Step storing = std::move(*store);
  auto stored = co_await storeTarget(connection, std::move(storing), context);
  if (stored.outcome.status != ApplyStatus::applied) co_return stored.outcome;
  Step removing = std::move(*remove);
  auto removed = co_await runStep(connection, std::move(removing), context);
  if (removed.status == ApplyStatus::applied) co_return removed;
  if (removed.status != ApplyStatus::changed) {
    removed.status = ApplyStatus::unknown;
    co_return removed;
  }
  Bytes key = mutation.to;
  Guard guard = stored.guard;
  if (!facts.dialect->isMeta()) guard = co_await guardAfterText(connection, key, *source, context);
  co_return co_await takeBack(connection, facts, std::move(key), std::move(target), guard, context);
}

}  // namespace cachify::cache::memcached
