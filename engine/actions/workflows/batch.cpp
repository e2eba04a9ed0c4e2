#include "actions/workflows/batch.hpp"

#include <algorithm>

#include "actions/workflows/snapshot_reader.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {

using cache::ApplyStatus;
using domain::StepAction;

namespace {

/// The whole batch can be tried again after these; after others the steps that are open fail.
bool endsRun(const Error& error) {
  if (error.code == ErrorCode::unauthorized && error.detail("policy") != nullptr) return true;
  return error.detail("full") != nullptr || error.detail("damaged") != nullptr ||
         error.detail("superseded") != nullptr;
}

domain::RetryPolicy everyAttempt(domain::RetryPolicy policy) {
  policy.abortOnErrorRate = 1;  // in a run that is a matter of steps, not of attempts
  return policy;
}

}  // namespace

Batch::Batch(const BatchOrders& orders, std::uint64_t first, std::vector<BatchStep> steps)
    : orders_(orders), first_(first), steps_(std::move(steps)) {}

std::vector<std::size_t> Batch::openSteps() const {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].isOpen()) open.push_back(i);
  }
  return open;
}

void Batch::failOpen(const Error& error) {
  for (auto& step : steps_) {
    if (!step.isOpen()) continue;
    step.unknown = step.sent;
    step.fail(error);
  }
}

Task<void> Batch::execute() {
  AttemptCounter counter(everyAttempt(orders_.retry), orders_.profile.timeout, {});
  Result<void> loaded = co_await loadSnapshots();
  if (!loaded) {
    failOpen(loaded.error());
    count();
    co_return Result<void>();
  }
  Result<void> done;
  for (;;) {
    const CallContext context = counter.next();
    lastRefusal_.reset();
    for (const std::size_t i : openSteps()) steps_[i].attempts = counter.attempts();
    done = co_await attempt(context);
    if (done && openSteps().empty()) break;
    Error error =
        done ? lastRefusal_.value_or(Error{.code = ErrorCode::internalError, .message = "not judged"})
             : done.error();
    if (endsRun(error)) {
      failOpen(error);
      break;
    }
    done = {};
    std::optional<Error> final = co_await counter.afterFailure(std::move(error));
    if (!final) continue;
    failOpen(*final);
    break;
  }
  count();
  co_return done;
}

Task<void> Batch::attempt(CallContext context) {
  Result<void> judged = co_await judgeFacts(context);
  if (!judged) co_return judged;
  Result<std::vector<domain::Capture>> captures = co_await capture(context);
  if (!captures) co_return std::unexpected(captures.error());

  Intent intent{.id = MutationId::make(orders_.context.clock.now()),
                .runVersion = orders_.journal.version(),
                .began = std::chrono::steady_clock::now()};
  const auto draft = [&] { return draftIntent(intent, *captures); };
  Result<log::AppendRequest> drafted = co_await onPool(orders_.context.blocking, draft);
  if (!drafted) co_return std::unexpected(drafted.error());
  if (intent.steps.empty()) co_return Result<void>();
  Result<Authorization> authorization = co_await recordIntent(std::move(intent), std::move(*drafted));
  if (!authorization) co_return std::unexpected(authorization.error());
  Result<void> acted = co_await act(std::move(*authorization), context);
  co_return acted;
}

std::vector<Batch::KeptKey> Batch::judgeCaptures(Intent& intent, std::vector<domain::Capture>& captures) {
  const WallTime now = orders_.context.clock.now();
  std::vector<KeptKey> kept;
  kept.reserve(captures.size());
  std::size_t at = 0;
  for (const std::size_t i : openSteps()) {
    BatchStep& step = steps_[i];
    const std::size_t keys = step.action() == StepAction::rename ? 2 : 1;
    const std::span<domain::Capture> own(captures.data() + at, keys);
    at += keys;
    judgeCapture(step, own.front(), orders_.digester, now, orders_.ignoresDrift);
    if (step.isOpen()) judgeUndo(step, own);
    if (!step.isOpen()) continue;
    intent.steps.push_back(i);
    kept.push_back({.capture = std::move(own.front()), .before = &step.before});
    if (keys == 1) continue;
    events::KeyState state = stateOf(own.back(), orders_.digester);
    kept.push_back({.capture = std::move(own.back()), .target = std::move(state)});
  }
  return kept;
}

std::vector<Bytes> Batch::keysOfSteps(std::span<const std::size_t> steps) const {
  std::vector<Bytes> keys;
  keys.reserve(steps.size());
  for (const std::size_t i : steps) {
    const auto& item = steps_[i].planned.item;
    keys.push_back(item.key);
    if (item.action == StepAction::rename) keys.push_back(item.renameTo);
  }
  return keys;
}

