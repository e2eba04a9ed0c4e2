#include "cache/memcached/mutation_run.hpp"

#include <algorithm>

#include "cache/memcached/item_reads.hpp"
#include "cache/memcached/rename_run.hpp"
#include "cache/memcached/wire_key.hpp"
#include "cache/mutation_rules.hpp"

namespace cachify::cache::memcached {
namespace {

using boost::asio::awaitable;
using std::chrono::milliseconds;

constexpr int kKeepTtlAttempts = 3;

/// A mutation of a batch on its way: which outcome it fills, and what it is sent as.
struct Planned {
  std::size_t index = 0;
  Step step;
};

/// Sends the steps in one go and fills the outcomes of those answered; of the others it says whether they
/// were sent.
awaitable<void> runPipeline(MemcachedConnection& connection, const std::vector<Planned>& planned,
                            Outcomes& outcomes, CallContext context) {
  if (planned.empty()) co_return;
  std::string request;
  std::vector<std::size_t> offsets;
  for (const auto& item : planned) {
    offsets.push_back(request.size());
    request += item.step.request;
  }
  std::size_t answered = 0;
  std::function<bool(Reply &&)> take = [&](Reply&& reply) {
    const auto& item = planned[answered++];
    outcomes[item.index] = outcomeOf(item.step.kind, reply);
    return answered == planned.size();
  };
  const auto before = connection.transport().writtenBytes();
  auto done = co_await connection.exchange(std::move(request), std::move(take), context);
  if (done) co_return;
  const auto sentBytes = connection.transport().writtenBytes() - before;
  const bool understood = outcomeOfFailure(done.error(), true).status == ApplyStatus::unknown;
  for (std::size_t i = answered; i < planned.size(); ++i) {
    auto outcome = outcomeOfFailure(done.error(), sentBytes > offsets[i]);
    // A command that was not understood is refused; those behind it were sent and went unanswered.
    if (!understood && i > answered && outcome.status == ApplyStatus::refused)
      outcome.status = ApplyStatus::unknown;
    outcomes[planned[i].index] = std::move(outcome);
  }
}

bool keepsTtl(const domain::Mutation& mutation) {
  const auto* set = std::get_if<domain::SetMutation>(&mutation);
  return set != nullptr && std::holds_alternative<domain::KeepTtl>(set->ttl);
}

Outcomes allOf(std::size_t count, const ApplyOutcome& outcome) {
  return Outcomes(count, outcome);
}

/// The same set with the TTL spelled out.
domain::SetMutation withTtl(domain::SetMutation set, std::optional<milliseconds> ttl) {
  set.ttl = domain::NoTtl{};
  if (ttl) set.ttl = std::max(*ttl, milliseconds(1));
  return set;
}

/// One round of the sets among `indexes` that keep the TTL; those that somebody else was quicker than stay
/// `changed`.
awaitable<void> runKeepTtlRound(MemcachedConnection& connection, const ServerFacts& facts,
                                const std::vector<domain::Mutation>& mutations,
                                const std::vector<std::size_t>& indexes, Outcomes& outcomes,
                                CallContext context) {
  std::vector<Bytes> keys;
  for (const auto index : indexes) keys.push_back(std::get<domain::SetMutation>(mutations[index]).key);
  auto headers = co_await fetchHeaders(connection, std::move(keys), context);
  std::vector<Planned> planned;
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    const auto index = indexes[i];
    if (!headers) {
      outcomes[index] = outcomeOfFailure(headers.error(), false);
      continue;
    }
    const auto& header = (*headers)[i];
    auto set = withTtl(std::get<domain::SetMutation>(mutations[index]), header ? header->ttl : std::nullopt);
    auto step = planStep(std::move(set), guardOf(header), facts);
    if (step) {
      planned.push_back({.index = index, .step = std::move(*step)});
    } else {
      outcomes[index] = refused(step.error());
    }
  }
  co_await runPipeline(connection, planned, outcomes, context);
}

awaitable<void> runKeepTtlSets(MemcachedConnection& connection, const ServerFacts& facts,
                               const std::vector<domain::Mutation>& mutations,
                               std::vector<std::size_t> indexes, Outcomes& outcomes, CallContext context) {
  std::erase_if(indexes, [&](std::size_t index) {
    auto key = wireKeyFor(std::get<domain::SetMutation>(mutations[index]).key);
    if (!key) outcomes[index] = refused(key.error());
    return !key;
  });
  for (int attempt = 0; attempt < kKeepTtlAttempts && !indexes.empty(); ++attempt) {
    co_await runKeepTtlRound(connection, facts, mutations, indexes, outcomes, context);
    std::erase_if(indexes, [&](std::size_t index) { return outcomes[index].status != ApplyStatus::changed; });
  }
  // Nothing was held, so `changed` is no answer: it just did not take place.
  for (const auto index : indexes) outcomes[index].status = ApplyStatus::refused;
}

awaitable<ApplyOutcome> runFreeRename(MemcachedConnection& connection, ServerFacts facts,
                                      domain::RenameMutation mutation, CallContext context) {
  std::vector<Bytes> keys{mutation.from, mutation.to};
  for (const auto& key : keys) {
    if (auto wire = wireKeyFor(key); !wire) co_return refused(wire.error());
  }
  auto items = co_await fetchItems(connection, std::move(keys), context);
  if (!items) co_return outcomeOfFailure(items.error(), false);
  auto source = std::move(items->front());
  auto target = std::move(items->back());
  auto outcome =
      co_await runRename(connection, facts, mutation, std::move(source), std::move(target), context);
  if (outcome.status == ApplyStatus::changed) outcome.status = ApplyStatus::refused;
  co_return outcome;
}

bool matches(const Guard& guard, const std::optional<Item>& item) {
  if (guard.kind == Guard::Kind::absent) return !item;
  return item && item->cas == guard.cas;
}

const HeldKey* find(const std::vector<HeldKey>& held, BytesView key) {
  const auto found = std::ranges::find(held, key, &HeldKey::key);
  return found == held.end() ? nullptr : &*found;
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
  co_return co_await runRename(connection, facts, mutation, std::move(source), std::move(target), context);
}

/// The value again, with another expiry, under its CAS.
awaitable<ApplyOutcome> runHeldTtl(MemcachedConnection& connection, ServerFacts facts,
                                   domain::TtlMutation mutation, Guard guard, CallContext context) {
  std::vector<Bytes> keys{mutation.key};
  auto items = co_await fetchItems(connection, std::move(keys), context);
  if (!items) co_return outcomeOfFailure(items.error(), false);
  auto& item = items->front();
  if (!matches(guard, item)) co_return changedMeanwhile();
  const domain::SetMutation same{
      .key = mutation.key, .value = std::move(item->value), .ttl = mutation.ttl, .flags = item->flags};
  auto step = planStep(same, guard, facts);
  if (!step) co_return refused(step.error());
  Step command = std::move(*step);
  co_return co_await runStep(connection, std::move(command), context);
}

std::optional<milliseconds> remaining(const HeldKey& held, const ServerFacts& facts) {
  if (!held.deadline) return std::nullopt;
  return std::chrono::ceil<milliseconds>(*held.deadline - facts.serverNow());
}

}  // namespace

