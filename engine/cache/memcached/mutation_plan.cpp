#include "cache/memcached/mutation_plan.hpp"

#include "cache/capture_rules.hpp"
#include "cache/memcached/expiry.hpp"
#include "cache/memcached/memcached_error.hpp"
#include "cache/mutation_rules.hpp"

namespace cachify::cache::memcached {
namespace {

using std::chrono::milliseconds;

std::optional<std::uint64_t> casOf(const Guard& guard) {
  return guard.kind == Guard::Kind::unchanged ? std::optional(guard.cas) : std::nullopt;
}

Error existsAlready() {
  return {.code = ErrorCode::conflict, .message = "the key exists already"};
}

Error absentKey() {
  return {.code = ErrorCode::notFound, .message = "the key does not exist (any more)"};
}

class Planner {
 public:
  Planner(const Guard& guard, const ServerFacts& facts) : guard_(guard), facts_(facts) {}

  Result<Step> operator()(const domain::SetMutation& m) const {
    const bool isAbsent = guard_.kind == Guard::Kind::absent;
    const bool isThere = guard_.kind == Guard::Kind::unchanged;
    if (m.mode == domain::SetMode::add && isThere) return fail(existsAlready());
    if (m.mode == domain::SetMode::replace && isAbsent) return fail(absentKey());
    return store(m.key, m.value, m.flags, m.ttl, m.mode);
  }

  Result<Step> operator()(const domain::EditMutation& m) const {
    if (const auto* text = std::get_if<domain::ExtendText>(&m.change)) return extend(m.key, *text);
    if (const auto* number = std::get_if<domain::IncrementNumber>(&m.change))
      return increment(m.key, *number);
    return fail(ErrorCode::notSupported, "Memcached keeps strings alone, which have no elements");
  }

  Result<Step> operator()(const domain::DeleteMutation& m) const { return remove(m.key); }

  Result<Step> operator()(const domain::TtlMutation& m) const {
    if (guard_.kind == Guard::Kind::absent) return checkAbsent(m.key);
    if (guard_.kind == Guard::Kind::unchanged) return notOneCommand();
    const auto key = keyFor(m.key);
    if (!key) return fail(key.error());
    const auto exptime = exptimeOf(m.ttl);
    if (!exptime) return fail(exptime.error());
    Step step{.kind = StepKind::touch, .key = m.key, .request = {}};
    dialect().appendTouch(step.request, *key, *exptime);
    return step;
  }

  /// Any look at an item renews its last use.
  Result<Step> operator()(const domain::TouchMutation& m) const {
    const auto key = keyFor(m.key);
    if (!key) return fail(key.error());
    Step step{.kind = StepKind::look, .key = m.key, .request = {}};
    dialect().appendGet(step.request, *key, Part::use);
    return step;
  }

  Result<Step> operator()(const domain::RenameMutation&) const { return notOneCommand(); }

  Result<Step> operator()(const domain::RestoreMutation& m) const {
    const auto& capture = m.capture;
    const auto now = facts_.serverNow();
    const bool isOver = capture.deadline && *capture.deadline <= now;
    if (!capture.existed() || isOver) return remove(capture.key);
    const auto* content = std::get_if<Bytes>(&capture.logical);
    if (content == nullptr) {
      return fail(ErrorCode::notSupported,
                  "Memcached can only be given back strings, and this snapshot is none");
    }
    domain::TtlChange ttl = domain::NoTtl{};
    if (capture.deadline) ttl = std::chrono::ceil<milliseconds>(*capture.deadline - now);
    return store(capture.key, *content, capture.flags, ttl);
  }

 private:
  [[nodiscard]] const Dialect& dialect() const { return *facts_.dialect; }
  [[nodiscard]] Result<WireKey> keyFor(BytesView key) const { return dialect().keyFor(key); }
  /// Text commands bind no part of a value to a CAS.
  [[nodiscard]] bool isBeyondGuard() const {
    return guard_.kind == Guard::Kind::unchanged && !dialect().isMeta();
  }