Task<void> Batch::judgeFacts(CallContext context) {
  std::vector<std::size_t> asked;
  std::vector<Bytes> keys;
  for (const std::size_t i : openSteps()) {
    if (!steps_[i].planned.facts || steps_[i].sent || steps_[i].earlier || orders_.ignoresDrift) continue;
    asked.push_back(i);
    keys.push_back(steps_[i].planned.item.key);
  }
  if (asked.empty()) co_return Result<void>();
  Result<std::vector<cache::KeyDescription>> now =
      co_await orders_.session->describe(std::move(keys), context);
  if (!now) co_return std::unexpected(now.error());
  const WallTime time = orders_.context.clock.now();
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto& key = (*now)[i];
    domain::PlannedFacts facts{.type = key.type, .sizeBytes = key.sizeBytes};
    if (key.ttl) facts.deadline = time + *key.ttl;
    BatchStep& step = steps_[asked[i]];
    if (const auto drift = domain::driftBetween(*step.planned.facts, facts)) step.skip("drift: " + *drift);
  }
  co_return Result<void>();
}

Task<void> Batch::loadSnapshots() {
  std::vector<log::Position> positions;
  for (const auto& step : steps_) {
    if (step.action() == StepAction::restore) positions.push_back(step.planned.snapshot);
  }
  if (positions.empty()) co_return Result<void>();
  const auto open = [this, &positions] {
    return openSnapshots(orders_.context, orders_.vault.get(), positions);
  };
  Result<std::vector<OpenedBulkSnapshot>> opened = co_await onPool(orders_.context.blocking, open);
  if (!opened) co_return std::unexpected(opened.error());
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    auto& snapshot = (*opened)[i];
    if (snapshot.capture.notCaptured) {
      steps_[i].skip("there is no way back: " + snapshot.capture.notCaptured->message);
      continue;
    }
    steps_[i].restored =
        RestoredSnapshot{.capture = std::move(snapshot.capture), .state = std::move(snapshot.state)};
  }
  co_return Result<void>();
}

Task<std::vector<domain::Capture>> Batch::capture(CallContext context) {
  std::vector<Bytes> keys = keysOfSteps(openSteps());
  cache::CaptureLimits limits;
  limits.maxLogicalBytes = 0;  // a DUMP is enough to restore from
  Result<std::vector<domain::Capture>> captures =
      co_await orders_.session->capture(std::move(keys), limits, context);
  co_return captures;
}

void Batch::judgeUndo(BatchStep& step, std::span<const domain::Capture> captures) {
  std::optional<Error> missing;
  for (const auto& capture : captures) {
    if (!capture.existed()) continue;
    if (capture.deadlineNotRead) missing = *capture.deadlineNotRead;
    if (capture.notCaptured) missing = *capture.notCaptured;
    if (!orders_.vault) missing = Error{.code = ErrorCode::notSupported, .message = orders_.noVaultReason};
  }
  if (!missing || orders_.acceptNoUndo) return;
  const bool isTooLarge = missing->detail("limitBytes") != nullptr;
  if (orders_.profile.environment != domain::Environment::prod && !isTooLarge) return;
  step.fail({.code = ErrorCode::unauthorized,
             .message = "no snapshot can be taken, so this could not be undone (" + missing->message +
                        "). --accept-no-undo goes on without one."});
}

Task<void> Batch::act(Authorization authorization, CallContext context) {
  const Intent& intent = intents_.back();
  std::vector<domain::Mutation> mutations;
  mutations.reserve(intent.steps.size());
  for (const std::size_t i : intent.steps) mutations.push_back(mutationOf(steps_[i]));
  std::unique_ptr<cache::Hold> unheld;
  std::vector<cache::ApplyOutcome> outcomes = co_await orders_.session->apply(
      std::move(authorization.permit), std::move(mutations), std::move(unheld), context);
  for (std::size_t k = 0; k < intent.steps.size(); ++k)
    judgeOutcome(steps_[intent.steps[k]], std::move(outcomes[k]));
  co_return Result<void>();
}

void Batch::judgeOutcome(BatchStep& step, cache::ApplyOutcome outcome) {
  if (outcome.status == ApplyStatus::applied) return step.succeed();
  Error error = outcome.error.value_or(Error{.code = ErrorCode::internalError, .message = "no answer"});
  // It went between the look and the act: what was wanted is so, or there is nothing left to do it to.
  if (outcome.status == ApplyStatus::refused && error.code == ErrorCode::notFound)
    return step.skip("the key is not there (any more)");
  const bool wasSent = outcome.status == ApplyStatus::unknown;
  step.sent = step.sent || wasSent;
  const bool mayRepeat = wasSent ? harmlessToRepeat(step.action()) : error.retryable;
  if (mayRepeat && error.retryable) {
    lastRefusal_ = std::move(error);
    return;
  }
  step.unknown = wasSent;
  step.fail(std::move(error));
}

void Batch::count() {
  for (const auto& step : steps_) {
    totals_.succeeded += step.state == BatchStep::State::succeeded ? 1 : 0;
    totals_.failed += step.state == BatchStep::State::failed ? 1 : 0;
    if (step.error && !firstFailure_) firstFailure_ = step.error->code;
    totals_.skipped += step.state == BatchStep::State::skipped ? 1 : 0;
    totals_.retries += step.attempts > 1 ? step.attempts - 1 : 0;
  }
}

}  // namespace cachify::actions
