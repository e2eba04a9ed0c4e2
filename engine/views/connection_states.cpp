#include "views/connection_states.hpp"

#include <array>
#include <map>

#include "events/decode.hpp"
#include "views/query_filter.hpp"
#include "views/read_model.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

constexpr std::array kTables{ViewTable{"connection_states", "connection_id"}};
constexpr std::size_t kMostStates = 2'000;

// ?3: whether it changed within what is written here, so that the stored `since` is out of date even where
// the outcome is the same.
constexpr std::string_view kPutState = R"sql(
  INSERT INTO connection_states AS s (connection_id, reachable, since, seen_at, last_operation_at, error_code, message,
    sampled_at, sample_json)
  VALUES (?1, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
  ON CONFLICT (connection_id) DO UPDATE SET
    since = CASE WHEN excluded.reachable IS NULL OR (excluded.reachable IS s.reachable AND NOT ?3)
      THEN s.since ELSE excluded.since END,
    error_code = CASE WHEN excluded.reachable IS NULL THEN s.error_code ELSE excluded.error_code END,
    message = CASE WHEN excluded.reachable IS NULL THEN s.message ELSE excluded.message END,
    reachable = coalesce(excluded.reachable, s.reachable),
    seen_at = coalesce(excluded.seen_at, s.seen_at),
    last_operation_at = coalesce(excluded.last_operation_at, s.last_operation_at),
    sampled_at = coalesce(excluded.sampled_at, s.sampled_at),
    sample_json = coalesce(excluded.sample_json, s.sample_json))sql";

constexpr std::string_view kStates = R"sql(
  SELECT p.id, p.name, p.engine, p.environment, p.slow_op_threshold_ms, s.connection_id, s.reachable, s.since,
    s.last_operation_at, s.error_code, s.message, s.sampled_at, s.sample_json, s.seen_at
  FROM connection_profiles p LEFT JOIN connection_states s ON s.connection_id = p.id)sql";

/// What the events since the last flush say.
struct StateChange {
  std::optional<bool> reachable;
  bool changed = false;
  std::optional<WallTime> since;
  std::optional<WallTime> seenAt;
  std::optional<WallTime> operationAt;
  std::optional<std::string> errorCode;
  std::optional<std::string> message;
  std::optional<WallTime> sampledAt;
  std::optional<events::HealthSample> sample;

  void saw(bool isReachable, WallTime at, std::string_view code = {}, std::string_view why = {}) {
    if (reachable != isReachable) {
      changed = reachable.has_value();
      since = at;
    }
    reachable = isReachable;
    seenAt = at;
    errorCode = code.empty() ? std::nullopt : std::optional(std::string(code));
    message = why.empty() ? std::nullopt : std::optional(std::string(why));
  }
};

bool isUnreachable(std::string_view errorCode) {
  return errorCode == wireName(ErrorCode::connectionFailed);
}

/// Acts on profiles, snapshots and templates need no server.
bool reachedServer(std::string_view action) {
  const bool isRun = action == "workflows.run" || action == "workflows.preview";
  return !action.starts_with("connections.") && (isRun || !action.starts_with("workflows.")) &&
         action != "snapshots.show" && action != "snapshots.diff" && action != "snapshots.list";
}

class ConnectionStates final : public ReadModel {
 public:
  explicit ConnectionStates(sqlite3& db)
      : put_(db, kPutState), remove_(db, "DELETE FROM connection_states WHERE connection_id = ?") {}

  Result<void> apply(const EventRecord& record) override {
    return std::visit(
        [&](const auto& event) -> Result<void> {
          if constexpr (requires { this->take(event, record); }) return take(event, record);
          return {};
        },
        record.event);
  }

  Result<void> flush() override {
    for (const auto& [id, c] : changes_) {
      const auto sample = c.sample ? std::optional(encode(*c.sample)) : std::nullopt;
      auto ok = put_.run(id, c.reachable, c.changed, c.since, c.seenAt, c.operationAt, c.errorCode, c.message,
                         c.sampledAt, sample);
      if (!ok) return ok;
    }
    changes_.clear();
    return {};
  }

