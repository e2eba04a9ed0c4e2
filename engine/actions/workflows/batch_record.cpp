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

events::StepSucceeded succeededEvent(BatchStep&& step) {
  return {.key = std::move(step.planned.item.key),
          .action = std::string(domain::wireName(step.action())),
          .attempts = step.attempts,
          .snapshot = step.snapshot,
          .after = std::move(step.after)};
}

events::StepFailed failedEvent(BatchStep&& step) {
  return {.key = std::move(step.planned.item.key),
          .action = std::string(domain::wireName(step.action())),
          .attempts = step.attempts,
          .snapshot = step.snapshot,
          .errorCode = std::string(wireName(step.error->code)),
          .message = std::move(step.error->message),
          .unknown = step.unknown};
}

events::StepSkipped skippedEvent(BatchStep&& step) {
  return {.key = std::move(step.planned.item.key),
          .action = std::string(domain::wireName(step.action())),
          .reason = std::move(step.reason)};
}

/// One frame of all steps that ended so, if there are any.
template <class Event, class Make>
void addFrame(const BatchOrders& orders, const Trace& trace, std::vector<BatchStep>& steps,
              BatchStep::State state, Make make, std::vector<log::FrameDraft>& frames) {
  std::vector<std::string> payloads;
  payloads.reserve(steps.size());
  for (auto& step : steps) {
    if (step.state == state) payloads.push_back(encode(make(std::move(step))));
  }
  if (payloads.empty()) return;
  frames.push_back(makeFrameOf<Event>(orders.context, trace, orders.journal.stream(), std::move(payloads)));
}

}  // namespace

domain::ActRequest Batch::request() const {
  domain::ActRequest request{
      .action = permitAction(steps_.front().action()), .bulk = true, .hasFreshPlan = true};
  request.confirmation = orders_.confirmation;
  return request;
}

Result<Batch::SealedSnapshots> Batch::seal(const std::vector<KeptKey>& kept, MutationId intent) const {
  const auto reasonAgainst = [this](const Capture& capture) -> std::string {
    if (!capture.existed()) return {};
    if (!orders_.vault) return orders_.noVaultReason;
    return capture.notCaptured ? capture.notCaptured->message : std::string();
  };
  std::vector<Bytes> blobs;
  blobs.reserve(kept.size());
  for (const auto& key : kept) {
    if (key.capture.existed() && reasonAgainst(key.capture).empty()) blobs.push_back(encodeBlob(key.capture));
  }
  SealedSnapshots sealed;
  if (!blobs.empty()) {
    auto pack = orders_.vault->seal(intent.value(), blobs);
    if (!pack) return std::unexpected(pack.error());
    sealed.chunks = std::move(*pack);
  }
  const events::SnapshotEncoder encoder(orders_.profile.id, request().action);
  std::uint32_t next = 0;
  sealed.payloads.reserve(kept.size());
  for (const auto& key : kept) {
    const std::string notCaptured = reasonAgainst(key.capture);
    const bool isSealed = key.capture.existed() && notCaptured.empty();
    const auto packIndex = isSealed ? std::optional(next++) : std::nullopt;
    sealed.payloads.push_back(encoder(key.state(), packIndex, notCaptured));
  }
  return sealed;
}

Result<log::AppendRequest> Batch::draftIntent(Intent& intent, std::vector<Capture>& captures) {
  const std::vector<KeptKey> kept = judgeCaptures(intent, captures);
  log::AppendRequest append;
  if (kept.empty()) return append;
  const Context& context = orders_.context;
  auto sealed = seal(kept, intent.id);
  if (!sealed) return std::unexpected(sealed.error());
  const std::string stream = mutationsStream(context.session);
  const Trace trace{orders_.journal.execution().value(), intent.id.value()};
  const events::MutationBatchRequested requested{.connectionId = orders_.profile.id,
                                                 .execution = orders_.journal.execution(),
                                                 .action = request().action,
                                                 .firstStep = first_,
                                                 .snapshots = kept.size(),
                                                 .runVersion = intent.runVersion,
                                                 .confirmed = orders_.confirmation == orders_.profile.name,
                                                 .acceptedNoUndo = orders_.acceptNoUndo};
  append.chunks = std::move(sealed->chunks);
  append.frames.push_back(
      makeFrameOf<events::SnapshotCaptured>(context, trace, stream, std::move(sealed->payloads)));
  append.frames.push_back(makeFrame(context, orders_.journal.trace(), stream, requested, intent.id.value()));
  if (auto ok = log::prepareFrames(append); !ok) return std::unexpected(ok.error());
  return append;
}

Task<Authorization> Batch::recordIntent(Intent intent, log::AppendRequest drafted) {
  for (int race = 0; race < kMaxBatchPolicyRaces; ++race) {
    auto authorization = orders_.gate.authorize(orders_.profile.id, request(), keysOfSteps(intent.steps));
    if (!authorization) co_return std::unexpected(authorization.error());
    log::AppendRequest append = drafted;
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

log::AppendRequest Batch::draftOutcome() {
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
  steps_ = {};  // and what they restored: while the batch waits for its turn, its drafted frames are enough
  return append;
}

Task<void> Batch::draft() {
  const auto draft = [this]() -> Result<log::AppendRequest> { return draftOutcome(); };
  Result<log::AppendRequest> drafted = co_await onPool(orders_.context.blocking, draft);
  if (!drafted) co_return std::unexpected(drafted.error());
  Result<RunJournal::Prepared> prepared = co_await orders_.journal.prepare(std::move(*drafted));
  if (!prepared) co_return std::unexpected(prepared.error());
  drafted_ = std::move(*prepared);
  co_return Result<void>();
}

Task<void> Batch::record() {
  Result<log::AppendReceipt> receipt = co_await orders_.journal.append(std::move(drafted_));
  if (!receipt) co_return std::unexpected(receipt.error());
  co_return Result<void>();
}

}  // namespace cachify::actions
