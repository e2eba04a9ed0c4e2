#include "views/alert_events.hpp"

#include <array>

#include "core/digest.hpp"
#include "views/database.hpp"
#include "views/query_filter.hpp"
#include "views/read_model.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

constexpr std::array kTables{ViewTable{"alert_events", "position"}, ViewTable{"alert_groups", "group_key"}};
constexpr std::size_t kMaxPage = 1'000;

constexpr std::string_view kInsert = R"sql(
  INSERT OR IGNORE INTO alert_events (position, id, created_at, last_at, count, connection_id, environment, severity,
    title, message, source, is_read, cause_id, correlation_id, last_position)
  VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?))sql";

constexpr std::string_view kJoin = R"sql(
  UPDATE alert_events SET count = count + 1, last_at = max(last_at, ?1), last_position = ?5
  WHERE position = (SELECT alert_position FROM alert_groups WHERE group_key = ?2)
    AND is_read = 0 AND abs(?1 - last_at) <= ?3 AND abs(?1 - created_at) <= ?4
  RETURNING 1)sql";

constexpr std::string_view kColumns = R"sql(
  SELECT position, id, created_at, last_at, count, severity, title, message, source, connection_id, environment,
    is_read, cause_id, correlation_id
  FROM alert_events)sql";

/// Lengths keep different parts from running into one another.
Digest groupKey(const events::AlertRaised& alert) {
  Sha256 hash;
  const std::string connection = alert.connectionId.toString();
  for (const std::string_view part :
       {std::string_view(wireName(alert.severity)), std::string_view(alert.source),
        std::string_view(alert.title), std::string_view(connection)}) {
    hash.update(std::to_string(part.size())).update(":").update(part);
  }
  return hash.finish();
}

class AlertEvents final : public ReadModel {
 public:
  explicit AlertEvents(sqlite3& db)
      : insert_(db, kInsert),
        join_(db, kJoin),
        readOne_(db, "UPDATE alert_events SET is_read = 1 WHERE id = ?"),
        readAll_(db, "UPDATE alert_events SET is_read = 1 WHERE is_read = 0 AND position <= ?"),
        lead_(db, "INSERT OR REPLACE INTO alert_groups (group_key, alert_position) VALUES (?, ?)") {}

  Result<void> apply(const EventRecord& record) override {
    if (const auto* const read = std::get_if<events::AlertRead>(&record.event)) return markRead(*read);
    const auto* const alert = std::get_if<events::AlertRaised>(&record.event);
    if (alert == nullptr) return {};
    const Digest key = groupKey(*alert);
    constexpr auto kWindow = std::chrono::microseconds(kAlertGroupWindow).count();
    constexpr auto kSpan = std::chrono::microseconds(kAlertGroupSpan).count();
    join_.open(record.recordedAt, Blob{Sha256::view(key)}, kWindow, kSpan, record.position);
    const auto joined = join_.next();
    join_.close();
    if (!joined) return std::unexpected(joined.error());
    if (*joined) return {};
    if (auto ok = insert(record, *alert); !ok) return ok;
    return lead_.run(Blob{Sha256::view(key)}, record.position);
  }

 private:
  Result<void> markRead(const events::AlertRead& read) {
    for (const auto& id : read.alertIds) {
      if (auto ok = readOne_.run(id); !ok) return ok;
    }
    if (read.upToPosition == 0) return {};
    return readAll_.run(read.upToPosition);
  }

  Result<void> insert(const EventRecord& record, const events::AlertRaised& alert) {
    const auto environment =
        alert.connectionId.isNil() ? std::nullopt : std::optional(wireName(alert.environment));
    return insert_.run(record.position, record.id, record.recordedAt, record.recordedAt, alert.connectionId,
                       environment, wireName(alert.severity), alert.title, alert.message, alert.source,
                       record.causationId, record.correlationId, record.position);
  }

  Statement insert_;
  Statement join_;
  Statement readOne_;
  Statement readAll_;
  Statement lead_;
};

AlertRow readRow(const Statement& in) {
  return {.position = static_cast<log::Position>(in.integer(0)),
          .id = in.uuid(1),
          .createdAt = in.time(2),
          .lastAt = in.time(3),
          .count = static_cast<std::uint64_t>(in.integer(4)),
          .severity = in.text(5),
          .title = in.text(6),
          .message = in.text(7),
          .source = in.text(8),
          .connectionId = ConnectionId(in.uuid(9)),
          .environment = in.text(10),
          .read = in.integer(11) != 0,
          .causeId = in.uuid(12),
          .correlationId = in.uuid(13)};
}

}  // namespace

ReadModelSpec alertEventsModel() {
  return {"alert_events", 2, kTables, &makeReadModel<AlertEvents>};
}

Result<AlertPage> listAlerts(sqlite3& db, const AlertFilter& filter) {
  QueryFilter where;
  if (filter.unreadOnly) where.add("is_read = 0");
  if (!filter.severity.empty()) where.add("severity = ?", filter.severity);
  if (!filter.source.empty()) where.add("source = ?", filter.source);
  if (filter.connectionId) where.add("connection_id = ?", filter.connectionId->value());
  if (filter.before) where.add("position < ?", static_cast<std::int64_t>(*filter.before));
  const std::size_t limit = pageSize(filter.limit, kMaxPage);
  Statement select = where.select(db, kColumns, "ORDER BY position DESC", limit + 1);
  auto page = readPage<AlertPage>(select, limit, &readRow);
  if (!page) return page;
  const auto unread = numberOf(db, "SELECT count(*) FROM alert_events WHERE is_read = 0");
  if (!unread) return std::unexpected(unread.error());
  page->unread = static_cast<std::uint64_t>(*unread);
  return page;
}

Result<std::optional<AlertRow>> findAlert(sqlite3& db, const Uuid& id) {
  Statement select(db, std::string(kColumns) + " WHERE id = ?");
  select.open(id);
  const auto row = select.next();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  return readRow(select);
}

}  // namespace cachify::views
