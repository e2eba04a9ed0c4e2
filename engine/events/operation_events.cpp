#include "events/operation_events.hpp"

#include <boost/json/serialize.hpp>

#include "events/json_fields.hpp"

namespace cachify::events {

namespace json = boost::json;

namespace {

json::object baseToJson(const Operation& operation) {
  json::object object;
  if (!operation.connectionId.isNil()) {
    object["connectionId"] = operation.connectionId.toString();
    object["environment"] = domain::wireName(operation.environment);
  }
  object["action"] = operation.action;
  if (!operation.keyOrPattern.empty()) putBytes(object, "keyOrPattern", operation.keyOrPattern);
  object["durationUs"] = operation.duration.count();
  object["attempts"] = operation.attempts;
  if (!operation.change.empty()) object["change"] = asText(operation.change);
  if (!operation.mutationId.isNil()) object["mutationId"] = operation.mutationId.toString();
  return object;
}

void readBase(Fields& fields, Operation& operation) {
  operation.connectionId = ConnectionId(fields.uuidOrNil("connectionId"));
  const std::string environment = fields.textOr("environment", "dev");
  if (auto parsed = domain::parseEnvironment(environment); parsed) {
    operation.environment = *parsed;
  } else {
    fields.reject(parsed.error());
  }
  operation.action = fields.text("action");
  operation.keyOrPattern = fields.textOr("keyOrPattern", "").empty() ? Bytes() : fields.bytes("keyOrPattern");
  operation.duration = fields.microseconds("durationUs");
  operation.attempts = fields.count32("attempts");
  operation.change = fields.textOr("change", "");
  operation.mutationId = MutationId(fields.uuidOrNil("mutationId"));
}

}  // namespace

std::string encode(const OperationCompleted& event) {
  return json::serialize(baseToJson(event));
}

std::string encode(const OperationFailed& event) {
  auto object = baseToJson(event);
  object["errorCode"] = event.errorCode;
  object["message"] = asText(event.message);
  object["retryable"] = event.retryable;
  return json::serialize(object);
}

std::string encode(const OperationBlocked& event) {
  auto object = baseToJson(event);
  object["policy"] = event.policy;
  object["message"] = asText(event.message);
  return json::serialize(object);
}

Result<void> decode(std::string_view payload, OperationCompleted& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  readBase(fields, event);
  return fields.finish();
}

Result<void> decode(std::string_view payload, OperationFailed& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  readBase(fields, event);
  event.errorCode = fields.text("errorCode");
  event.message = fields.text("message");
  event.retryable = fields.boolean("retryable");
  return fields.finish();
}

Result<void> decode(std::string_view payload, OperationBlocked& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  readBase(fields, event);
  event.policy = fields.text("policy");
  event.message = fields.text("message");
  return fields.finish();
}

}  // namespace cachify::events
