#include "views/history_events.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <map>

#include "views/read_model.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

namespace json = boost::json;

// The search index is not among them: it holds nothing that these do not.
constexpr std::array kTables{ViewTable{"history_events", "position"}, ViewTable{"history_hours", "hour"}};

constexpr std::string_view kInsert = R"sql(
  INSERT OR IGNORE INTO history_events (position, id, type, recorded_at, source, actor, connection_id, environment,
    action, key_or_pattern, duration_us, status, slow, attempts, redacted_diff, error_code, message, retryable,
    correlation_id, causation_id, details_json)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";

constexpr std::string_view kSpan = R"sql(
  INSERT INTO history_hours (hour, first_position, last_position, row_count) VALUES (?, ?, ?, ?)
  ON CONFLICT (hour) DO UPDATE SET
    first_position = min(first_position, excluded.first_position),
    last_position = max(last_position, excluded.last_position),
    row_count = row_count + excluded.row_count)sql";

constexpr std::string_view kIndex = R"sql(
  INSERT INTO history_search (rowid, action, key_or_pattern, redacted_diff, error_code, message)
  SELECT position, action, key_or_pattern, redacted_diff, error_code, message
  FROM history_events WHERE position >= ?)sql";

/// What the kinds of events have different; the rest is the same for every row.
struct RowContent {
  const events::Operation* operation = nullptr;
  ConnectionId connectionId{};
  std::optional<domain::Environment> environment{};
  std::string_view action;
  std::string_view status = "success";
  std::optional<std::string_view> errorCode{};
  std::optional<std::string> message{};
  std::optional<bool> retryable{};
  std::optional<std::chrono::microseconds> duration{};  ///< of what is no operation
  std::optional<std::uint32_t> attempts{};
  Bytes key{};                   ///< of what is no operation
  std::optional<WallTime> at{};  ///< when it happened, of what was noticed later
  bool slow = false;
  json::object details{};
};

RowContent ofOperation(const events::Operation& e, std::string_view status) {
  RowContent row{.operation = &e, .connectionId = e.connectionId, .action = e.action, .status = status};
  if (!e.connectionId.isNil()) row.environment = e.environment;
  if (!e.mutationId.isNil()) row.details["mutationId"] = e.mutationId.toString();
  return row;
}

RowContent ofProfile(const domain::ConnectionProfile& profile, std::string_view action) {
  return {.connectionId = profile.id,
          .environment = profile.environment,
          .action = action,
          .details = {{"name", profile.name}}};
}

RowContent rowOf(const events::OperationCompleted& e) {
  return ofOperation(e, "success");
}

RowContent rowOf(const events::OperationFailed& e) {
  RowContent row = ofOperation(e, "error");
  row.errorCode = e.errorCode;
  row.message = e.message;
  row.retryable = e.retryable;
  return row;
}

RowContent rowOf(const events::OperationBlocked& e) {
  RowContent row = ofOperation(e, "blocked");
  row.errorCode = wireName(ErrorCode::unauthorized);
  row.message = e.message;
  row.retryable = false;
  row.details["policy"] = e.policy;
  return row;
}

RowContent rowOf(const events::ConnectionCreated& e) {
  return ofProfile(e.profile, "connections.add");
}
RowContent rowOf(const events::ConnectionUpdated& e) {
  return ofProfile(e.profile, "connections.edit");
}
RowContent rowOf(const events::ConnectionRemoved& e) {
  return {.connectionId = e.connectionId, .action = "connections.remove", .details = {{"name", e.name}}};
}

RowContent ofLink(const events::ConnectionNoticed& e, std::string_view action) {
  return {.connectionId = e.connectionId, .environment = e.environment, .action = action};
}

RowContent rowOf(const events::ConnectionOpened& e) {
  RowContent row = ofLink(e, "connection.opened");
  row.details["latencyUs"] = e.latency.count();
  return row;
}

RowContent rowOf(const events::ConnectionLost& e) {
  RowContent row = ofLink(e, "connection.lost");
  row.status = "error";
  row.errorCode = e.errorCode;
  row.message = e.message;
  row.retryable = true;
  return row;
}

RowContent rowOf(const events::ConnectionRestored& e) {
  RowContent row = ofLink(e, "connection.restored");
  row.duration = e.duration;
  row.attempts = e.attempts;
  row.details["latencyUs"] = e.latency.count();
  return row;
}

RowContent rowOf(const events::SlowLogSample& e) {
  RowContent row = ofLink(e, "server.slowlog");
  row.duration = e.duration;
  row.key = e.keyOrPattern;
  row.at = e.at;
  row.slow = true;
  row.message = e.command;
  row.details = {{"command", e.command},
                 {"entryId", e.entryId},
                 {"at", std::chrono::floor<std::chrono::milliseconds>(e.at.time_since_epoch()).count()},
                 {"argumentCount", e.argumentCount},
                 {"client", e.client}};
  if (!e.node.empty()) row.details["node"] = e.node;
  return row;
}

