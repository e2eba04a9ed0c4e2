#include "views/alert_deliveries.hpp"
#include "views/database.hpp"
#include "views/query_filter.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

// New ones come by position, those that were tried before by the index on open deliveries: what was delivered
// long ago is not looked at again as long as `after` moves on.
constexpr std::string_view kDue = R"sql(
  WITH candidates (id, attempts) AS (
    SELECT e.id, 0 FROM alert_events e
    WHERE e.last_position > ?2
      AND CASE e.severity WHEN 'info' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END >= ?4
      AND NOT EXISTS (SELECT 1 FROM alert_deliveries d WHERE d.publisher = ?1 AND d.alert_id = e.id)
    UNION ALL
    SELECT d.alert_id, d.attempts FROM alert_deliveries d
    WHERE d.publisher = ?1 AND (d.status = 'replayed' OR (d.status = 'retrying' AND d.next_at <= ?3)))
  SELECT e.position, e.id, e.created_at, e.last_at, e.count, e.severity, e.title, e.message, e.source,
    e.connection_id, e.environment, e.cause_id, e.correlation_id, p.name, c.attempts
  FROM candidates c JOIN alert_events e ON e.id = c.id
    LEFT JOIN connection_profiles p ON p.id = e.connection_id
  WHERE NOT EXISTS (SELECT 1 FROM alert_deliveries h
      WHERE h.publisher = ?1 AND h.status = 'retrying' AND h.is_hold = 1 AND h.next_at > ?3)
  ORDER BY c.attempts, e.position LIMIT ?5)sql";

constexpr std::string_view kDeliveriesOf = R"sql(
  SELECT publisher, alert_id, status, attempts, message, last_at, next_at FROM alert_deliveries
  WHERE alert_id = ? ORDER BY publisher)sql";

constexpr std::string_view kSummary = R"sql(
  SELECT count(*) FILTER (WHERE status = 'delivered'),
    count(*) FILTER (WHERE status IN ('retrying', 'replayed')),
    count(*) FILTER (WHERE status = 'parked'),
    max(last_at) FILTER (WHERE status = 'delivered'),
    min(next_at) FILTER (WHERE status = 'retrying')
  FROM alert_deliveries WHERE publisher = ?)sql";

constexpr std::string_view kLastProblem = R"sql(
  SELECT message FROM alert_deliveries WHERE publisher = ? AND status IN ('retrying', 'parked')
  ORDER BY last_at DESC, alert_id DESC LIMIT 1)sql";

constexpr std::string_view kParked = R"sql(
  SELECT alert_id FROM alert_deliveries WHERE publisher = ? AND status = 'parked'
  ORDER BY last_at, alert_id LIMIT ?)sql";

/// Every row of a statement that is open.
template <class Row, class ReadRow>
Result<std::vector<Row>> allRows(Statement& select, ReadRow readRow) {
  std::vector<Row> rows;
  while (true) {
    const auto row = select.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return rows;
    rows.push_back(readRow(select));
  }
}

DueAlert readDue(const Statement& in) {
  return {.alert = {.position = static_cast<log::Position>(in.integer(0)),
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
                    .causeId = in.uuid(11),
                    .correlationId = in.uuid(12)},
          .connectionName = in.text(13),
          .attempts = static_cast<std::uint32_t>(in.integer(14))};
}

DeliveryRow readDelivery(const Statement& in) {
  return {.publisher = in.text(0),
          .alertId = in.uuid(1),
          .status = in.text(2),
          .attempts = static_cast<std::uint32_t>(in.integer(3)),
          .message = in.text(4),
          .lastAt = in.time(5),
          .nextAt = in.optionalTime(6)};
}

}  // namespace

Result<std::vector<DeliveryRow>> deliveriesOf(sqlite3& db, const Uuid& alertId) {
  Statement select(db, kDeliveriesOf);
  select.open(alertId);
  return allRows<DeliveryRow>(select, &readDelivery);
}

Result<std::vector<DueAlert>> dueAlerts(sqlite3& db, const DueFilter& filter) {
  Statement select(db, kDue);
  select.open(filter.publisher, filter.after, filter.now, static_cast<int>(filter.minSeverity),
              pageSize(filter.limit, 1'000));
  return allRows<DueAlert>(select, &readDue);
}

Result<DeliverySummary> deliverySummary(sqlite3& db, const std::string& publisher) {
  Statement select(db, kSummary);
  select.open(publisher);
  const auto row = select.next();
  if (!row) return std::unexpected(row.error());
  DeliverySummary summary{.delivered = static_cast<std::uint64_t>(select.integer(0)),
                          .retrying = static_cast<std::uint64_t>(select.integer(1)),
                          .parked = static_cast<std::uint64_t>(select.integer(2)),
                          .lastDeliveredAt = select.optionalTime(3),
                          .nextAt = select.optionalTime(4)};
  Statement problem(db, kLastProblem);
  problem.open(publisher);
  const auto last = problem.next();
  if (!last) return std::unexpected(last.error());
  if (*last) summary.lastProblem = problem.text(0);
  return summary;
}

Result<std::vector<Uuid>> parkedAlerts(sqlite3& db, const std::string& publisher, std::size_t limit) {
  Statement select(db, kParked);
  select.open(publisher, pageSize(limit, 1'000));
  return allRows<Uuid>(select, [](const Statement& in) { return in.uuid(0); });
}

}  // namespace cachify::views