 private:
  Result<void> take(const events::ConnectionOpened& e, const EventRecord& record) {
    changes_[e.connectionId].saw(true, record.recordedAt);
    return {};
  }
  Result<void> take(const events::ConnectionRestored& e, const EventRecord& record) {
    changes_[e.connectionId].saw(true, record.recordedAt);
    return {};
  }
  Result<void> take(const events::ConnectionLost& e, const EventRecord& record) {
    changes_[e.connectionId].saw(false, record.recordedAt, e.errorCode, e.message);
    return {};
  }
  Result<void> take(const events::ConnectionTested& e, const EventRecord& record) {
    // A test does no more than to get there: silence is an answer, too.
    const bool isSilent = e.errorCode == wireName(ErrorCode::timeout);
    if (e.ok || isSilent || isUnreachable(e.errorCode))
      changes_[e.connectionId].saw(e.ok, record.recordedAt, e.errorCode);
    return {};
  }
  Result<void> take(const events::OperationCompleted& e, const EventRecord& record) {
    if (e.connectionId.isNil()) return {};
    if (reachedServer(e.action)) used(e, record).saw(true, record.recordedAt);
    return {};
  }
  Result<void> take(const events::OperationFailed& e, const EventRecord& record) {
    if (e.connectionId.isNil()) return {};
    if (isUnreachable(e.errorCode)) {
      used(e, record).saw(false, record.recordedAt, e.errorCode, e.message);
    } else {
      used(e, record);
    }
    return {};
  }
  Result<void> take(const events::HealthSample& e, const EventRecord& record) {
    StateChange& change = changes_[e.connectionId];
    change.saw(true, record.recordedAt);
    change.sampledAt = record.recordedAt;
    change.sample = e;
    return {};
  }
  Result<void> take(const events::ConnectionRemoved& e, const EventRecord& /*record*/) {
    changes_.erase(e.connectionId);
    return remove_.run(e.connectionId);
  }

  StateChange& used(const events::Operation& operation, const EventRecord& record) {
    StateChange& change = changes_[operation.connectionId];
    change.operationAt = record.recordedAt;
    return change;
  }

  Statement put_;
  Statement remove_;
  std::map<ConnectionId, StateChange> changes_;
};

Result<ConnectionState> readState(const Statement& in) {
  ConnectionState state{.connectionId = ConnectionId(in.uuid(0)),
                        .name = in.text(1),
                        .engine = in.text(2),
                        .environment = in.text(3),
                        .slowThreshold = std::chrono::milliseconds(in.integer(4)),
                        .wasUsed = !in.isNull(5),
                        .isReachable = in.isNull(6) || in.integer(6) != 0,
                        .since = in.optionalTime(7),
                        .seenAt = in.optionalTime(13),
                        .lastOperationAt = in.optionalTime(8),
                        .errorCode = in.text(9),
                        .message = in.text(10),
                        .sampledAt = in.optionalTime(11)};
  if (in.isNull(12)) return state;
  events::HealthSample sample;
  if (auto ok = events::decode(in.view(12), sample); !ok) return std::unexpected(ok.error());
  state.sample = std::move(sample);
  return state;
}

}  // namespace

ReadModelSpec connectionStatesModel() {
  return {"connection_states", 2, kTables, &makeReadModel<ConnectionStates>};
}

Result<std::vector<ConnectionState>> connectionStates(sqlite3& db,
                                                      const std::optional<ConnectionId>& connection) {
  QueryFilter where;
  if (connection) where.add("p.id = ?", connection->value());
  Statement select = where.select(db, kStates, "ORDER BY p.name_key, p.id", kMostStates);
  std::vector<ConnectionState> states;
  while (true) {
    const auto row = select.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return states;
    auto state = readState(select);
    if (!state) return std::unexpected(state.error());
    states.push_back(*std::move(state));
  }
}

}  // namespace cachify::views
