#include "events/profile_json.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <utility>

#include "core/clock.hpp"
#include "core/invalid_value.hpp"
#include "events/json_fields.hpp"

namespace cachify::events {

namespace json = boost::json;
using domain::ConnectionProfile;

namespace {

json::object tlsToJson(const domain::TlsSettings& tls) {
  return {{"enabled", tls.enabled},          {"caFile", tls.caFile}, {"certFile", tls.certFile},
          {"keyFile", tls.keyFile},          {"verify", tls.verify}, {"serverName", tls.serverName},
          {"keySecretRef", tls.keySecretRef}};
}

json::object sshToJson(const domain::SshSettings& ssh) {
  return {{"destination", ssh.destination}, {"port", ssh.port}, {"configFile", ssh.configFile}};
}

Result<domain::TlsSettings> tlsFromJson(const json::object& object) {
  Fields fields(object);
  domain::TlsSettings tls;
  tls.enabled = fields.booleanOr("enabled", false);
  tls.caFile = fields.textOr("caFile", "");
  tls.certFile = fields.textOr("certFile", "");
  tls.keyFile = fields.textOr("keyFile", "");
  tls.serverName = fields.textOr("serverName", "");
  tls.verify = fields.booleanOr("verify", true);
  tls.keySecretRef = fields.textOr("keySecretRef", "");
  if (auto ok = fields.finish(); !ok) return std::unexpected(ok.error());
  return tls;
}

/// Assigns what was parsed, or remembers its error.
template <class T>
void assign(Fields& fields, const Result<T>& parsed, T& out) {
  if (parsed) {
    out = *parsed;
  } else {
    fields.reject(parsed.error());
  }
}

/// A missing field leaves `out` as it is; an empty word is none of the allowed ones.
template <class T>
void readWord(Fields& fields, std::string_view name, Result<T> (*parse)(std::string_view), T& out) {
  if (const auto text = fields.optionalText(name)) assign(fields, parse(*text), out);
}

/// Numbers that the target type cannot hold are not cut off silently: the error names the range that
/// domain::validate would, and calls the field `within` + `name`.
template <class T>
void readUnsigned(Fields& fields, std::string_view name, std::string_view allowed, T& out,
                  std::string_view within = "") {
  const std::int64_t value = fields.integerOr(name, static_cast<std::int64_t>(out));
  if (!std::in_range<T>(value)) {
    const std::string field = fmt::format("{}{}", within, name);
    fields.reject(invalidValue(field, fmt::to_string(value), allowed).error());
    return;
  }
  out = static_cast<T>(value);
}

Result<domain::SshSettings> sshFromJson(const json::object& object) {
  Fields fields(object);
  domain::SshSettings ssh;
  ssh.destination = fields.textOr("destination", "");
  readUnsigned(fields, "port", domain::kAllowedSshPort, ssh.port, "ssh.");
  ssh.configFile = fields.textOr("configFile", "");
  if (auto ok = fields.finish(); !ok) return std::unexpected(ok.error());
  return ssh;
}

void readTime(Fields& fields, std::string_view name, WallTime& out) {
  const auto text = fields.optionalText(name);
  if (!text) return;
  if (const auto time = fromIso8601(*text)) {
    out = *time;
    return;
  }
  fields.reject(
      Error{.code = ErrorCode::validationError,
            .message = fmt::format("field '{}' must be a UTC time like 2026-01-31T12:00:00.000Z", name)}
          .with("field", std::string(name)));
}

void readServer(Fields& fields, ConnectionProfile& profile) {
  assign(fields, domain::parseCacheEngine(fields.text("engine")), profile.engine);
  profile.unixSocket = fields.textOr("unixSocket", "");
  profile.host = fields.textOr("host", profile.unixSocket.empty() ? "127.0.0.1" : "");
  readUnsigned(fields, "port", domain::kAllowedPort, profile.port);
  readUnsigned(fields, "dbIndex", domain::kAllowedDbIndex, profile.dbIndex);
  readWord(fields, "topology", &domain::parseTopology, profile.topology);
  profile.sentinelMaster = fields.textOr("sentinelMaster", "");
  profile.username = fields.textOr("username", "");
}

void readWayIn(Fields& fields, const json::object& object, ConnectionProfile& profile) {
  if (object.contains("tls")) assign(fields, tlsFromJson(fields.object("tls")), profile.tls);
  if (object.contains("ssh")) assign(fields, sshFromJson(fields.object("ssh")), profile.ssh);
}

void readPolicy(Fields& fields, const json::object& object, ConnectionProfile& profile) {
  readWord(fields, "environment", &domain::parseEnvironment, profile.environment);
  profile.readOnly = fields.booleanOr("readOnly", false);
  profile.forceReadOnly = fields.booleanOr("forceReadOnly", false);
  profile.timeout = std::chrono::milliseconds(fields.integerOr("timeoutMs", profile.timeout.count()));
  readUnsigned(fields, "retryMaxAttempts", domain::kAllowedAttempts, profile.retry.maxAttempts);
  profile.retry.backoff =
      std::chrono::milliseconds(fields.integerOr("retryBackoffMs", profile.retry.backoff.count()));
  readWord(fields, "retryBackoffStrategy", &domain::parseBackoffStrategy, profile.retry.strategy);
  if (object.contains("retryAbortOnErrorRate"))
    profile.retry.abortOnErrorRate = fields.number("retryAbortOnErrorRate");
  profile.slowOpThreshold =
      std::chrono::milliseconds(fields.integerOr("slowOpThresholdMs", profile.slowOpThreshold.count()));
}

void readTags(Fields& fields, const json::object& object, ConnectionProfile& profile) {
  if (!object.contains("tags")) return;
  for (const auto& tag : fields.array("tags")) {
    if (!tag.is_string()) {
      fields.reject(
          Error{.code = ErrorCode::validationError, .message = "field 'tags' must be a list of texts"}.with(
              "field", std::string("tags")));
      return;
    }
    profile.tags.emplace_back(tag.get_string());
  }
}

}  // namespace

json::object toJson(const ConnectionProfile& profile) {
  json::object object{
      {"id", profile.id.toString()},
      {"name", profile.name},
      {"engine", domain::wireName(profile.engine)},
      {"host", profile.host},
      {"port", profile.port},
      {"unixSocket", profile.unixSocket},
      {"dbIndex", profile.dbIndex},
      {"topology", domain::wireName(profile.topology)},
      {"sentinelMaster", profile.sentinelMaster},
      {"username", profile.username},
      {"tls", tlsToJson(profile.tls)},
      {"ssh", sshToJson(profile.ssh)},
      {"environment", domain::wireName(profile.environment)},
      {"tags", json::array(profile.tags.begin(), profile.tags.end())},
      {"readOnly", profile.readOnly},
      {"forceReadOnly", profile.forceReadOnly},
      {"timeoutMs", profile.timeout.count()},
      {"retryMaxAttempts", profile.retry.maxAttempts},
      {"retryBackoffMs", profile.retry.backoff.count()},
      {"retryBackoffStrategy", domain::wireName(profile.retry.strategy)},
      {"retryAbortOnErrorRate", profile.retry.abortOnErrorRate},
      {"keySeparator", profile.keySeparator},
      {"slowOpThresholdMs", profile.slowOpThreshold.count()},
      {"createdAt", toIso8601(profile.createdAt)},
      {"updatedAt", toIso8601(profile.updatedAt)},
      {"secretRef", profile.secretRef},
  };
  if (profile.favourite) object["favourite"] = true;
  return object;
}

Result<ConnectionProfile> profileFromJson(const json::object& object) {
  Fields fields(object);
  ConnectionProfile profile;
  profile.id = ConnectionId(fields.uuid("id"));
  profile.name = fields.text("name");
  readServer(fields, profile);
  readPolicy(fields, object, profile);
  readTags(fields, object, profile);
  profile.favourite = fields.booleanOr("favourite", false);
  profile.keySeparator = fields.textOr("keySeparator", profile.keySeparator);
  profile.secretRef = fields.textOr("secretRef", "");
  readTime(fields, "createdAt", profile.createdAt);
  readTime(fields, "updatedAt", profile.updatedAt);
  readWayIn(fields, object, profile);
  if (auto ok = fields.finish(); !ok) return std::unexpected(ok.error());
  return profile;
}

}  // namespace cachify::events
