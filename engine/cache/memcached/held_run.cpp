#include "cache/memcached/held_run.hpp"

#include <algorithm>

#include "cache/memcached/item_reads.hpp"
#include "cache/memcached/mutation_run.hpp"
#include "cache/memcached/rename_run.hpp"
#include "cache/mutation_rules.hpp"

namespace cachify::cache::memcached {
namespace {

using boost::asio::awaitable;
using domain::TtlChange;
using std::chrono::milliseconds;

bool matches(const Guard& guard, const std::optional<Item>& item) {
  if (guard.kind == Guard::Kind::absent) return !item;
  return item && item->cas == guard.cas;
}

const HeldKey* find(const std::vector<HeldKey>& held, BytesView key) {
  const auto found = std::ranges::find(held, key, &HeldKey::key);
  return found == held.end() ? nullptr : &*found;
}

/// What is left of the captured TTL, at least a millisecond: whatever is found to be there is not over.
std::optional<milliseconds> remaining(const HeldKey& held, const ServerFacts& facts) {
  if (!held.deadline) return std::nullopt;
  return std::max(std::chrono::ceil<milliseconds>(*held.deadline - facts.serverNow()), milliseconds(1));
}

TtlChange asChange(const std::optional<milliseconds>& ttl) {
  if (ttl) return *ttl;
  return domain::NoTtl{};
}

/// As the capture knows it, where reading the item again does not tell.
void giveTtl(std::optional<Item>& item, const HeldKey& held, const ServerFacts& facts) {
  if (!item || !item->ttlNotRead) return;
  item->ttlNotRead = held.deadlineNotRead;
  item->ttl = remaining(held, facts);
}

awaitable<ApplyOutcome> runPlanned(MemcachedConnection& connection, ServerFacts facts,
                                   domain::Mutation mutation, Guard guard, CallContext context) {
  auto step = planStep(mutation, guard, facts);
  if (!step) co_return refused(step.error());
  Step command = std::move(*step);
  co_return co_await runStep(connection, std::move(command), context);
}

/// The item, if it still is the held one.
Task<Item> fetchHeld(MemcachedConnection& connection, const HeldKey& held, CallContext context) {
  std::vector<Bytes> keys{held.key};
  auto items = co_await fetchItems(connection, std::move(keys), context);
  if (!items) co_return fail(items.error());
  if (!matches(held.guard, items->front())) co_return fail(*changedMeanwhile().error);
  co_return std::move(*items->front());
}

ApplyOutcome notFetched(const Error& error) {
  return error.code == ErrorCode::conflict ? changedMeanwhile() : outcomeOfFailure(error, false);
}

awaitable<ApplyOutcome> runHeldRename(MemcachedConnection& connection, ServerFacts facts,
                                      domain::RenameMutation mutation, HeldKey from, HeldKey to,
                                      CallContext context) {
  std::vector<Bytes> keys{mutation.from, mutation.to};
  auto items = co_await fetchItems(connection, std::move(keys), context);
  if (!items) co_return outcomeOfFailure(items.error(), false);
  auto source = std::move(items->front());
  auto target = std::move(items->back());
  if (!matches(from.guard, source) || !matches(to.guard, target)) co_return changedMeanwhile();
  giveTtl(source, from, facts);
  giveTtl(target, to, facts);
  co_return co_await runRename(connection, facts, mutation, std::move(source), std::move(target), context);
}

/// The value again, with another expiry, under its CAS.
awaitable<ApplyOutcome> runHeldTtl(MemcachedConnection& connection, ServerFacts facts,
                                   domain::TtlMutation mutation, HeldKey held, CallContext context) {
  auto item = co_await fetchHeld(connection, held, context);
  if (!item) co_return notFetched(item.error());
  domain::Mutation same = domain::SetMutation{
      .key = mutation.key, .value = std::move(item->value), .ttl = mutation.ttl, .flags = item->flags};
  co_return co_await runPlanned(connection, facts, std::move(same), held.guard, context);
}

/// In text only whole values can be bound to a CAS, and a store sets the TTL anew. So where the TTL is known
/// the changed value is stored under the CAS; where it is not, the command that leaves it alone follows the
/// look.
awaitable<ApplyOutcome> runHeldEdit(MemcachedConnection& connection, ServerFacts facts,
                                    domain::EditMutation mutation, HeldKey held, CallContext context) {
  auto item = co_await fetchHeld(connection, held, context);
  if (!item) co_return notFetched(item.error());
  const Guard none;
  if (held.deadlineNotRead) {
    domain::Mutation unguarded = std::move(mutation);
    co_return co_await runPlanned(connection, facts, std::move(unguarded), none, context);
  }
  auto changed = domain::applyChange(std::move(item->value), mutation.change);
  if (!changed) co_return refused(changed.error());
  domain::Mutation whole = domain::SetMutation{.key = mutation.key,
                                               .value = std::move(std::get<Bytes>(changed->value)),
                                               .ttl = asChange(remaining(held, facts)),
                                               .flags = item->flags};
  auto outcome = co_await runPlanned(connection, facts, std::move(whole), held.guard, context);
  if (outcome.status == ApplyStatus::applied) outcome.result = std::move(changed->result);
  co_return outcome;
}

/// Memcached answers an append that makes a value too large as if the key were not there.
Result<void> checkGrowth(const domain::EditMutation& edit, const HeldKey& held, const ServerFacts& facts) {
  const auto* text = std::get_if<domain::ExtendText>(&edit.change);
  if (text == nullptr) return {};
  return checkItemSize(facts, held.key, held.sizeBytes + text->text.size());
}

awaitable<ApplyOutcome> runOnOne(MemcachedConnection& connection, ServerFacts facts,
                                 domain::Mutation mutation, HeldKey held, CallContext context) {
  const bool isAbsent = held.guard.kind == Guard::Kind::absent;
  if (const auto* ttl = std::get_if<domain::TtlMutation>(&mutation)) {
    domain::TtlMutation copy = *ttl;
    if (!isAbsent)
      co_return co_await runHeldTtl(connection, facts, std::move(copy), std::move(held), context);
    auto outcome = co_await runPlanned(connection, facts, std::move(mutation), held.guard, context);
    co_return outcome.status == ApplyStatus::applied ? refusedAbsent() : outcome;
  }
  if (auto* edit = std::get_if<domain::EditMutation>(&mutation); edit != nullptr && !isAbsent) {
    if (auto fits = checkGrowth(*edit, held, facts); !fits) co_return refused(fits.error());
    if (facts.dialect->isMeta())
      co_return co_await runPlanned(connection, facts, std::move(mutation), held.guard, context);
    domain::EditMutation copy = std::move(*edit);
    co_return co_await runHeldEdit(connection, facts, std::move(copy), std::move(held), context);
  }
  auto* set = std::get_if<domain::SetMutation>(&mutation);
  if (set != nullptr && std::holds_alternative<domain::KeepTtl>(set->ttl)) {
    if (held.deadlineNotRead) co_return refusedUnknownTtl(*held.deadlineNotRead);
    set->ttl = asChange(remaining(held, facts));
  }
  co_return co_await runPlanned(connection, facts, std::move(mutation), held.guard, context);
}

}  // namespace

awaitable<ApplyOutcome> runHeld(MemcachedConnection& connection, ServerFacts facts, domain::Mutation mutation,
                                std::vector<HeldKey> held, CallContext context) {
  if (auto checked = checkMutation(mutation); !checked) co_return refused(checked.error());
  const auto keys = domain::keysOf(mutation);
  const HeldKey* first = find(held, keys.front());
  const HeldKey* last = find(held, keys.back());
  if (first == nullptr || last == nullptr) {
    co_return refused(
        {.code = ErrorCode::internalError, .message = "the hold is on other keys than the mutation's"});
  }
  HeldKey from = *first;
  if (const auto* rename = std::get_if<domain::RenameMutation>(&mutation)) {
    domain::RenameMutation copy = *rename;
    HeldKey to = *last;
    co_return co_await runHeldRename(connection, facts, std::move(copy), std::move(from), std::move(to),
                                     context);
  }
  co_return co_await runOnOne(connection, facts, std::move(mutation), std::move(from), context);
}

}  // namespace cachify::cache::memcached