RowContent rowOf(const events::KeyspaceSample& e) {
  RowContent row = ofLink(e, "server.keyspace");
  row.key = e.key;
  row.message = e.event;
  if (e.missed > 0) row.details["missed"] = e.missed;
  return row;
}

/// The word with which a later process closes the intents of one that died.
constexpr std::string_view kProcessEnded = "processEnded";

RowContent rowOf(const events::MutationUnknown& e) {
  return {.connectionId = e.connectionId,
          .action = "mutation.unknown",
          .status = "error",
          .message = "the process ended before the outcome was known",
          .retryable = false,
          .details = {{"mutationId", e.mutationId.toString()}, {"reason", e.reason}}};
}

RowContent ofPlugin(const std::string& pluginId, std::string_view action) {
  return {.action = action, .details = {{"pluginId", pluginId}}};
}

RowContent rowOf(const events::PluginTrusted& e) {
  RowContent row = ofPlugin(e.pluginId, "plugins.trust");
  row.details["version"] = e.version;
  row.details["digest"] = toHex(e.digest);
  return row;
}

RowContent rowOf(const events::PluginRevoked& e) {
  return ofPlugin(e.pluginId, "plugins.revoke");
}

RowContent rowOf(const events::PluginFaulted& e) {
  RowContent row = ofPlugin(e.pluginId, "plugins.fault");
  row.status = "error";
  row.errorCode = wireName(ErrorCode::internalError);
  row.message = e.pluginId + (e.isQuarantined ? " failed and is in quarantine now" : " failed");
  row.retryable = false;
  row.details["version"] = e.version;
  row.details["fault"] = e.fault;
  row.details["inRow"] = e.inRow;
  return row;
}

// Where somebody was there to be told, the operation's own event says what happened.
bool isShown(const events::MutationUnknown& e) {
  return e.reason == kProcessEnded;
}

class HistoryEvents final : public ReadModel {
 public:
  explicit HistoryEvents(sqlite3& db) : insert_(db, kInsert), span_(db, kSpan), index_(db, kIndex) {}

  Result<void> apply(const EventRecord& record) override {
    return std::visit(
        [&](const auto& event) -> Result<void> {
          if constexpr (requires { isShown(event); }) {
            if (!isShown(event)) return {};
          }
          if constexpr (requires { rowOf(event); }) {
            return insert(record, rowOf(event));
          } else {
            return {};
          }
        },
        record.event);
  }

  Result<void> flush() override {
    for (const auto& [hour, span] : spans_) {
      if (auto ok = span_.run(hour, span.first, span.last, span.rows); !ok) return ok;
    }
    spans_.clear();
    return {};
  }

  Result<void> index(log::Position first) override { return index_.run(first); }

 private:
  struct Span {
    log::Position first = 0;
    log::Position last = 0;
    std::uint64_t rows = 0;
  };

  Result<void> insert(const EventRecord& record, const RowContent& row) {
    const auto* const op = row.operation;
    const std::string actor = record.actor.osUser + "@" + record.actor.host;
    const std::string details = row.details.empty() ? std::string() : json::serialize(row.details);
    const auto ifAny = [](std::string_view text) {
      return text.empty() ? std::nullopt : std::optional(text);
    };
    const Bytes& key = op != nullptr ? op->keyOrPattern : row.key;
    const auto environment =
        row.environment ? std::optional(domain::wireName(*row.environment)) : std::nullopt;
    // A server's clock may be ahead of ours: nothing is shown before it was known.
    const WallTime at = std::min(row.at.value_or(record.recordedAt), record.recordedAt);
    note(record.position, at);
    return insert_.run(
        record.position, record.id, record.type, at, record.actor.surface, actor, row.connectionId,
        environment, row.action, !key.empty() ? std::optional(Blob{key}) : std::nullopt, microsecondsOf(row),
        row.status, record.slow || row.slow, op != nullptr ? std::optional(op->attempts) : row.attempts,
        ifAny(op != nullptr ? std::string_view(op->change) : std::string_view()), row.errorCode,
        row.message ? ifAny(*row.message) : std::nullopt, row.retryable, record.correlationId,
        record.causationId, ifAny(details));
  }

  static std::optional<std::int64_t> microsecondsOf(const RowContent& row) {
    if (row.operation != nullptr) return row.operation->duration.count();
    return row.duration ? std::optional(row.duration->count()) : std::nullopt;
  }

  void note(log::Position position, WallTime at) {
    const auto hour = std::chrono::floor<std::chrono::hours>(at).time_since_epoch().count();
    const auto [span, isNew] = spans_.try_emplace(hour, Span{position, position, 0});
    span->second.last = position;
    ++span->second.rows;
  }

  Statement insert_;
  Statement span_;
  Statement index_;
  std::map<std::int64_t, Span> spans_;
};

}  // namespace

ReadModelSpec historyEventsModel() {
  return {"history_events", 4, kTables, &makeReadModel<HistoryEvents>};
}

}  // namespace cachify::views
