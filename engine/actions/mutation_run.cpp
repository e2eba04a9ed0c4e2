#include "actions/mutation_run.hpp"

#include <fmt/format.h>

#include <boost/endian/conversion.hpp>

#include "actions/snapshot_blob.hpp"

namespace cachify::actions {

using cache::ApplyStatus;
using domain::Action;
using domain::Capture;

namespace {

/// How often a key may change between capture and act before the command gives up with CONFLICT.
constexpr std::uint32_t kMaxRecaptures = 3;
std::vector<Bytes> copyKeys(const domain::Mutation& mutation) {
  const auto views = domain::keysOf(mutation);
  return {views.begin(), views.end()};
}

Error changedMeanwhile() {
  return {
      .code = ErrorCode::conflict,
      .message =
          "the key was changed by somebody else meanwhile; nothing was written. Look again, then repeat."};
}

std::string ttlWords(const domain::TtlChange& change) {
  const auto* time = std::get_if<std::chrono::milliseconds>(&change);
  return fmt::format("{} {}", change.index(), time == nullptr ? 0 : time->count());
}

/// What tells two commands of one action on the same keys apart. Values only as keyed digests.
std::vector<std::string> variantOf(const domain::Mutation& mutation, const StateDigester& digester) {
  if (const auto* set = std::get_if<domain::SetMutation>(&mutation)) {
    return {digester(sha256(set->value)), ttlWords(set->ttl), std::to_string(set->flags),
            std::to_string(static_cast<int>(set->mode))};
  }
  if (const auto* edit = std::get_if<domain::EditMutation>(&mutation))
    return {std::string(domain::nameOf(edit->change)), digester(domain::digestOf(edit->change))};
  if (const auto* ttl = std::get_if<domain::TtlMutation>(&mutation)) return {ttlWords(ttl->ttl)};
  if (const auto* rename = std::get_if<domain::RenameMutation>(&mutation))
    return {rename->replace ? "replace" : "keep"};
  if (const auto* restore = std::get_if<domain::RestoreMutation>(&mutation)) {
    const auto& capture = restore->capture;
    return {digester(sha256(encodeBlob(capture))), std::string(domain::wireName(capture.type)),
            capture.deadline ? toIso8601(*capture.deadline) : "none"};
  }
  return {};
}

}  // namespace

MutationRun::MutationRun(MutatorDeps deps, MutationCommand command, std::stop_token stop)
    : deps_(deps),
      command_(std::move(command)),
      stop_(std::move(stop)),
      trace_{.correlation = Uuid::makeV7(deps.context.clock.now()), .causation = {}},
      profile_(command_.profile),
      keys_(copyKeys(command_.mutation)) {}

domain::ActRequest MutationRun::actRequest(const std::vector<Capture>* captures) const {
  domain::ActRequest request{.action = actionOf(command_.mutation)};
  request.confirmation = command_.consent.confirmation;
  if (captures != nullptr && (request.action == Action::rename || request.action == Action::restore)) {
    request.onExisting = captures->back().existed();
  }
  return request;
}

std::optional<log::Idempotency> MutationRun::idempotency() const {
  if (!command_.consent.idempotencyKey) return std::nullopt;
  Sha256 hash;
  const auto part = [&hash](BytesView bytes) {
    const std::uint64_t length = boost::endian::native_to_big(static_cast<std::uint64_t>(bytes.size()));
    hash.update(BytesView(reinterpret_cast<const char*>(&length), sizeof length)).update(bytes);
  };
  part(command_.profile.id.toString());
  part(domain::wireName(actionOf(command_.mutation)));
  for (const auto& key : keys_) part(key);
  for (const auto& text : variantOf(command_.mutation, digester_)) part(text);
  return log::Idempotency{.key = *command_.consent.idempotencyKey, .content = hash.finish()};
}

bool MutationRun::harmlessToRepeat() const {
  // UNLINK, PEXPIREAT, PERSIST, RESTORE REPLACE and plain SET end in the same state if the key is still as
  // captured.
  const bool isEdit = std::holds_alternative<domain::EditMutation>(command_.mutation);
  return !isEdit && actionOf(command_.mutation) != Action::rename;
}

events::Operation MutationRun::operation(const AttemptCounter& counter) const {
  return {.connectionId = command_.profile.id,
          .environment = profile_.environment,
          .action = command_.operation,
          .keyOrPattern = keys_.front(),
          .duration = counter.duration(),
          .attempts = std::max(1U, counter.attempts()),
          .change = intent_ ? intent_->report.change : std::string(),
          .mutationId = intent_ ? intent_->id : MutationId()};
}

Task<MutationReport> MutationRun::execute() {
  Result<void> prepared = co_await prepare();
  AttemptCounter counter(profile_.retry, profile_.timeout, stop_);
  if (!prepared) co_return co_await finishFailed(std::move(prepared.error()), counter);
  if (repeated_) co_return co_await repeatedOutcome(*repeated_);
  co_return co_await runAttempts(counter);
}

Task<void> MutationRun::prepare() {
  auto allowed = deps_.gate.check(command_.profile.id, actRequest(nullptr));
  if (!allowed) co_return std::unexpected(allowed.error());
  profile_ = std::move(*allowed);
  auto& keeper = deps_.vault;
  const auto open = [&keeper] { return keeper.open(); };
  Result<std::shared_ptr<const log::Vault>> vault = co_await onPool(deps_.context.blocking, open);
  if (vault) {
    vault_ = *vault;
    digester_ = StateDigester(vault_->digestKey());
  } else {
    noVaultReason_ = vault.error().message;
  }
  if (const auto key = idempotency()) {
    auto found = deps_.context.log.findIdempotent(*key);
    if (!found) co_return std::unexpected(found.error());
    repeated_ = *found;
  }
  co_return Result<void>();
}

Task<MutationReport> MutationRun::runAttempts(AttemptCounter& counter) {
  for (;;) {
    const CallContext context = counter.next();
    attempts_ = counter.attempts();
    Result<Step> step = Step::again;
    while (step && *step == Step::again) step = co_await attemptOnce(context);
    if (repeated_) co_return co_await repeatedOutcome(*repeated_);
    if (step) co_return co_await recordSuccess(counter);
    Error error = std::move(step.error());
    if (intent_ && intent_->sent && !harmlessToRepeat()) error.retryable = false;
    std::optional<Error> final = co_await counter.afterFailure(std::move(error));
    if (final) co_return co_await finishFailed(std::move(*final), counter);
  }
}

Task<MutationRun::Step> MutationRun::attemptOnce(CallContext context) {
  Result<std::shared_ptr<cache::CacheSession>> session = co_await deps_.sessions.session(profile_);
  if (!session) co_return std::unexpected(session.error());
  Result<cache::HeldCapture> held = co_await captureKeys(**session, context);
  if (!held) co_return std::unexpected(held.error());

  Result<Authorization> authorization = fail(ErrorCode::internalError, "not authorized");
  if (intent_) {
    Result<Step> still = compareWithIntent(held->captures);
    if (!still || *still == Step::done) co_return still;
    authorization = deps_.gate.authorize(command_.profile.id, actRequest(&held->captures), keys_);
  } else {
    authorization = co_await recordIntent(held->captures);
  }
  if (!authorization) co_return std::unexpected(authorization.error());

  std::vector<domain::Mutation> mutations{command_.mutation};
  std::vector<cache::ApplyOutcome> outcomes = co_await (*session)->apply(
      std::move(authorization->permit), std::move(mutations), std::move(held->hold), context);
  Result<Step> step = judgeOutcome(std::move(outcomes.front()));
  if (step && *step == Step::again) supersedeIntent();
  co_return step;
}

Task<cache::HeldCapture> MutationRun::captureKeys(cache::CacheSession& session, CallContext context) {
  cache::CaptureLimits limits;
  if (const auto* edit = std::get_if<domain::EditMutation>(&command_.mutation)) {
    // What an edit makes of a value can only be told from the value, or from the elements that it names.
    limits.maxLogicalBytes = limits.maxBytes;
    limits.elements = domain::namedElements(edit->change);
    limits.elementsOf = domain::typeOf(edit->change);
  } else if (const auto* restore = std::get_if<domain::RestoreMutation>(&command_.mutation)) {
    limits.elements = restore->capture.elements;
    limits.elementsOf = restore->capture.type;
    limits.wholeUpToBytes = 0;
  }
  if (!unheld_) {
    Result<cache::HeldCapture> held = co_await session.captureHeld(keys_, limits, context);
    // For want of a right (WATCH), or because the server knows no way (memcached -C).
    const bool mayNotHold = !held && held.error().detail("capability") != nullptr;
    if (!mayNotHold) co_return held;
    unheld_ = true;
  }
  Result<std::vector<Capture>> captures = co_await session.capture(keys_, limits, context);
  if (!captures) co_return std::unexpected(captures.error());
  cache::HeldCapture result{std::move(*captures), nullptr};
  co_return result;
}

bool MutationRun::fallBackToLogicalCopy(const Rare<Error>& refusal) {
  auto* restore = std::get_if<domain::RestoreMutation>(&command_.mutation);
  const bool possible = restore != nullptr && restore->capture.dump && restore->capture.logical.index() != 0;
  if (!possible || !refusal || refusal->code != ErrorCode::notSupported) return false;
  restore->capture.dump.reset();
  ++recaptures_;
  supersededBecause_ = *refusal;
  return true;
}

Result<MutationRun::Step> MutationRun::compareWithIntent(const std::vector<Capture>& captures) {
  bool asBefore = true;
  bool asAfter = true;
  for (std::size_t i = 0; i < captures.size(); ++i) {
    const auto now = stateOf(captures[i], digester_);
    asBefore = asBefore && sameState(now, intent_->before[i]);
    asAfter = asAfter && sameState(now, intent_->after[i]);
  }
  if (asBefore) return Step::again;
  if (asAfter && intent_->sent) return Step::done;  // the answer was lost, the act was not
  return fail(changedMeanwhile());
}

Error MutationRun::noteDropped(Error error) {
  const auto& written = intent_->report.snapshots.back();
  if (!written.existed) return error;
  intent_->left = intent_->before;
  intent_->left.back() = {.key = written.key};
  error.message += fmt::format(
      "; the server dropped the old value with it: cachify snapshots restore {} brings "
      "it back once there is room",
      written.id.toString());
  return std::move(error).with("oldValueDropped", true).with("snapshotId", written.id.toString());
}

Result<MutationRun::Step> MutationRun::judgeOutcome(cache::ApplyOutcome outcome) {
  switch (outcome.status) {
    case ApplyStatus::applied:
      intent_->report.result = std::move(outcome.result);
      completeIntent();
      return Step::done;
    case ApplyStatus::changed:
      supersededBecause_ = changedMeanwhile();
      if (++recaptures_ <= kMaxRecaptures) return Step::again;
      return fail(changedMeanwhile());
    case ApplyStatus::unknown:
      intent_->sent = true;
      return fail(
          outcome.error.value_or(Error{.message = "no answer"}).with("outcome", std::string("unknown")));
    case ApplyStatus::refused:
      // The server said no: whatever an earlier attempt left open is settled by this answer.
      intent_->sent = false;
      if (fallBackToLogicalCopy(outcome.error)) return Step::again;
      return fail(outcome.error.value_or(Error{.message = "refused"}));
    case ApplyStatus::dropped:
      intent_->sent = false;
      return fail(noteDropped(outcome.error.value_or(Error{.message = "refused"})));
    case ApplyStatus::notSent:
      return fail(outcome.error.value_or(Error{.message = "not sent"}));
  }
  return fail(ErrorCode::internalError, "unknown outcome of an apply");
}

}  // namespace cachify::actions