awaitable<ApplyOutcome> runStep(MemcachedConnection& connection, Step step, CallContext context) {
  Outcomes outcome(1);
  std::vector<Planned> planned;
  planned.push_back({.index = 0, .step = std::move(step)});
  co_await runPipeline(connection, planned, outcome, context);
  co_return std::move(outcome.front());
}

awaitable<Outcomes> runMutations(MemcachedConnection& connection, ServerFacts facts,
                                 std::vector<domain::Mutation> mutations, CallContext context) {
  Outcomes outcomes = allOf(mutations.size(), {});
  std::vector<Planned> planned;
  std::vector<std::size_t> keepTtl;
  for (std::size_t i = 0; i < mutations.size(); ++i) {
    if (const auto* rename = std::get_if<domain::RenameMutation>(&mutations[i])) {
      domain::RenameMutation copy = *rename;
      outcomes[i] = co_await runFreeRename(connection, facts, std::move(copy), context);
    } else if (keepsTtl(mutations[i])) {
      keepTtl.push_back(i);
    } else if (auto step = planStep(mutations[i], Guard{}, facts)) {
      planned.push_back({.index = i, .step = std::move(*step)});
    } else {
      outcomes[i] = refused(step.error());
    }
  }
  co_await runPipeline(connection, planned, outcomes, context);
  co_await runKeepTtlSets(connection, facts, mutations, std::move(keepTtl), outcomes, context);
  co_return outcomes;
}

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
  const Guard guard = first->guard;
  const bool isAbsent = guard.kind == Guard::Kind::absent;
  if (const auto* rename = std::get_if<domain::RenameMutation>(&mutation)) {
    domain::RenameMutation copy = *rename;
    HeldKey from = *first;
    HeldKey to = *last;
    co_return co_await runHeldRename(connection, facts, std::move(copy), std::move(from), std::move(to),
                                     context);
  }
  const auto* ttl = std::get_if<domain::TtlMutation>(&mutation);
  if (ttl != nullptr && !isAbsent) {
    domain::TtlMutation copy = *ttl;
    co_return co_await runHeldTtl(connection, facts, std::move(copy), guard, context);
  }
  if (keepsTtl(mutation))
    mutation = withTtl(std::get<domain::SetMutation>(mutation), remaining(*first, facts));
  auto step = planStep(mutation, guard, facts);
  if (!step) co_return refused(step.error());
  Step command = std::move(*step);
  auto outcome = co_await runStep(connection, std::move(command), context);
  if (ttl != nullptr && outcome.status == ApplyStatus::applied) co_return refusedAbsent();
  co_return outcome;
}

}  // namespace cachify::cache::memcached
