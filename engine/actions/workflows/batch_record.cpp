// What a batch writes to the log: the intent before it acts, the outcome after.

#include "actions/snapshot_blob.hpp"
#include "actions/workflows/batch.hpp"
#include "events/connection_events.hpp"
#include "log/event_log.hpp"
#include "log/vault.hpp"

namespace cachify::actions {

using domain::Capture;

namespace {

/// How often profiles may change between decision and append; each round decides anew.
constexpr int kMaxBatchPolicyRaces = 8;

struct SealedSnapshots {
  std::vector<events::SnapshotCaptured> events;
  std::vector<log::SealedChunk> chunks;
};

Result<SealedSnapshots> sealSnapshots(const BatchOrders& orders, domain::Action reason,
                                      const std::vector<Capture>& captures, WallTime now) {
  SealedSnapshots sealed;
  sealed.events.reserve(captures.size());
  std::vector<Bytes> blobs;
  for (const auto& capture : captures) {
    events::SnapshotCaptured snapshot{
        .connectionId = orders.profile.id, .reason = reason, .state = stateOf(capture, orders.digester)};
    if (capture.existed() && capture.notCaptured) snapshot.notCaptured = capture.notCaptured->message;
    if (capture.existed() && !orders.vault) snapshot.notCaptured = orders.noVaultReason;
    if (capture.existed() && snapshot.notCaptured.empty()) {
      snapshot.packIndex = static_cast<std::uint32_t>(blobs.size());
      blobs.push_back(encodeBlob(capture));
      snapshot.packId = Uuid::makeV7(now);  // replaced below by the id of the pack they share
    }
    sealed.events.push_back(std::move(snapshot));
  }
  if (blobs.empty()) return sealed;
  auto pack = orders.vault->seal(now, blobs);
  if (!pack) return std::unexpected(pack.error());
  for (auto& snapshot : sealed.events) {
    if (!snapshot.packId.isNil()) snapshot.packId = pack->refs.front().packId;
  }
  sealed.chunks = std::move(pack->chunks);
  return sealed;
}

events::StepSucceeded succeededEvent(const BatchStep& step) {
  return {.key = step.planned.item.key,
          .action = std::string(domain::wireName(step.action())),
          .attempts = step.attempts,
          .snapshot = step.snapshot,
          .after = step.after};
}

events::StepFailed failedEvent(const BatchStep& step) {
  return {.key = step.planned.item.key,
          .action = std::string(domain::wireName(step.action())),
          .attempts = step.attempts,
          .snapshot = step.snapshot,
          .errorCode = std::string(wireName(step.error->code)),
          .message = step.error->message,
          .unknown = step.unknown};
}

events::StepSkipped skippedEvent(const BatchStep& step) {
  return {.key = step.planned.item.key,
          .action = std::string(domain::wireName(step.action())),
          .reason = step.reason};
}

/// One frame of all steps that ended so, if there are any.
template <class Event, class Make>
void addFrame(const BatchOrders& orders, const Trace& trace, const std::vector<BatchStep>& steps,
              BatchStep::State state, Make make, std::vector<log::FrameDraft>& frames) {
  std::vector<Event> events;
  for (const auto& step : steps) {
    if (step.state == state) events.push_back(make(step));
  }
  if (events.empty()) return;
  frames.push_back(
      makeFrame<Event>(orders.context, trace, orders.journal.stream(), std::span<const Event>(events)));
}

}  // namespace

domain::ActRequest Batch::request() const {
  domain::ActRequest request{
      .action = permitAction(steps_.front().action()), .bulk = true, .hasFreshPlan = true};
  request.confirmation = orders_.confirmation;
  return request;
}

Result<log::AppendRequest> Batch::draftIntent(const Intent& intent, std::vector<Capture>& captures) const {
  const Context& context = orders_.context;
  const WallTime now = context.clock.now();
  auto sealed = sealSnapshots(orders_, request().action, captures, now);
  if (!sealed) return std::unexpected(sealed.error());
  const std::string stream = mutationsStream(context.session);
  const Trace trace{orders_.journal.execution().value(), intent.id.value()};
  const events::MutationBatchRequested requested{.connectionId = orders_.profile.id,
                                                 .execution = orders_.journal.execution(),
                                                 .action = request().action,
                                                 .firstStep = first_,
                                                 .snapshots = captures.size(),
                                                 .runVersion = orders_.journal.version(),
                                                 .confirmed = orders_.confirmation == orders_.profile.name,
                                                 .acceptedNoUndo = orders_.acceptNoUndo};
  log::AppendRequest append;
  append.chunks = std::move(sealed->chunks);
  append.frames.push_back(makeFrame<events::SnapshotCaptured>(
      context, trace, stream, std::span<const events::SnapshotCaptured>(sealed->events)));
  append.frames.push_back(makeFrame(context, orders_.journal.trace(), stream, requested, intent.id.value()));
  return append;
}

Task<Authorization> Batch::recordIntent(std::vector<std::size_t> acting, std::vector<Capture> captures) {
  Intent intent{.id = MutationId::make(orders_.context.clock.now()),
                .steps = std::move(acting),
                .began = std::chrono::steady_clock::now()};
  std::vector<Bytes> keys;
  keys.reserve(captures.size());
  for (const auto& capture : captures) keys.push_back(capture.key);
  const auto draft = [&] { return draftIntent(intent, captures); };
  Result<log::AppendRequest> drafted = co_await onPool(orders_.context.blocking, draft);
  if (!drafted) co_return std::unexpected(drafted.error());
  for (int race = 0; race < kMaxBatchPolicyRaces; ++race) {
    auto authorization = orders_.gate.authorize(orders_.profile.id, request(), keys);
    if (!authorization) co_return std::unexpected(authorization.error());
    log::AppendRequest append = *drafted;
    append.conditions.push_back({.stream = std::string(events::kConnectionsStream),
                                 .kind = log::StreamCondition::Kind::exactVersion,
                                 .version = authorization->connectionsVersion});
    Result<log::AppendReceipt> receipt = co_await actions::append(orders_.context.log, std::move(append));
    if (receipt) {
      log::Position position = receipt->first;
      for (const std::size_t i : intent.steps) {
        // The first one is the way back, whatever was tried later.
        if (steps_[i].snapshot == 0) steps_[i].snapshot = position;
        position += steps_[i].action() == domain::StepAction::rename ? 2 : 1;
      }
      intents_.push_back(std::move(intent));
      co_return std::move(*authorization);
    }
    if (receipt.error().code != ErrorCode::conflict) co_return std::unexpected(receipt.error());
  }
  co_return fail(ErrorCode::conflict, "connection profiles are changing all the time; try again");
}

std::vector<events::MutationBatchSettled> Batch::settlements() const {
  std::vector<events::MutationBatchSettled> settled;
  std::vector<std::size_t> seen;
  for (const auto& intent : intents_) {
    events::MutationBatchSettled event{.mutationId = intent.id,
                                       .connectionId = orders_.profile.id,
                                       .duration = std::chrono::duration_cast<std::chrono::microseconds>(
                                           std::chrono::steady_clock::now() - intent.began)};
    for (const std::size_t i : intent.steps) {
      event.applied += steps_[i].state == BatchStep::State::succeeded ? 1 : 0;
      event.unknown += steps_[i].unknown ? 1 : 0;
      event.failed += steps_[i].state == BatchStep::State::failed && !steps_[i].unknown ? 1 : 0;
    }
    settled.push_back(event);
  }
  return settled;
}

log::AppendRequest Batch::draftOutcome() const {
  const Context& context = orders_.context;
  using State = BatchStep::State;
  const Uuid cause = intents_.empty() ? orders_.journal.execution().value() : intents_.back().id.value();
  const Trace trace{orders_.journal.execution().value(), cause};
  log::AppendRequest append;
  addFrame<events::StepSucceeded>(orders_, trace, steps_, State::succeeded, &succeededEvent, append.frames);
  addFrame<events::StepFailed>(orders_, trace, steps_, State::failed, &failedEvent, append.frames);
  addFrame<events::StepSkipped>(orders_, trace, steps_, State::skipped, &skippedEvent, append.frames);
  const auto settled = settlements();
  if (!settled.empty()) {
    append.frames.push_back(
        makeFrame<events::MutationBatchSettled>(context, trace, mutationsStream(context.session),
                                                std::span<const events::MutationBatchSettled>(settled)));
  }
  return append;
}

Task<void> Batch::record() {
  const auto draft = [this]() -> Result<log::AppendRequest> { return draftOutcome(); };
  Result<log::AppendRequest> drafted = co_await onPool(orders_.context.blocking, draft);
  if (!drafted) co_return std::unexpected(drafted.error());
  Result<log::AppendReceipt> receipt = co_await orders_.journal.append(std::move(*drafted));
  if (!receipt) co_return std::unexpected(receipt.error());
  co_return Result<void>();
}

}  // namespace cachify::actions
