#include "events/sample_events.hpp"

#include <array>
#include <boost/json/serialize.hpp>

#include "events/json_fields.hpp"

namespace cachify::events {

namespace json = boost::json;

namespace {

/// What a server may or may not tell, under one name each.
struct OptionalCount {
  std::string_view name;
  std::optional<std::uint64_t> HealthSample::*member;
};
constexpr std::array kCounts{OptionalCount{"opsPerSecond", &HealthSample::opsPerSecond},
                             OptionalCount{"usedMemoryBytes", &HealthSample::usedMemoryBytes},
                             OptionalCount{"maxMemoryBytes", &HealthSample::maxMemoryBytes},
                             OptionalCount{"clients", &HealthSample::clients},
                             OptionalCount{"hits", &HealthSample::hits},
                             OptionalCount{"misses", &HealthSample::misses},
                             OptionalCount{"evictions", &HealthSample::evictions},
                             OptionalCount{"replicas", &HealthSample::replicas},
                             OptionalCount{"replicationLagMs", &HealthSample::replicationLagMs}};

json::object sampledJson(const ConnectionNoticed& event) {
  return {{"connectionId", event.connectionId.toString()},
          {"environment", domain::wireName(event.environment)}};
}

void readSampled(Fields& fields, ConnectionNoticed& event) {
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  if (auto environment = domain::parseEnvironment(fields.text("environment")); environment) {
    event.environment = *environment;
  } else {
    fields.reject(environment.error());
  }
}

void putText(json::object& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object[name] = asText(text);
}

}  // namespace

std::string encode(const HealthSample& event) {
  json::object object = sampledJson(event);
  object["latencyUs"] = event.latency.count();
  object["nodes"] = event.nodes;
  for (const auto& count : kCounts) {
    if (const auto& value = event.*count.member) object[count.name] = *value;
  }
  putText(object, "role", event.role);
  putText(object, "replication", event.replication);
  putText(object, "clusterState", event.clusterState);
  return json::serialize(object);
}

std::string encode(const SlowLogSample& event) {
  json::object object = sampledJson(event);
  putText(object, "node", event.node);
  object["runId"] = asText(event.runId);
  object["entryId"] = event.entryId;
  object["at"] = std::chrono::floor<std::chrono::milliseconds>(event.at.time_since_epoch()).count();
  object["durationUs"] = event.duration.count();
  object["command"] = asText(event.command);
  if (!event.keyOrPattern.empty()) putBytes(object, "keyOrPattern", event.keyOrPattern);
  object["argumentCount"] = event.argumentCount;
  putText(object, "client", event.client);
  return json::serialize(object);
}

std::string encode(const KeyspaceSample& event) {
  json::object object = sampledJson(event);
  object["event"] = asText(event.event);
  putBytes(object, "key", event.key);
  if (event.missed > 0) object["missed"] = event.missed;
  return json::serialize(object);
}

Result<void> decode(std::string_view payload, HealthSample& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  readSampled(fields, event);
  event.latency = fields.microseconds("latencyUs");
  event.nodes = fields.count32("nodes");
  for (const auto& count : kCounts) {
    event.*count.member =
        object->contains(count.name) ? std::optional(fields.count(count.name)) : std::nullopt;
  }
  event.role = fields.textOr("role", "");
  event.replication = fields.textOr("replication", "");
  event.clusterState = fields.textOr("clusterState", "");
  return fields.finish();
}

Result<void> decode(std::string_view payload, SlowLogSample& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  readSampled(fields, event);
  event.node = fields.textOr("node", "");
  event.runId = fields.text("runId");
  event.entryId = fields.count("entryId");
  const auto at = fields.optionalTime("at");
  if (!at) static_cast<void>(fields.integer("at"));  // it must be there
  event.at = at.value_or(WallTime());
  event.duration = fields.microseconds("durationUs");
  event.command = fields.text("command");
  event.keyOrPattern = object->contains("keyOrPattern") ? fields.bytes("keyOrPattern") : Bytes();
  event.argumentCount = fields.count32("argumentCount");
  event.client = fields.textOr("client", "");
  return fields.finish();
}

Result<void> decode(std::string_view payload, KeyspaceSample& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  readSampled(fields, event);
  event.event = fields.text("event");
  event.key = fields.bytes("key");
  event.missed = fields.countOr("missed", 0);
  return fields.finish();
}

}  // namespace cachify::events
