#include "views/key_snapshots.hpp"
#include "views/query_filter.hpp"

namespace cachify::views {
namespace {

constexpr std::size_t kMaxPage = 1'000;

constexpr std::string_view kColumns = R"sql(
  SELECT s.id, s.position, s.connection_id, s.cache_key, s.captured_at, s.type, s.size_bytes, s.deadline_at,
    s.deadline_unknown, s.digest, s.reason, s.pack_id, s.pack_index, s.not_captured, s.mutation_id, m.status,
    s.after_type, s.after_size_bytes, s.after_deadline_at, s.after_deadline_unknown, s.after_digest
  FROM key_snapshots s LEFT JOIN mutations m ON m.id = s.mutation_id)sql";

/// Five columns from `first` on.
SnapshotState readState(const Statement& in, int first) {
  return {.type = domain::parseValueType(in.text(first)).value_or(domain::ValueType::other),
          .sizeBytes = static_cast<std::uint64_t>(in.integer(first + 1)),
          .deadline = in.optionalTime(first + 2),
          .digest = in.text(first + 4),
          .deadlineKnown = in.integer(first + 3) == 0};
}

SnapshotRow readRow(const Statement& in) {
  SnapshotRow row{.id = SnapshotId(in.uuid(0)),
                  .position = static_cast<log::Position>(in.integer(1)),
                  .connectionId = ConnectionId(in.uuid(2)),
                  .key = in.bytes(3),
                  .capturedAt = in.time(4),
                  .state = readState(in, 5),
                  .reason = in.text(10),
                  .pack = std::nullopt,
                  .notCaptured = in.text(13),
                  .mutationId = MutationId(in.uuid(14)),
                  .mutationStatus = in.text(15),
                  .after = std::nullopt};
  if (!in.isNull(11))
    row.pack = VaultPlace{.packId = in.uuid(11), .index = static_cast<std::uint32_t>(in.integer(12))};
  if (!in.isNull(16)) row.after = readState(in, 16);
  return row;
}

// The ids that a mutation named stand in its row: going through them needs no index on snapshots.
constexpr std::string_view kOfMutation = R"sql(s.id IN (
  WITH RECURSIVE ids (id, rest) AS (
    SELECT NULL, snapshot_ids FROM mutations WHERE id = ?
    UNION ALL SELECT substr(rest, 1, 16), substr(rest, 17) FROM ids WHERE length(rest) >= 16)
  SELECT id FROM ids WHERE id IS NOT NULL))sql";

QueryFilter filterOf(const SnapshotFilter& filter) {
  QueryFilter where;
  if (filter.connectionId) where.add("s.connection_id = ?", filter.connectionId->value());
  if (filter.key) where.add("s.cache_key = ?", QueryFilter::BytesValue{*filter.key});
  if (filter.mutationId) where.add(kOfMutation, filter.mutationId->value());
  if (filter.before) where.add("s.position < ?", static_cast<std::int64_t>(*filter.before));
  return where;
}

}  // namespace

Result<SnapshotPage> listSnapshots(sqlite3& db, const SnapshotFilter& filter) {
  if (filter.key && !filter.connectionId) {
    return fail(ErrorCode::validationError, "snapshots of a key can only be listed for one connection");
  }
  const std::size_t limit = pageSize(filter.limit, kMaxPage);
  Statement select = filterOf(filter).select(db, kColumns, "ORDER BY s.position DESC", limit + 1);
  return readPage<SnapshotPage>(select, limit, &readRow);
}

Result<SnapshotRow> snapshotById(sqlite3& db, SnapshotId id) {
  QueryFilter where;
  where.add("s.id = ?", id.value());
  Statement select = where.select(db, kColumns, "", 1);
  const auto row = select.next();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::notFound, "no snapshot has this id");
  return readRow(select);
}

}  // namespace cachify::views
