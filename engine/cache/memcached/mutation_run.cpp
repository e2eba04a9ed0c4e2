#include "cache/memcached/mutation_run.hpp"

#include <algorithm>

#include "cache/memcached/rename_run.hpp"

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
  std::vector<Doubt> doubts;
  std::function<bool(Reply &&)> take = [&](Reply&& reply) {
    const auto& [index, step] = planned[answered];
    outcomes[index] = outcomeOf(step.kind, reply);
    if (leavesDoubt(step.kind, reply)) doubts.push_back({step.kind, step.key, outcomes[index]});
    return ++answered == planned.size();
  };
  const auto before = connection.transport().writtenBytes();
  auto done = co_await connection.exchange(std::move(request), std::move(take), context);
  if (done) {
    co_await settle(connection, std::move(doubts), context);
    co_return;
  }
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
awaitable<void> runKeepTtlRound(MemcachedConnection& connection, const ServerFacts& facts, TtlSource& ttls,
                                const std::vector<domain::Mutation>& mutations,
                                const std::vector<std::size_t>& indexes, Outcomes& outcomes,
                                CallContext context) {
  std::vector<Bytes> keys;
  for (const auto index : indexes) keys.push_back(std::get<domain::SetMutation>(mutations[index]).key);
  auto headers = co_await fetchWithTtls(connection, ttls, std::move(keys), Part::header, context);
  std::vector<Planned> planned;
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    const auto index = indexes[i];
    if (!headers) {
      outcomes[index] = outcomeOfFailure(headers.error(), false);
      continue;
    }
    const auto& header = (*headers)[i];
    if (header && header->ttlNotRead) {
      outcomes[index] = refusedUnknownTtl(*header->ttlNotRead);
      continue;
    }
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

awaitable<void> runKeepTtlSets(MemcachedConnection& connection, const ServerFacts& facts, TtlSource& ttls,
                               const std::vector<domain::Mutation>& mutations,
                               std::vector<std::size_t> indexes, Outcomes& outcomes, CallContext context) {
  std::erase_if(indexes, [&](std::size_t index) {
    auto key = facts.dialect->keyFor(std::get<domain::SetMutation>(mutations[index]).key);
    if (!key) outcomes[index] = refused(key.error());
    return !key;
  });
  for (int attempt = 0; attempt < kKeepTtlAttempts && !indexes.empty(); ++attempt) {
    co_await runKeepTtlRound(connection, facts, ttls, mutations, indexes, outcomes, context);
    std::erase_if(indexes, [&](std::size_t index) { return outcomes[index].status != ApplyStatus::changed; });
  }
  // Nothing was held, so `changed` is no answer: it just did not take place.
  for (const auto index : indexes) outcomes[index].status = ApplyStatus::refused;
}

awaitable<ApplyOutcome> runFreeRename(MemcachedConnection& connection, ServerFacts facts, TtlSource& ttls,
                                      domain::RenameMutation mutation, CallContext context) {
  std::vector<Bytes> keys{mutation.from, mutation.to};
  for (const auto& key : keys) {
    if (auto wire = facts.dialect->keyFor(key); !wire) co_return refused(wire.error());
  }
  auto items = co_await fetchWithTtls(connection, ttls, std::move(keys), Part::value, context);
  if (!items) co_return outcomeOfFailure(items.error(), false);
  auto source = std::move(items->front());
  auto target = std::move(items->back());
  auto outcome =
      co_await runRename(connection, facts, mutation, std::move(source), std::move(target), context);
  if (outcome.status == ApplyStatus::changed) outcome.status = ApplyStatus::refused;
  co_return outcome;
}

}  // namespace

awaitable<ApplyOutcome> runStep(MemcachedConnection& connection, Step step, CallContext context) {
  Outcomes outcome(1);
  std::vector<Planned> planned;
  planned.push_back({.index = 0, .step = std::move(step)});
  co_await runPipeline(connection, planned, outcome, context);
  co_return std::move(outcome.front());
}

awaitable<void> settle(MemcachedConnection& connection, std::vector<Doubt> doubts, CallContext context) {
  std::vector<Bytes> keys;
  for (const Doubt& doubt : doubts) keys.push_back(doubt.key);
  auto headers = co_await fetchHeaders(connection, std::move(keys), context);
  if (!headers) co_return;
  for (std::size_t i = 0; i < doubts.size(); ++i) {
    const bool isThere = (*headers)[i].has_value();
    doubts[i].outcome = withoutDoubt(doubts[i].kind, std::move(doubts[i].outcome), isThere);
  }
}

ApplyOutcome refusedUnknownTtl(const Error& why) {
  return refused(Error{.code = ErrorCode::notSupported,
                       .message = "what is left of the TTL cannot be kept, for nobody knows it (" +
                                  why.message + "); say which TTL the key shall have"}
                     .with("ttlUnknown", true));
}

awaitable<Outcomes> runMutations(MemcachedConnection& connection, ServerFacts facts, TtlSource& ttls,
                                 std::vector<domain::Mutation> mutations, CallContext context) {
  Outcomes outcomes = allOf(mutations.size(), {});
  std::vector<Planned> planned;
  std::vector<std::size_t> keepTtl;
  for (std::size_t i = 0; i < mutations.size(); ++i) {
    if (const auto* rename = std::get_if<domain::RenameMutation>(&mutations[i])) {
      domain::RenameMutation copy = *rename;
      outcomes[i] = co_await runFreeRename(connection, facts, ttls, std::move(copy), context);
    } else if (keepsTtl(mutations[i])) {
      keepTtl.push_back(i);
    } else if (auto step = planStep(mutations[i], Guard{}, facts)) {
      planned.push_back({.index = i, .step = std::move(*step)});
    } else {
      outcomes[i] = refused(step.error());
    }
  }
  co_await runPipeline(connection, planned, outcomes, context);
  co_await runKeepTtlSets(connection, facts, ttls, mutations, std::move(keepTtl), outcomes, context);
  co_return outcomes;
}

}  // namespace cachify::cache::memcached
