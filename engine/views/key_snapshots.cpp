#include "views/key_snapshots.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "views/read_model.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

constexpr std::array kTables{ViewTable{"key_snapshots", "position"}};

constexpr std::string_view kCaptured = R"sql(
  INSERT OR IGNORE INTO key_snapshots (position, id, connection_id, cache_key, captured_at, type, size_bytes,
    deadline_at, deadline_unknown, digest, reason, pack_id, pack_index, not_captured)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";

constexpr std::string_view kAfter = R"sql(
  UPDATE key_snapshots SET after_type = ?, after_size_bytes = ?, after_deadline_at = ?, after_deadline_unknown = ?,
    after_digest = ?
  WHERE id = ?)sql";

/// Snapshot `i` of ids packed by the read model `mutations`.
Uuid idAt(BytesView packed, std::size_t i) {
  std::array<std::uint8_t, 16> bytes{};
  std::memcpy(bytes.data(), packed.data() + i * bytes.size(), bytes.size());
  return Uuid(bytes);
}

class KeySnapshots final : public ReadModel {
 public:
  explicit KeySnapshots(sqlite3& db)
      : captured_(db, kCaptured),
        named_(db, "UPDATE key_snapshots SET mutation_id = ? WHERE id = ?"),
        ofMutation_(db, "SELECT snapshot_ids FROM mutations WHERE id = ?"),
        after_(db, kAfter) {}

  Result<void> apply(const EventRecord& record) override {
    return std::visit(
        Overloaded{
            [&](const events::SnapshotCaptured& e) { return capture(record, e); },
            [&](const events::MutationRequested& e) { return name(MutationId(record.id), e.snapshots); },
            [&](const events::MutationApplied& e) { return complete(e.mutationId, e.after); },
            [&](const events::MutationFailed& e) { return complete(e.mutationId, e.after); },
            [](const auto&) { return Result<void>(); },
        },
        record.event);
  }

 private:
  Result<void> capture(const EventRecord& record, const events::SnapshotCaptured& e) {
    const Uuid pack = e.packIndex ? events::packOf(e, record.causationId) : Uuid();
    return captured_.run(record.position, record.id, e.connectionId, Blob{e.state.key}, record.recordedAt,
                         domain::wireName(e.state.type), e.state.sizeBytes, e.state.deadline,
                         !e.state.deadlineKnown, e.state.digest, domain::wireName(e.reason), pack,
                         e.packIndex, e.notCaptured);
  }

  Result<void> name(MutationId mutation, const std::vector<SnapshotId>& snapshots) {
    for (const auto& id : snapshots) {
      if (auto ok = named_.run(mutation, id); !ok) return ok;
    }
    return {};
  }

  Result<void> complete(MutationId mutation, const std::vector<events::KeyState>& states) {
    if (states.empty()) return {};
    ofMutation_.open(mutation);
    const auto found = ofMutation_.next();
    if (!found) return std::unexpected(found.error());
    const Bytes ids = *found ? ofMutation_.bytes(0) : Bytes();
    ofMutation_.close();
    const std::size_t count = std::min(states.size(), ids.size() / sizeof(Uuid));
    for (std::size_t i = 0; i < count; ++i) {
      const auto& state = states[i];
      if (auto ok = after_.run(domain::wireName(state.type), state.sizeBytes, state.deadline,
                               !state.deadlineKnown, state.digest, idAt(ids, i));
          !ok) {
        return ok;
      }
    }
    return {};
  }

  Statement captured_;
  Statement named_;
  Statement ofMutation_;
  Statement after_;
};

}  // namespace

ReadModelSpec keySnapshotsModel() {
  return {"key_snapshots", 2, kTables, &makeReadModel<KeySnapshots>};
}

}  // namespace cachify::views