  [[nodiscard]] Result<Step> extend(const Bytes& name, const domain::ExtendText& change) const {
    if (guard_.kind == Guard::Kind::absent) return fail(absentKey());
    if (isBeyondGuard()) return notOneCommand();
    const auto key = keyFor(name);
    if (!key) return fail(key.error());
    if (auto fits = checkItemSize(facts_, name, change.text.size()); !fits) return fail(fits.error());
    Step step{.kind = StepKind::extend, .key = name, .request = {}};
    const auto mode = change.end == domain::End::right ? StoreMode::append : StoreMode::prepend;
    // Flags and TTL of the item stay, whatever the request says.
    dialect().appendStore(step.request, *key, change.text, {.cas = casOf(guard_), .mode = mode});
    return step;
  }

  [[nodiscard]] Result<Step> increment(const Bytes& name, const domain::IncrementNumber& change) const {
    if (guard_.kind == Guard::Kind::absent) return fail(absentKey());
    if (isBeyondGuard()) return notOneCommand();
    const auto key = keyFor(name);
    if (!key) return fail(key.error());
    Step step{.kind = StepKind::increment, .key = name, .request = {}};
    const auto size = static_cast<std::uint64_t>(change.by);
    dialect().appendArithmetic(
        step.request, *key,
        {.delta = change.by < 0 ? 0 - size : size, .decrement = change.by < 0, .cas = casOf(guard_)});
    return step;
  }

  /// With a guard the mode was judged before.
  [[nodiscard]] StepKind kindOf(domain::SetMode mode) const {
    if (guard_.kind != Guard::Kind::none || mode == domain::SetMode::any) return StepKind::store;
    return mode == domain::SetMode::add ? StepKind::add : StepKind::replace;
  }

  [[nodiscard]] StoreMode storeModeOf(StepKind kind) const {
    if (kind == StepKind::add || guard_.kind == Guard::Kind::absent) return StoreMode::add;
    return kind == StepKind::replace ? StoreMode::replace : StoreMode::set;
  }

  [[nodiscard]] Result<Step> store(const Bytes& name, BytesView value, std::uint32_t flags,
                                   const domain::TtlChange& ttl,
                                   domain::SetMode setMode = domain::SetMode::any) const {
    const auto key = keyFor(name);
    if (!key) return fail(key.error());
    if (auto fits = checkItemSize(facts_, name, value.size()); !fits) return fail(fits.error());
    const auto exptime = exptimeOf(ttl);
    if (!exptime) return fail(exptime.error());
    Step step{.kind = kindOf(setMode), .key = name, .request = {}};
    dialect().appendStore(
        step.request, *key, value,
        {.flags = flags, .exptime = *exptime, .cas = casOf(guard_), .mode = storeModeOf(step.kind)});
    return step;
  }

  [[nodiscard]] Result<Step> remove(const Bytes& name) const {
    if (guard_.kind == Guard::Kind::absent) return checkAbsent(name);
    const auto key = keyFor(name);
    if (!key) return fail(key.error());
    const auto cas = casOf(guard_);
    Step step{.kind = cas ? StepKind::removeUnchanged : StepKind::remove, .key = name, .request = {}};
    dialect().appendDelete(step.request, *key, cas);
    return step;
  }

  [[nodiscard]] Result<Step> checkAbsent(const Bytes& name) const {
    const auto key = keyFor(name);
    if (!key) return fail(key.error());
    Step step{.kind = StepKind::checkAbsent, .key = name, .request = {}};
    dialect().appendGet(step.request, *key, Part::presence);
    return step;
  }

  [[nodiscard]] Result<std::int64_t> exptimeOf(const domain::TtlChange& ttl) const {
    if (const auto* duration = std::get_if<milliseconds>(&ttl))
      return exptimeFor(*duration, facts_.serverNow());
    if (std::holds_alternative<domain::NoTtl>(ttl)) return 0;
    return fail(ErrorCode::internalError, "a TTL to keep must be looked up first");
  }

