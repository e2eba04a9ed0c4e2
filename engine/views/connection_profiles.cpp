#include "views/connection_profiles.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "views/query_filter.hpp"
#include "views/read_model.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

namespace json = boost::json;
using domain::ConnectionProfile;

constexpr std::array kTables{ViewTable{"connection_profiles", "id"}};
constexpr std::size_t kMaxPage = 1'000;

constexpr std::string_view kPut = R"sql(
  INSERT INTO connection_profiles (
    id, name, name_key, engine, host, port, unix_socket, db_index, topology, username,
    tls_enabled, tls_ca_file, tls_cert_file, tls_key_file, tls_server_name, tls_verify,
    environment, tags_json, read_only, force_read_only, timeout_ms,
    retry_max_attempts, retry_backoff_ms, retry_backoff_strategy, retry_abort_on_error_rate,
    key_separator, slow_op_threshold_ms, created_at, updated_at, secret_ref,
    tls_key_secret_ref, ssh_destination, ssh_port, ssh_config_file, sentinel_master)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, name_key = excluded.name_key, engine = excluded.engine, host = excluded.host,
    port = excluded.port, unix_socket = excluded.unix_socket, db_index = excluded.db_index,
    topology = excluded.topology, username = excluded.username, tls_enabled = excluded.tls_enabled,
    tls_ca_file = excluded.tls_ca_file, tls_cert_file = excluded.tls_cert_file,
    tls_key_file = excluded.tls_key_file, tls_server_name = excluded.tls_server_name,
    tls_verify = excluded.tls_verify, environment = excluded.environment, tags_json = excluded.tags_json,
    read_only = excluded.read_only, force_read_only = excluded.force_read_only, timeout_ms = excluded.timeout_ms,
    retry_max_attempts = excluded.retry_max_attempts, retry_backoff_ms = excluded.retry_backoff_ms,
    retry_backoff_strategy = excluded.retry_backoff_strategy,
    retry_abort_on_error_rate = excluded.retry_abort_on_error_rate, key_separator = excluded.key_separator,
    slow_op_threshold_ms = excluded.slow_op_threshold_ms, created_at = excluded.created_at,
    updated_at = excluded.updated_at, secret_ref = excluded.secret_ref,
    tls_key_secret_ref = excluded.tls_key_secret_ref, ssh_destination = excluded.ssh_destination,
    ssh_port = excluded.ssh_port, ssh_config_file = excluded.ssh_config_file,
    sentinel_master = excluded.sentinel_master)sql";

constexpr std::string_view kTested = R"sql(
  UPDATE connection_profiles SET tested_at = ?, test_ok = ?, test_latency_us = ?, test_server_version = ?,
    test_role = ?, test_error_code = ? WHERE id = ?)sql";

constexpr std::string_view kColumns = R"sql(
  SELECT id, name, engine, host, port, unix_socket, db_index, topology, username,
    tls_enabled, tls_ca_file, tls_cert_file, tls_key_file, tls_server_name, tls_verify,
    environment, tags_json, read_only, force_read_only, timeout_ms,
    retry_max_attempts, retry_backoff_ms, retry_backoff_strategy, retry_abort_on_error_rate,
    key_separator, slow_op_threshold_ms, created_at, updated_at, secret_ref,
    tls_key_secret_ref, ssh_destination, ssh_port, ssh_config_file, sentinel_master,
    tested_at, test_ok, test_latency_us, test_server_version, test_role, test_error_code
  FROM connection_profiles)sql";

class ConnectionProfiles final : public ReadModel {
 public:
  explicit ConnectionProfiles(sqlite3& db)
      : put_(db, kPut), remove_(db, "DELETE FROM connection_profiles WHERE id = ?"), tested_(db, kTested) {}

  Result<void> apply(const EventRecord& record) override {
    return std::visit(Overloaded{
                          [&](const events::ConnectionCreated& e) { return put(e.profile); },
                          [&](const events::ConnectionUpdated& e) { return put(e.profile); },
                          [&](const events::ConnectionRemoved& e) { return remove_.run(e.connectionId); },
                          [&](const events::ConnectionTested& e) {
                            return tested_.run(record.recordedAt, e.ok, e.latency.count(), e.serverVersion,
                                               e.role, e.errorCode, e.connectionId);
                          },
                          [](const auto&) { return Result<void>(); },
                      },
                      record.event);
  }

 private:
  Result<void> put(const ConnectionProfile& p) {
    return put_.run(
        p.id, p.name, domain::nameKey(p.name), domain::wireName(p.engine), p.host, p.port, p.unixSocket,
        p.dbIndex, domain::wireName(p.topology), p.username, p.tls.enabled, p.tls.caFile, p.tls.certFile,
        p.tls.keyFile, p.tls.serverName, p.tls.verify, domain::wireName(p.environment),
        json::serialize(json::array(p.tags.begin(), p.tags.end())), p.readOnly, p.forceReadOnly,
        p.timeout.count(), p.retry.maxAttempts, p.retry.backoff.count(), domain::wireName(p.retry.strategy),
        p.retry.abortOnErrorRate, p.keySeparator, p.slowOpThreshold.count(), p.createdAt, p.updatedAt,
        p.secretRef, p.tls.keySecretRef, p.ssh.destination, p.ssh.port, p.ssh.configFile, p.sentinelMaster);
  }

  Statement put_;
  Statement remove_;
  Statement tested_;
};

/// Reads the columns of a row one after the other.
class RowReader {
 public:
  explicit RowReader(const Statement& row) : row_(row) {}

