#pragma once
// Read model `key_snapshots`: keys as they were before each mutation, and what the mutation made of them.
// Values are not here but in the vault, at `pack`.

#include <optional>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "domain/value.hpp"
#include "log/frame.hpp"

struct sqlite3;

namespace cachify::views {

struct ReadModelSpec;
[[nodiscard]] ReadModelSpec keySnapshotsModel();

/// A key at one moment, without its value.
struct SnapshotState {
  domain::ValueType type = domain::ValueType::none;  ///< none: absent
  std::uint64_t sizeBytes = 0;
  std::optional<WallTime> deadline{};  ///< nothing: no expiry
  std::string digest{};                ///< keyed; empty where the content was not read
  bool deadlineKnown = true;           ///< false: the server would not tell
};

struct VaultPlace {
  Uuid packId{};
  std::uint32_t index = 0;
};

struct SnapshotRow {
  SnapshotId id{};
  log::Position position = 0;
  ConnectionId connectionId{};
  Bytes key{};
  WallTime capturedAt{};
  SnapshotState state{};
  std::string reason{};              ///< set, delete, rename, ttl, persist, restore
  std::optional<VaultPlace> pack{};  ///< nothing: the key was absent, or not captured
  std::string notCaptured{};         ///< why there is no way back; empty: there is
  MutationId mutationId{};           ///< nil: none named it (yet)
  std::string mutationStatus{};      ///< requested, applied, failed, unknown; empty: no mutation
  std::optional<SnapshotState>
      after{};  ///< once the mutation was applied, or failed and changed it all the same

  [[nodiscard]] bool existed() const { return state.type != domain::ValueType::none; }
};

struct SnapshotFilter {
  std::optional<ConnectionId> connectionId{};
  std::optional<Bytes> key{};              ///< only together with `connectionId`
  std::optional<MutationId> mutationId{};  ///< those that this mutation named
  std::optional<log::Position> before{};   ///< cursor of the page before
  std::size_t limit = 100;
};

struct SnapshotPage {
  std::vector<SnapshotRow> rows{};  ///< newest first
  std::optional<log::Position> next{};
};

/// VALIDATION_ERROR for a key without a connection. At most 1 000 rows a page.
[[nodiscard]] Result<SnapshotPage> listSnapshots(sqlite3& db, const SnapshotFilter& filter);
/// NOT_FOUND if there is no such snapshot.
[[nodiscard]] Result<SnapshotRow> snapshotById(sqlite3& db, SnapshotId id);

}  // namespace cachify::views
