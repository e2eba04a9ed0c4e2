#include "events/connection_events.hpp"

#include <boost/json/serialize.hpp>

#include "events/json_fields.hpp"
#include "events/profile_json.hpp"

namespace cachify::events {

namespace json = boost::json;

namespace {

Result<void> decodeProfile(std::string_view payload, domain::ConnectionProfile& profile) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  auto decoded = profileFromJson(*object);
  if (!decoded) return std::unexpected(decoded.error());
  profile = std::move(*decoded);
  return {};
}

json::object noticedJson(const ConnectionNoticed& event) {
  return {{"connectionId", event.connectionId.toString()},
          {"environment", domain::wireName(event.environment)}};
}

void readNoticed(Fields& fields, ConnectionNoticed& event) {
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  if (auto environment = domain::parseEnvironment(fields.text("environment")); environment) {
    event.environment = *environment;
  } else {
    fields.reject(environment.error());
  }
}

}  // namespace

std::string encode(const ConnectionCreated& event) {
  return json::serialize(toJson(event.profile));
}
std::string encode(const ConnectionUpdated& event) {
  return json::serialize(toJson(event.profile));
}

std::string encode(const ConnectionRemoved& event) {
  return json::serialize(json::object{{"connectionId", event.connectionId.toString()}, {"name", event.name}});
}

std::string encode(const ConnectionTested& event) {
  json::object object{{"connectionId", event.connectionId.toString()},
                      {"ok", event.ok},
                      {"latencyUs", event.latency.count()},
                      {"serverVersion", asText(event.serverVersion)},
                      {"role", asText(event.role)},
                      {"attempts", event.attempts}};
  if (!event.errorCode.empty()) object["errorCode"] = event.errorCode;
  return json::serialize(object);
}

std::string encode(const ConnectionOpened& event) {
  json::object object = noticedJson(event);
  object["latencyUs"] = event.latency.count();
  return json::serialize(object);
}

std::string encode(const ConnectionLost& event) {
  json::object object = noticedJson(event);
  object["errorCode"] = event.errorCode;
  object["message"] = asText(event.message);
  return json::serialize(object);
}

std::string encode(const ConnectionRestored& event) {
  json::object object = noticedJson(event);
  object["durationUs"] = event.duration.count();
  object["attempts"] = event.attempts;
  object["latencyUs"] = event.latency.count();
  return json::serialize(object);
}

Result<void> decode(std::string_view payload, ConnectionCreated& event) {
  return decodeProfile(payload, event.profile);
}
Result<void> decode(std::string_view payload, ConnectionUpdated& event) {
  return decodeProfile(payload, event.profile);
}

Result<void> decode(std::string_view payload, ConnectionRemoved& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  event.name = fields.text("name");
  return fields.finish();
}

Result<void> decode(std::string_view payload, ConnectionTested& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  event.ok = fields.boolean("ok");
  event.latency = fields.microseconds("latencyUs");
  event.serverVersion = fields.text("serverVersion");
  event.role = fields.text("role");
  event.attempts = fields.count32("attempts");
  event.errorCode = fields.textOr("errorCode", "");
  return fields.finish();
}

Result<void> decode(std::string_view payload, ConnectionOpened& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  readNoticed(fields, event);
  event.latency = fields.microseconds("latencyUs");
  return fields.finish();
}

Result<void> decode(std::string_view payload, ConnectionLost& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  readNoticed(fields, event);
  event.errorCode = fields.text("errorCode");
  event.message = fields.text("message");
  return fields.finish();
}

Result<void> decode(std::string_view payload, ConnectionRestored& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  readNoticed(fields, event);
  event.duration = fields.microseconds("durationUs");
  event.attempts = fields.count32("attempts");
  event.latency = fields.microseconds("latencyUs");
  return fields.finish();
}

}  // namespace cachify::events
