#include "cache/redis/apply.hpp"

#include <algorithm>

#include "cache/mutation_rules.hpp"
#include "cache/redis/capture.hpp"
#include "cache/redis/full_server.hpp"
#include "cache/redis/mutation_script.hpp"
#include "cache/redis/server_time.hpp"

namespace cachify::cache::redis {
namespace {

/// What one command does at most: some hundred microseconds of the server's time.
constexpr std::size_t kKeysTogether = 500;
constexpr std::size_t kBytesTogether = 256 * 1024;

/// The place in the pipeline of one mutation, or of several that are one command.
struct Placed {
  std::size_t first = 0;  ///< index of the mutation
  std::size_t count = 1;
  MutationScript script{};
  bool inTransaction = false;
  std::size_t firstByte = 0;
  std::size_t firstReply = 0;
  std::size_t replies = 0;
};

Error cannotBeAtomic() {
  return {.code = ErrorCode::unauthorized,
          .message =
              "this change takes several commands at once, and the server does not let this user run MULTI "
              "and EXEC"};
}

Error otherKindOfHold() {
  return {.code = ErrorCode::internalError, .message = "this hold is of another kind of cache"};
}

/// The first word of the error by which the server refused.
std::string_view serverWord(const ApplyOutcome& outcome) {
  const auto* word = outcome.error ? outcome.error->detail("serverError") : nullptr;
  return word == nullptr ? std::string_view() : std::get<std::string>(*word);
}

/// As far as it counts for the length of a command.
std::size_t valueBytes(const domain::Mutation& mutation) {
  if (const auto* set = std::get_if<domain::SetMutation>(&mutation)) return set->value.size();
  const auto* restore = std::get_if<domain::RestoreMutation>(&mutation);
  return restore == nullptr ? 0 : static_cast<std::size_t>(restore->capture.sizeBytes);
}

class Applying {
 public:
  explicit Applying(const std::vector<domain::Mutation>& mutations)
      : mutations_(mutations), outcomes_(mutations.size()) {}

  boost::asio::awaitable<void> run(RedisConnection& connection, const Dialect& dialect, bool held,
                                   CallContext context);
  void fillAll(ApplyStatus status, const Error& error) {
    std::ranges::fill(outcomes_, ApplyOutcome{.status = status, .error = error});
  }
  [[nodiscard]] std::vector<ApplyOutcome> take() && { return std::move(outcomes_); }

 private:
  void placeAll(const Dialect& dialect, bool held, bool mayJoin, std::optional<WallTime> serverTime);
  void place(std::size_t first, std::size_t count, const Dialect& dialect, bool held,
             std::optional<WallTime> serverTime);
  [[nodiscard]] std::size_t togetherFrom(std::size_t first) const;
  boost::asio::awaitable<Result<void>> send(RedisConnection& connection, CallContext context);
  void judge(const Placed& placed, std::span<const Reply> replies, std::uint64_t written,
             const Result<void>& sent);
  void splitRefused(const Dialect& dialect);

