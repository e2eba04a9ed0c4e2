// What stands in the log before a mutation is sent: whether it can be undone, its snapshots, the intent.

#include <fmt/format.h>

#include "actions/mutation_run.hpp"
#include "actions/snapshot_blob.hpp"

namespace cachify::actions {

using domain::Capture;

namespace {

/// How often profiles may change between decision and append; each round decides anew.
constexpr int kMaxPolicyRaces = 8;

bool awaitsId(const domain::Mutation& mutation) {
  const auto* edit = std::get_if<domain::EditMutation>(&mutation);
  return edit != nullptr && domain::takesServerId(edit->change);
}

/// Where there is a DUMP to restore from, only small values are kept in both forms.
void dropLargeCopy(Capture& capture) {
  const bool isLarge = capture.sizeBytes > cache::CaptureLimits().maxLogicalBytes;
  if (capture.dump && isLarge) capture.logical = {};
}

/// True for a failure to capture that a person must accept on any environment: the value is there but too
/// large.
bool needsConsentEverywhere(const Error& error) {
  return error.detail("limitBytes") != nullptr;
}

}  // namespace

Result<void> MutationRun::judgeUndo(const std::vector<Capture>& captures, Intent& intent) const {
  std::optional<Error> missing;
  std::optional<Error> untimed;
  for (const auto& capture : captures) {
    if (!capture.existed()) continue;
    if (capture.deadlineNotRead) untimed = *capture.deadlineNotRead;
    if (capture.notCaptured) missing = *capture.notCaptured;
    if (!vault_) missing = Error{.code = ErrorCode::notSupported, .message = noVaultReason_};
  }
  if (!missing && !untimed) return {};
  intent.report.valueKept = !missing;
  if (!missing) missing = std::move(untimed);
  intent.report.undoable = false;
  intent.report.noUndoReason = missing->message;
  if (command_.consent.acceptNoUndo) return {};
  if (profile_.environment != domain::Environment::prod && !needsConsentEverywhere(*missing)) return {};
  return fail(
      Error{.code = ErrorCode::unauthorized,
            .message = fmt::format("no snapshot can be taken that leads all the way back, so this could "
                                   "not be undone ({}). --accept-no-undo goes on without one.",
                                   missing->message)}
          .with("policy", std::string(domain::wireName(domain::PolicyRule::prodGuardrail)))
          .with("action", std::string(domain::wireName(actionOf(command_.mutation))))
          .with("noUndo", true));
}

Result<log::AppendRequest> MutationRun::draftIntent(std::vector<Capture>& captures, Intent& intent) {
  const Context& context = deps_.context;
  const WallTime now = context.clock.now();
  intent.id = MutationId::make(now);
  for (const auto& capture : captures) intent.before.push_back(stateOf(capture, digester_));
  intent.after = statesAfter(command_.mutation, captures, now, digester_);
  if (intent.after.front().digest.empty()) intent.after.front().digest = command_.restoredDigest;
  if (awaitsId(command_.mutation)) intent.stream = captures.front();
  for (auto& capture : captures) dropLargeCopy(capture);
  for (std::size_t i = 0; i < captures.size(); ++i) {
    if (i > 0) intent.report.change += "; ";
    intent.report.change += describeChange(intent.before[i], intent.after[i], now);
  }

  std::vector<Bytes> blobs;
  std::vector<events::SnapshotCaptured> snapshots;
  for (std::size_t i = 0; i < captures.size(); ++i) {
    events::SnapshotCaptured snapshot{.connectionId = command_.profile.id,
                                      .reason = actionOf(command_.mutation),
                                      .state = intent.before[i]};
    if (captures[i].existed() && captures[i].notCaptured)
      snapshot.notCaptured = captures[i].notCaptured->message;
    if (captures[i].existed() && !vault_) snapshot.notCaptured = noVaultReason_;
    if (captures[i].existed() && snapshot.notCaptured.empty()) {
      snapshot.packIndex = static_cast<std::uint32_t>(blobs.size());
      blobs.push_back(encodeBlob(captures[i]));
    }
    snapshots.push_back(std::move(snapshot));
  }
  log::AppendRequest request;
  request.frames = superseded_;
  if (!blobs.empty()) {
    auto sealed = vault_->seal(intent.id.value(), blobs);
    if (!sealed) return std::unexpected(sealed.error());
    request.chunks = std::move(*sealed);
  }

  const std::string stream = mutationsStream(context.session);
  const Trace trace{trace_.correlation, intent.id.value()};
  request.frames.push_back(makeFrame<events::SnapshotCaptured>(context, trace, stream, snapshots));
  events::MutationRequested requested{
      .connectionId = command_.profile.id,
      .action = actionOf(command_.mutation),
      .keys = keys_,
      .snapshots = {},
      .undoable = intent.report.undoable,
      .confirmed = command_.consent.confirmation == profile_.name,
      .acceptedNoUndo = !intent.report.undoable && command_.consent.acceptNoUndo,
      .change = intent.report.change,
      .intended = intent.after};
  for (std::size_t i = 0; i < captures.size(); ++i) {
    const SnapshotId id(request.frames.back().firstEventId.offsetBy(i));
    requested.snapshots.push_back(id);
    intent.report.snapshots.push_back({.id = id, .key = captures[i].key, .existed = captures[i].existed()});
  }
  request.frames.push_back(makeFrame(context, trace_, stream, requested, intent.id.value()));
  if (recaptures_ == 0) request.idempotency = idempotency();
  intent.report.id = intent.id;
  return request;
}

Task<Authorization> MutationRun::recordIntent(std::vector<Capture>& captures) {
  if (command_.precondition) {
    if (auto ok = command_.precondition(command_.mutation, captures); !ok)
      co_return std::unexpected(ok.error());
  }
  Intent intent;
  if (auto ok = judgeUndo(captures, intent); !ok) co_return std::unexpected(ok.error());
  const auto draft = draftIntent(captures, intent);
  if (!draft) co_return std::unexpected(draft.error());
  for (int race = 0; race < kMaxPolicyRaces; ++race) {
    auto authorization = deps_.gate.authorize(command_.profile.id, actRequest(&captures), keys_);
    if (!authorization) co_return authorization;
    log::AppendRequest request = *draft;
    request.conditions.push_back({.stream = "connections", .version = authorization->connectionsVersion});
    Result<log::AppendReceipt> receipt = co_await append(deps_.context.log, std::move(request));
    if (receipt && receipt->repeated) {
      repeated_ = *receipt;
      co_return fail(ErrorCode::conflict, "executed before under this idempotency key");
    }
    if (receipt) {
      superseded_.clear();
      intent_ = std::move(intent);
      co_return authorization;
    }
    const bool profilesChanged =
        receipt.error().code == ErrorCode::conflict && receipt.error().detail("stream") != nullptr;
    if (!profilesChanged) co_return std::unexpected(receipt.error());
  }
  co_return fail(ErrorCode::conflict, "connection profiles keep changing; try again");
}

void MutationRun::completeIntent() {
  if (!intent_->stream || intent_->report.result.empty()) return;
  std::get<domain::AddEntry>(std::get<domain::EditMutation>(command_.mutation).change).id =
      intent_->report.result;
  const std::vector<Capture> before{*std::move(intent_->stream)};
  intent_->after = statesAfter(command_.mutation, before, deps_.context.clock.now(), digester_);
}

}  // namespace cachify::actions
