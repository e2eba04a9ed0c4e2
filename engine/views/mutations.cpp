#include "views/mutations.hpp"

#include <array>

#include "views/query_filter.hpp"
#include "views/read_model.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

constexpr std::array kTables{ViewTable{"mutations", "id"}};
constexpr std::size_t kMaxPage = 1'000;

constexpr std::string_view kRequested = R"sql(
  INSERT INTO mutations (id, position, connection_id, action, status, requested_at, key_count, undoable, confirmed,
    accepted_no_undo, change, correlation_id, snapshot_ids)
  VALUES (?, ?, ?, ?, 'requested', ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING)sql";

// An outcome that is known replaces one that was not; otherwise the first one stands.
constexpr std::string_view kFinished = R"sql(
  UPDATE mutations SET status = ?, finished_at = ?, attempts = ?, duration_us = ?, error_code = ?, message = ?
  WHERE id = ? AND status IN ('requested', 'unknown'))sql";

constexpr std::string_view kColumns = R"sql(
  SELECT id, position, connection_id, action, status, requested_at, finished_at, key_count, undoable, confirmed,
    accepted_no_undo, change, attempts, duration_us, error_code, message, correlation_id
  FROM mutations)sql";

Bytes packed(const std::vector<SnapshotId>& ids) {
  Bytes out;
  out.reserve(ids.size() * sizeof(Uuid));
  for (const auto& id : ids) {
    out.append(reinterpret_cast<const char*>(id.value().bytes().data()), id.value().bytes().size());
  }
  return out;
}

class Mutations final : public ReadModel {
 public:
  explicit Mutations(sqlite3& db) : requested_(db, kRequested), finished_(db, kFinished) {}

  Result<void> apply(const EventRecord& record) override {
    return std::visit(Overloaded{
                          [&](const events::MutationRequested& e) { return request(record, e); },
                          [&](const events::MutationApplied& e) {
                            return finished_.run("applied", record.recordedAt, e.attempts, e.duration.count(),
                                                 nullptr, nullptr, e.mutationId);
                          },
                          [&](const events::MutationFailed& e) {
                            return finished_.run("failed", record.recordedAt, e.attempts, e.duration.count(),
                                                 e.errorCode, e.message, e.mutationId);
                          },
                          [&](const events::MutationUnknown& e) {
                            return finished_.run("unknown", record.recordedAt, e.attempts, nullptr, nullptr,
                                                 e.reason, e.mutationId);
                          },
                          [](const auto&) { return Result<void>(); },
                      },
                      record.event);
  }

 private:
  Result<void> request(const EventRecord& record, const events::MutationRequested& e) {
    const Bytes ids = packed(e.snapshots);
    return requested_.run(record.id, record.position, e.connectionId, domain::wireName(e.action),
                          record.recordedAt, e.keys.size(), e.undoable, e.confirmed, e.acceptedNoUndo,
                          e.change, record.correlationId, Blob{ids});
  }

  Statement requested_;
  Statement finished_;
};

MutationRow readRow(const Statement& in) {
  return {.id = MutationId(in.uuid(0)),
          .position = static_cast<log::Position>(in.integer(1)),
          .connectionId = ConnectionId(in.uuid(2)),
          .action = in.text(3),
          .status = in.text(4),
          .requestedAt = in.time(5),
          .finishedAt = in.optionalTime(6),
          .keyCount = static_cast<std::uint64_t>(in.integer(7)),
          .undoable = in.integer(8) != 0,
          .confirmed = in.integer(9) != 0,
          .acceptedNoUndo = in.integer(10) != 0,
          .change = in.text(11),
          .attempts = static_cast<std::uint32_t>(in.integer(12)),
          .duration = std::chrono::microseconds(in.integer(13)),
          .errorCode = in.text(14),
          .message = in.text(15),
          .correlationId = in.uuid(16)};
}

}  // namespace

ReadModelSpec mutationsModel() {
  return {"mutations", 1, kTables, &makeReadModel<Mutations>};
}

Result<MutationPage> listMutations(sqlite3& db, const MutationFilter& filter) {
  QueryFilter where;
  if (filter.connectionId) where.add("connection_id = ?", filter.connectionId->value());
  if (!filter.status.empty()) where.add("status = ?", filter.status);
  if (filter.before) where.add("position < ?", static_cast<std::int64_t>(*filter.before));
  const std::size_t limit = pageSize(filter.limit, kMaxPage);
  Statement select = where.select(db, kColumns, "ORDER BY position DESC", limit + 1);
  return readPage<MutationPage>(select, limit, &readRow);
}

Result<MutationRow> mutationById(sqlite3& db, MutationId id) {
  QueryFilter where;
  where.add("id = ?", id.value());
  Statement select = where.select(db, kColumns, "", 1);
  const auto row = select.next();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::notFound, "no mutation has this id");
  return readRow(select);
}

}  // namespace cachify::views