  std::string text() { return row_.text(at_++); }
  double real() { return row_.real(at_++); }
  bool flag() { return row_.integer(at_++) != 0; }
  template <class Integer>
  void number(Integer& out) {
    out = static_cast<Integer>(row_.integer(at_++));
  }
  std::chrono::milliseconds milliseconds() { return std::chrono::milliseconds(row_.integer(at_++)); }
  std::chrono::microseconds microseconds() { return std::chrono::microseconds(row_.integer(at_++)); }
  WallTime time() { return row_.time(at_++); }
  Uuid uuid() { return row_.uuid(at_++); }
  bool nextIsNull() const { return row_.isNull(at_); }
  template <class T>
  void word(Result<T> (*parse)(std::string_view), T& out) {
    out = parse(text()).value_or(out);
  }

 private:
  const Statement& row_;
  int at_ = 0;
};

std::vector<std::string> tagsFrom(std::string_view text) {
  std::vector<std::string> tags;
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_array()) return tags;
  for (const auto& tag : value.get_array()) {
    if (tag.is_string()) tags.emplace_back(tag.get_string());
  }
  return tags;
}

void readServer(RowReader& in, ConnectionProfile& p) {
  p.id = ConnectionId(in.uuid());
  p.name = in.text();
  in.word(&domain::parseCacheEngine, p.engine);
  p.host = in.text();
  in.number(p.port);
  p.unixSocket = in.text();
  in.number(p.dbIndex);
  in.word(&domain::parseTopology, p.topology);
  p.username = in.text();
  p.tls.enabled = in.flag();
  p.tls.caFile = in.text();
  p.tls.certFile = in.text();
  p.tls.keyFile = in.text();
  p.tls.serverName = in.text();
  p.tls.verify = in.flag();
}

void readPolicy(RowReader& in, ConnectionProfile& p) {
  in.word(&domain::parseEnvironment, p.environment);
  p.tags = tagsFrom(in.text());
  p.readOnly = in.flag();
  p.forceReadOnly = in.flag();
  p.timeout = in.milliseconds();
  in.number(p.retry.maxAttempts);
  p.retry.backoff = in.milliseconds();
  in.word(&domain::parseBackoffStrategy, p.retry.strategy);
  p.retry.abortOnErrorRate = in.real();
  p.keySeparator = in.text();
  p.slowOpThreshold = in.milliseconds();
  p.createdAt = in.time();
  p.updatedAt = in.time();
  p.secretRef = in.text();
}

void readWayIn(RowReader& in, ConnectionProfile& p) {
  p.tls.keySecretRef = in.text();
  p.ssh.destination = in.text();
  in.number(p.ssh.port);
  p.ssh.configFile = in.text();
  p.sentinelMaster = in.text();
}

std::optional<ConnectionTest> readTest(RowReader& in) {
  if (in.nextIsNull()) return std::nullopt;
  ConnectionTest test;
  test.testedAt = in.time();
  test.ok = in.flag();
  test.latency = in.microseconds();
  test.serverVersion = in.text();
  test.role = in.text();
  test.errorCode = in.text();
  return test;
}

ConnectionRow readRow(const Statement& statement) {
  RowReader in(statement);
  ConnectionRow row;
  readServer(in, row.profile);
  readPolicy(in, row.profile);
  readWayIn(in, row.profile);
  row.lastTest = readTest(in);
  return row;
}

/// The place of a row in the order of the list; names alone may be equal for a moment while two processes add
/// one.
std::string cursorOf(const ConnectionRow& row) {
  return row.profile.id.toString() + domain::nameKey(row.profile.name);
}

Result<void> addCursor(QueryFilter& where, const std::string& cursor) {
  if (cursor.empty()) return {};
  constexpr std::size_t kIdLength = 36;
  const auto id = Uuid::parse(std::string_view(cursor).substr(0, kIdLength));
  if (!id) return fail(ErrorCode::validationError, "the cursor is not one of this list");
  where.add("(name_key, id) > (?, ?)", cursor.substr(kIdLength), *id);
  return {};
}

Result<QueryFilter> filterOf(const ConnectionFilter& filter) {
  QueryFilter where;
  if (!filter.text.empty()) {
    const std::string part = toLowerAscii(filter.text);
    where.add("(instr(name_key, ?) > 0 OR instr(lower(host), ?) > 0 OR instr(lower(unix_socket), ?) > 0)",
              part, part, part);
  }
  if (filter.environment) where.add("environment = ?", std::string(domain::wireName(*filter.environment)));
  if (!filter.tag.empty()) {
    where.add("EXISTS (SELECT 1 FROM json_each(tags_json) WHERE json_each.value = ?)", filter.tag);
  }
  if (auto ok = addCursor(where, filter.after); !ok) return std::unexpected(ok.error());
  return where;
}

}  // namespace

ReadModelSpec connectionProfilesModel() {
  return {"connection_profiles", 2, kTables, &makeReadModel<ConnectionProfiles>};
}

Result<ConnectionPage> listConnections(sqlite3& db, const ConnectionFilter& filter) {
  const auto where = filterOf(filter);
  if (!where) return std::unexpected(where.error());
  const std::size_t limit = pageSize(filter.limit, kMaxPage);
  Statement select = where->select(db, kColumns, "ORDER BY name_key, id", limit + 1);
  ConnectionPage page;
  while (true) {
    const auto row = select.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return page;
    if (page.rows.size() == limit) break;
    page.rows.push_back(readRow(select));
  }
  page.next = cursorOf(page.rows.back());
  return page;
}

Result<ConnectionRow> connectionById(sqlite3& db, ConnectionId id) {
  QueryFilter where;
  where.add("id = ?", id.value());
  Statement select = where.select(db, kColumns, "", 1);
  const auto row = select.next();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::notFound, "no connection has this id");
  return readRow(select);
}

}  // namespace cachify::views