  const std::vector<domain::Mutation>& mutations_;
  std::vector<ApplyOutcome> outcomes_;
  Pipeline pipeline_;
  std::vector<Placed> placed_;
};

/// How many mutations from `first` on can go together: that one at least.
std::size_t Applying::togetherFrom(std::size_t first) const {
  const Togetherness kind = togetherness(mutations_[first]);
  std::size_t bytes = valueBytes(mutations_[first]);
  std::size_t end = first + 1;
  for (; kind != Togetherness::none && end < mutations_.size() && end - first < kKeysTogether; ++end) {
    if (togetherness(mutations_[end]) != kind) break;
    bytes += valueBytes(mutations_[end]);
    if (bytes > kBytesTogether) break;
  }
  return end - first;
}

void Applying::placeAll(const Dialect& dialect, bool held, bool mayJoin, std::optional<WallTime> serverTime) {
  for (std::size_t i = 0; i < mutations_.size();) {
    const std::size_t count = mayJoin ? togetherFrom(i) : 1;
    place(i, count, dialect, held, serverTime);
    i += count;
  }
}

void Applying::place(std::size_t first, std::size_t count, const Dialect& dialect, bool held,
                     std::optional<WallTime> serverTime) {
  Result<MutationScript> script =
      count == 1 ? MutationScript::compile(mutations_[first], dialect, serverTime)
                 : MutationScript::together(std::span(mutations_).subspan(first, count), dialect);
  if (script && !held && script->needsTransaction() && !dialect.transactions) script = fail(cannotBeAtomic());
  if (!script) {
    outcomes_[first] = {.status = ApplyStatus::refused, .error = script.error()};
    return;
  }
  Placed placed{.first = first, .count = count};
  placed.inTransaction = held || script->needsTransaction();
  placed.firstByte = pipeline_.bytes().size();
  placed.firstReply = pipeline_.count();
  if (placed.inTransaction) pipeline_.add("MULTI");
  pipeline_.append(script->commands());
  if (placed.inTransaction) pipeline_.add("EXEC");
  placed.replies = pipeline_.count() - placed.firstReply;
  placed.script = *std::move(script);
  placed_.push_back(std::move(placed));
}

void Applying::judge(const Placed& placed, std::span<const Reply> replies, std::uint64_t written,
                     const Result<void>& sent) {
  ApplyOutcome outcome;
  if (replies.size() >= placed.firstReply + placed.replies) {
    const auto own = replies.subspan(placed.firstReply, placed.replies);
    outcome = placed.inTransaction ? placed.script.judgeTransaction(own) : placed.script.judge(own);
  } else {
    outcome.status = placed.firstByte < written ? ApplyStatus::unknown : ApplyStatus::notSent;
    outcome.error = sent.error();
  }
  std::fill_n(outcomes_.begin() + static_cast<std::ptrdiff_t>(placed.first), placed.count, outcome);
}

/// True where the same could be done by the commands of single keys: the user may not touch one of the keys
/// or not run this command, the server does not know it, or is a cluster's node and the keys lie in several
/// slots.
bool goesOneByOne(const ApplyOutcome& outcome) {
  if (outcome.error->code == ErrorCode::unauthorized) return true;
  const std::string_view word = serverWord(outcome);
  return outcome.error->code == ErrorCode::notSupported && (word == "ERR" || word == "CROSSSLOT");
}

/// What is refused as a whole did nothing.
void Applying::splitRefused(const Dialect& dialect) {
  const std::vector<Placed> before = std::exchange(placed_, {});
  pipeline_ = {};
  for (const Placed& placed : before) {
    const ApplyOutcome& outcome = outcomes_[placed.first];
    if (placed.count == 1 || outcome.status != ApplyStatus::refused) continue;
    if (!goesOneByOne(outcome)) continue;
    for (std::size_t i = 0; i < placed.count; ++i) place(placed.first + i, 1, dialect, false, std::nullopt);
  }
}

boost::asio::awaitable<Result<void>> Applying::send(RedisConnection& connection, CallContext context) {
  const std::uint64_t before = connection.writtenBytes();
  std::vector<Reply> replies;
  Result<void> sent = co_await connection.exchange(pipeline_, replies, context);
  const std::uint64_t written = connection.writtenBytes() - before;
  for (const Placed& placed : placed_) judge(placed, replies, written, sent);
  co_return sent;
}

boost::asio::awaitable<void> Applying::run(RedisConnection& connection, const Dialect& dialect, bool held,
                                           CallContext context) {
  std::optional<WallTime> serverTime;
  if (std::ranges::any_of(mutations_, needsServerTime)) {
    Pipeline time;
    time.add("TIME");
    auto answer = co_await connection.exchange(time, context);
    if (!answer) {
      fillAll(ApplyStatus::notSent, answer.error());
      co_return;
    }
    serverTime = serverTimeIn(answer->front());
  }
  const bool mayJoin = !held && !connection.inCluster();
  placeAll(dialect, held, mayJoin, serverTime);
  if (placed_.empty()) co_return;
  const Result<void> sent = co_await send(connection, context);
  if (mayJoin && sent) {
    splitRefused(dialect);
    if (!placed_.empty()) static_cast<void>(co_await send(connection, context));
  }
  if (held && sent) connection.watching = false;
}

}  // namespace

boost::asio::awaitable<std::vector<ApplyOutcome>> apply(SharedBackend backend, ConnectionId id,
                                                        domain::Permit permit,
                                                        std::vector<domain::Mutation> mutations,
                                                        std::unique_ptr<Hold> hold, CallContext context) {
  const auto allowed = spendPermit(permit, id, mutations, hold != nullptr);
  if (allowed) {
    co_return co_await applyAllowed(std::move(backend), std::move(mutations), std::move(hold),
                                    std::move(context));
  }
  Applying refused(mutations);
  refused.fillAll(ApplyStatus::refused, allowed.error());
  co_return std::move(refused).take();
}

namespace {

/// What a demoted master refused its successor will take.
void retryAtSuccessor(std::vector<ApplyOutcome>& outcomes) {
  for (ApplyOutcome& outcome : outcomes) {
    if (outcome.status != ApplyStatus::refused) continue;
    if (serverWord(outcome) != "READONLY") continue;
    outcome.error->code = ErrorCode::connectionFailed;
    outcome.error->message = "the master has just become a replica; its successor takes the write";
    outcome.error->retryable = true;
  }
}

}  // namespace

boost::asio::awaitable<std::vector<ApplyOutcome>> applyAllowed(SharedBackend backend,
                                                               std::vector<domain::Mutation> mutations,
                                                               std::unique_ptr<Hold> hold,
                                                               CallContext context) {
  Applying applying(mutations);
  auto* held = dynamic_cast<RedisHold*>(hold.get());
  if (hold && held == nullptr) {
    applying.fillAll(ApplyStatus::refused, otherKindOfHold());
    co_return std::move(applying).take();
  }
  if (held != nullptr) {
    co_await applying.run(*held->lease, held->dialect, true, context);
    auto outcomes = std::move(applying).take();
    const auto* removal =
        mutations.size() == 1 ? std::get_if<domain::DeleteMutation>(&mutations.front()) : nullptr;
    if (removal != nullptr && held->contentDigest && isForWantOfRoom(outcomes.front())) {
      outcomes.front() =
          co_await removeWithoutRoom(*held->lease, removal->key, *held->contentDigest, std::move(context));
    }
    if (backend && backend->followsMaster) retryAtSuccessor(outcomes);
    co_return outcomes;
  }
  auto dialect = co_await dialectOf(backend, context);
  if (!dialect) {
    applying.fillAll(ApplyStatus::notSent, dialect.error());
    co_return std::move(applying).take();
  }
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) {
    applying.fillAll(ApplyStatus::notSent, lease.error());
    co_return std::move(applying).take();
  }
  co_await applying.run(**lease, *dialect, false, std::move(context));
  auto outcomes = std::move(applying).take();
  if (backend->followsMaster) retryAtSuccessor(outcomes);
  co_return outcomes;
}

}  // namespace cachify::cache::redis