  static Result<Step> notOneCommand() {
    return fail(ErrorCode::internalError, "this change takes more than one command");
  }

  const Guard& guard_;
  const ServerFacts& facts_;
};

bool makesAnItem(StepKind kind) {
  switch (kind) {
    case StepKind::store:
    case StepKind::add:
    case StepKind::replace:
    case StepKind::extend:
    case StepKind::increment:
      return true;
    case StepKind::remove:
    case StepKind::removeUnchanged:
    case StepKind::touch:
    case StepKind::checkAbsent:
    case StepKind::look:
      return false;
  }
  return false;
}

}  // namespace

Result<Step> planStep(const domain::Mutation& mutation, const Guard& guard, const ServerFacts& facts) {
  if (auto checked = checkMutation(mutation); !checked) return fail(checked.error());
  return std::visit(Planner(guard, facts), mutation);
}

ApplyOutcome outcomeOf(StepKind kind, const Reply& reply) {
  switch (reply.kind) {
    case ReplyKind::done:
      if (kind != StepKind::checkAbsent) return {};
      return changedMeanwhile();
    case ReplyKind::miss:
    case ReplyKind::end:
      if (kind == StepKind::checkAbsent) return {};
      return refusedAbsent();
    case ReplyKind::value:
      if (kind == StepKind::checkAbsent) return changedMeanwhile();
      if (kind == StepKind::look) return {};
      if (kind != StepKind::increment) break;
      return {.status = ApplyStatus::applied, .error = {}, .result = reply.value};
    case ReplyKind::notFound:
      if (kind == StepKind::remove) return {};
      return kind == StepKind::increment || kind == StepKind::touch ? refusedAbsent() : changedMeanwhile();
    case ReplyKind::notStored:
      if (kind == StepKind::add) return refused(existsAlready());
      if (kind == StepKind::replace || kind == StepKind::extend) return refusedAbsent();
      return changedMeanwhile();
    case ReplyKind::exists:
      return changedMeanwhile();
    case ReplyKind::serverError:
      // Memcached has then dropped the key's old value (see checkItemSize), or not: somebody has to look.
      if (makesAnItem(kind)) return {.status = ApplyStatus::unknown, .error = errorFrom(reply)};
      return refused(errorFrom(reply));
    default:
      break;
  }
  return {.status = ApplyStatus::unknown, .error = errorFrom(reply)};
}

bool leavesDoubt(StepKind kind, const Reply& reply) {
  if (reply.kind == ReplyKind::serverError) return makesAnItem(kind);
  return reply.kind == ReplyKind::notStored && kind == StepKind::extend;
}

ApplyOutcome withoutDoubt(StepKind kind, ApplyOutcome doubtful, bool isThere) {
  const bool wasNotExtended = kind == StepKind::extend && doubtful.status == ApplyStatus::refused;
  if (wasNotExtended && !isThere) return doubtful;
  if (wasNotExtended) {
    return refused({.code = ErrorCode::validationError,
                    .message =
                        "the value would become larger than this server takes, or than it has memory for; "
                        "nothing was changed"});
  }
  doubtful.status = isThere ? ApplyStatus::refused : ApplyStatus::dropped;
  return doubtful;
}

ApplyOutcome outcomeOfFailure(Error error, bool sent) {
  const bool unanswered = error.code == ErrorCode::timeout || error.code == ErrorCode::cancelled ||
                          error.code == ErrorCode::connectionFailed;
  if (!sent) return {.status = ApplyStatus::notSent, .error = std::move(error)};
  return {.status = unanswered ? ApplyStatus::unknown : ApplyStatus::refused, .error = std::move(error)};
}

ApplyOutcome refused(Error error) {
  return {.status = ApplyStatus::refused, .error = std::move(error)};
}

ApplyOutcome refusedAbsent() {
  return refused(absentKey());
}

ApplyOutcome changedMeanwhile() {
  return {.status = ApplyStatus::changed, .error = changedSinceCapture()};
}

}  // namespace cachify::cache::memcached
