#include "actions/rollback.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "actions/restore_rules.hpp"
#include "actions/retrying.hpp"
#include "actions/snapshot_blob.hpp"
#include "actions/view_query.hpp"
#include "log/event_log.hpp"
#include "views/key_snapshots.hpp"

namespace cachify::actions {

using domain::Capture;
using domain::ConnectionProfile;
using events::KeyState;

namespace {

Capture captureFrom(const events::SnapshotCaptured& event) {
  Capture capture{.key = event.state.key,
                  .type = event.state.type,
                  .deadline = event.state.deadline,
                  .sizeBytes = event.state.sizeBytes};
  if (!event.state.deadlineKnown) {
    capture.deadlineNotRead =
        Error{.code = ErrorCode::notSupported, .message = "the server did not tell what was left of the TTL"};
  }
  return capture;
}

/// The newest but for those of mutations that failed and changed nothing: what they found is no way back.
Result<SnapshotId> newestThatCounts(sqlite3& db, ConnectionId connection, const Bytes& key) {
  views::SnapshotFilter filter;
  filter.connectionId = connection;
  filter.key = key;
  do {
    const auto page = views::listSnapshots(db, filter);
    if (!page) return std::unexpected(page.error());
    const auto found = std::ranges::find_if(page->rows, [](const views::SnapshotRow& row) {
      return row.mutationStatus != "failed" || row.after;
    });
    if (found != page->rows.end()) return found->id;
    filter.before = page->next;
  } while (filter.before);
  return fail(ErrorCode::notFound, fmt::format("there is no snapshot of '{}'", escapeForDisplay(key)));
}

/// What the mutation that `snapshot` was taken for made of the key, or might have made of it.
Result<std::vector<KeyState>> statesAfterMutationOf(const log::EventReader& log,
                                                    const RecordedSnapshot& snapshot) {
  const auto outcome = readOutcome(log, snapshot);
  if (!outcome) return std::unexpected(outcome.error());
  std::vector<KeyState> states;
  if (outcome->kind != RecordedOutcome::Kind::applied) states.push_back(snapshot.event.state);
  const bool mayHaveHappened =
      outcome->kind == RecordedOutcome::Kind::unknown || outcome->kind == RecordedOutcome::Kind::open;
  for (const auto& state : mayHaveHappened ? outcome->intended : outcome->after) {
    if (state.key == snapshot.event.state.key) states.push_back(state);
  }
  return states;
}

SnapshotDiff compare(DiffSide left, DiffSide right, WallTime now) {
  const StateDigester plain;
  KeyState a = stateOf(left.capture, plain);
  KeyState b = stateOf(right.capture, plain);
  if (left.capture.digest) a.digest = toHex(*left.capture.digest);
  if (right.capture.digest) b.digest = toHex(*right.capture.digest);
  SnapshotDiff diff{.left = std::move(left), .right = std::move(right)};
  diff.equal = sameState(a, b);
  diff.change = describeChange(a, b, now);
  return diff;
}

}  // namespace

Task<std::shared_ptr<const log::Vault>> Rollback::vault() {
  auto& keeper = vault_;
  const auto openVault = [&keeper] { return keeper.open(); };
  Result<std::shared_ptr<const log::Vault>> opened = co_await onPool(context_.blocking, openVault);
  co_return opened;
}

Task<log::Position> Rollback::positionOf(SnapshotId id) {
  const auto find = [&] {
    return queryViews<log::Position>(context_, [&](sqlite3& db) -> Result<log::Position> {
      const auto row = views::snapshotById(db, id);
      if (!row) return std::unexpected(row.error());
      return row->position;
    });
  };
  Result<log::Position> position = co_await onPool(context_.blocking, find);
  co_return position;
}

Task<SnapshotId> Rollback::latest(ConnectionId connection, Bytes key) {
  const auto find = [&] {
    return queryViews<SnapshotId>(context_,
                                  [&](sqlite3& db) { return newestThatCounts(db, connection, key); });
  };
  Result<SnapshotId> id = co_await onPool(context_.blocking, find);
  co_return id;
}

Task<OpenedSnapshot> Rollback::open(SnapshotId id) {
  Result<log::Position> position = co_await positionOf(id);
  if (!position) co_return std::unexpected(position.error());
  auto recorded = readSnapshot(context_.log, *position);
  if (!recorded) co_return std::unexpected(recorded.error());
  OpenedSnapshot opened{.recorded = std::move(*recorded), .capture = {}};
  const auto& event = opened.recorded.event;
  opened.capture = captureFrom(event);
  if (!event.notCaptured.empty()) {
    opened.capture.notCaptured = Error{.code = ErrorCode::notFound, .message = event.notCaptured};
    co_return opened;
  }
  if (!event.packIndex) co_return opened;
  Result<std::shared_ptr<const log::Vault>> keeper = co_await vault();
  if (!keeper) co_return std::unexpected(keeper.error());
  const Uuid pack = events::packOf(event, opened.recorded.mutation.value());
  const auto chunks = context_.log.readPack(pack);
  if (!chunks) co_return std::unexpected(chunks.error());
  const auto blobs = (*keeper)->open(pack, *chunks);
  if (!blobs) co_return std::unexpected(blobs.error());
  if (*event.packIndex >= blobs->size())
    co_return fail(ErrorCode::internalError, "the snapshot's pack is too short");
  if (auto ok = decodeBlob((*blobs)[*event.packIndex], opened.capture); !ok)
    co_return std::unexpected(ok.error());
  const Capture& content = opened.capture;
  if (content.logical.index() != 0)
    opened.capture.digest = content.isPart() ? domain::partDigest(content.logical, content.elements)
                                             : domain::contentDigest(content.logical);
  co_return opened;
}

void Rollback::record(std::string action, ConnectionId connection, Bytes key, const Error* error) {
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  events::Operation operation;
  operation.connectionId = connection;
  operation.action = std::move(action);
  operation.keyOrPattern = std::move(key);
  recorder_.record(trace, std::move(operation), error);
}

Task<OpenedSnapshot> Rollback::show(SnapshotId id) {
  Result<OpenedSnapshot> opened = co_await open(id);
  if (opened) {
    record("snapshots.show", opened->recorded.event.connectionId, opened->capture.key, nullptr);
  } else {
    record("snapshots.show", {}, {}, &opened.error());
  }
  co_return opened;
}

Task<SnapshotDiff> Rollback::diff(SnapshotId left, SnapshotId right) {
  Result<OpenedSnapshot> a = co_await open(left);
  if (!a) co_return std::unexpected(a.error());
  Result<OpenedSnapshot> b = co_await open(right);
  if (!b) co_return std::unexpected(b.error());
  record("snapshots.diff", a->recorded.event.connectionId, a->capture.key, nullptr);
  if (auto ok = judgeComparable(a->capture, b->capture); !ok) co_return std::unexpected(ok.error());
  DiffSide leftSide{left.toString(), std::move(a->capture)};
  DiffSide rightSide{right.toString(), std::move(b->capture)};
  co_return compare(std::move(leftSide), std::move(rightSide), context_.clock.now());
}

Task<SnapshotDiff> Rollback::diffLive(ConnectionProfile profile, SnapshotId id, std::stop_token stop) {
  Result<OpenedSnapshot> snapshot = co_await open(id);
  if (!snapshot) co_return std::unexpected(snapshot.error());
  AttemptCounter counter(profile.retry, profile.timeout, stop);
  const std::vector<Bytes> keys{snapshot->capture.key};
  const std::function<Task<std::vector<Capture>>(CallContext)> attempt =
      [&](CallContext context) -> Task<std::vector<Capture>> {
    Result<std::shared_ptr<cache::CacheSession>> session = co_await sessions_.session(profile);
    if (!session) co_return std::unexpected(session.error());
    cache::CaptureLimits limits{.wholeUpToBytes = 0};
    limits.elements = snapshot->capture.elements;
    limits.elementsOf = snapshot->capture.type;
    Result<std::vector<Capture>> captured = co_await (*session)->capture(keys, limits, context);
    co_return captured;
  };
  Result<std::vector<Capture>> live = co_await retrying<std::vector<Capture>>(counter, attempt);
  record("snapshots.diff", profile.id, snapshot->capture.key, live ? nullptr : &live.error());
  if (!live) co_return std::unexpected(live.error());
  if (auto ok = judgeComparable(snapshot->capture, live->front()); !ok) co_return std::unexpected(ok.error());
  DiffSide leftSide{id.toString(), std::move(snapshot->capture)};
  DiffSide rightSide{"live", std::move(live->front())};
  co_return compare(std::move(leftSide), std::move(rightSide), context_.clock.now());
}

/// What the key may be now if nobody but us touched it: what our last mutation of it made, or might have
/// made. Of a part, what the mutation made that it was taken for: others do not touch it, or they do.
Task<std::vector<KeyState>> Rollback::expectedStates(RecordedSnapshot snapshot, bool ofPart) {
  if (ofPart) co_return statesAfterMutationOf(context_.log, snapshot);
  Result<SnapshotId> newest = co_await latest(snapshot.event.connectionId, snapshot.event.state.key);
  if (!newest && newest.error().code == ErrorCode::notFound)
    co_return statesAfterMutationOf(context_.log, snapshot);
  if (!newest) co_return std::unexpected(newest.error());
  Result<log::Position> position = co_await positionOf(*newest);
  if (!position) co_return std::unexpected(position.error());
  const auto last = readSnapshot(context_.log, *position);
  if (!last) co_return std::unexpected(last.error());
  co_return statesAfterMutationOf(context_.log, *last);
}

Task<MutationReport> Rollback::restore(ConnectionProfile profile, SnapshotId id, OnChanged onChanged,
                                       Consent consent, std::stop_token stop, domain::TtlChange ttl) {
  Result<OpenedSnapshot> opened = co_await open(id);
  if (!opened) co_return std::unexpected(opened.error());
  if (opened->recorded.event.connectionId != profile.id) {
    co_return fail(ErrorCode::validationError, "this snapshot is of another connection");
  }
  if (opened->capture.notCaptured) {
    co_return fail(ErrorCode::notFound, fmt::format("this snapshot has no content to restore: {}",
                                                    opened->capture.notCaptured->message));
  }
  Result<MutationReport> report = co_await restoreOpened(std::move(profile), std::move(*opened), onChanged,
                                                         std::move(consent), std::move(stop), ttl);
  co_return report;
}

Task<MutationReport> Rollback::restoreOpened(ConnectionProfile profile, OpenedSnapshot snapshot,
                                             OnChanged onChanged, Consent consent, std::stop_token stop,
                                             domain::TtlChange ttl) {
  const WallTime now = context_.clock.now();
  Capture capture = std::move(snapshot.capture);
  if (auto ok = chooseTtl(ttl, capture, now); !ok) co_return std::unexpected(ok.error());
  const bool isOver = !capture.isPart() && capture.deadline && *capture.deadline <= now;
  if (isOver && onChanged == OnChanged::conflict) co_return std::unexpected(ranOut(capture));
  MutationCommand command{.profile = std::move(profile),
                          .operation = "snapshots.restore",
                          .mutation = {},
                          .consent = std::move(consent),
                          .precondition = {}};
  std::optional<std::vector<KeyState>> expected;  // whoever overwrites expects nothing
  if (onChanged == OnChanged::conflict) {
    Result<std::vector<KeyState>> states = co_await expectedStates(snapshot.recorded, capture.isPart());
    if (!states) co_return std::unexpected(states.error());
    expected = std::move(*states);
  }
  Result<std::shared_ptr<const log::Vault>> keeper = co_await vault();
  const StateDigester digester = keeper ? StateDigester((*keeper)->digestKey()) : StateDigester();
  command.precondition = [expected = std::move(expected), digester, &clock = context_.clock](
                             const domain::Mutation& mutation, const std::vector<Capture>& there) {
    auto ok = judgeHome(std::get<domain::RestoreMutation>(mutation).capture, there.front());
    if (ok && expected) ok = judgeUnchanged(there.front(), *expected, digester, clock.now());
    return ok;
  };
  if (isOver) capture = Capture{.key = std::move(capture.key)};
  if (capture.existed()) command.restoredDigest = snapshot.recorded.event.state.digest;
  command.mutation = domain::RestoreMutation{std::move(capture)};
  Result<MutationReport> report = co_await mutator_.execute(std::move(command), stop);
  co_return report;
}

}  // namespace cachify::actions
