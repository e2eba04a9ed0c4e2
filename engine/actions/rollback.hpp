#pragma once
// Snapshots: show them, compare them, bring one back.

#include <optional>

#include "actions/key_states.hpp"
#include "actions/mutation_history.hpp"
#include "actions/mutator.hpp"

namespace cachify::actions {

struct OpenedSnapshot {
  RecordedSnapshot recorded;
  domain::Capture capture;  ///< with its content
};

/// What stands on one side of a comparison.
struct DiffSide {
  std::string label;  ///< a snapshot's id, or "live"
  domain::Capture capture;
};
struct SnapshotDiff {
  DiffSide left;
  DiffSide right;
  bool equal = false;
  std::string change{};  ///< redacted description
};

enum class OnChanged : std::uint8_t { conflict, overwrite };

/// Lives on the network thread. Snapshots are found by id or by key through the read models; what counts is
/// read from the log.
class Rollback {
 public:
  Rollback(const Context& context, SessionPool& sessions, Mutator& mutator, VaultKeeper& vault,
           const Recorder& recorder)
      : context_(context), sessions_(sessions), mutator_(mutator), vault_(vault), recorder_(recorder) {}

  /// With its content, recorded as an operation like every read.
  [[nodiscard]] Task<OpenedSnapshot> show(SnapshotId id);
  [[nodiscard]] Task<SnapshotDiff> diff(SnapshotId left, SnapshotId right);
  [[nodiscard]] Task<SnapshotDiff> diffLive(domain::ConnectionProfile profile, SnapshotId id,
                                            std::stop_token stop);

  /// The newest snapshot of the key, but for those of mutations that failed. NOT_FOUND if there is none.
  [[nodiscard]] Task<SnapshotId> latest(ConnectionId connection, Bytes key);

  /// Makes the key what the snapshot says, its remaining TTL included; or with the TTL that `ttl` says
  /// (KeepTtl: the snapshot's). CONFLICT, with both states in the details, when the key is not what our last
  /// mutation made of it; and when the snapshot's TTL has run out meanwhile (detail `expired`), for
  /// overwriting then leaves the key absent. VALIDATION_ERROR (detail `ttlUnknown`) when the snapshot does
  /// not know it and `ttl` does not say.
  [[nodiscard]] Task<MutationReport> restore(domain::ConnectionProfile profile, SnapshotId id,
                                             OnChanged onChanged, Consent consent, std::stop_token stop,
                                             domain::TtlChange ttl = domain::KeepTtl{});

 private:
  Task<OpenedSnapshot> open(SnapshotId id);
  void record(std::string action, ConnectionId connection, Bytes key, const Error* error);
  Task<log::Position> positionOf(SnapshotId id);
  Task<std::vector<events::KeyState>> expectedStates(RecordedSnapshot snapshot, bool ofPart);
  Task<std::shared_ptr<const log::Vault>> vault();
  Task<MutationReport> restoreOpened(domain::ConnectionProfile profile, OpenedSnapshot snapshot,
                                     OnChanged onChanged, Consent consent, std::stop_token stop,
                                     domain::TtlChange ttl);

  const Context& context_;
  SessionPool& sessions_;
  Mutator& mutator_;
  VaultKeeper& vault_;
  const Recorder& recorder_;
};

}  // namespace cachify::actions
