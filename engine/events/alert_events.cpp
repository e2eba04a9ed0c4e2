#include "events/alert_events.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "events/alert_fields.hpp"
#include "events/json_fields.hpp"

namespace cachify::events {

namespace json = boost::json;

std::string encode(const AlertRead& event) {
  json::object object{{"alertIds", idList(event.alertIds)}};
  if (event.upToPosition > 0) object["upToPosition"] = event.upToPosition;
  return json::serialize(object);
}

Result<void> decode(std::string_view payload, AlertRead& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.alertIds = idsIn(fields, "alertIds");
  event.upToPosition = fields.countOr("upToPosition", 0);
  return fields.finish();
}

std::string encode(const AlertRaised& event) {
  json::object object{{"severity", domain::wireName(event.severity)},
                      {"title", asText(event.title)},
                      {"message", asText(event.message)},
                      {"source", event.source}};
  if (!event.connectionId.isNil()) {
    object["connectionId"] = event.connectionId.toString();
    object["environment"] = domain::wireName(event.environment);
  }
  return json::serialize(object);
}

Result<void> decode(std::string_view payload, AlertRaised& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.severity = severityIn(fields, "severity");
  event.title = fields.text("title");
  event.message = fields.text("message");
  event.source = fields.text("source");
  event.connectionId = ConnectionId(fields.uuidOrNil("connectionId"));
  if (auto environment = domain::parseEnvironment(fields.textOr("environment", "dev")); environment) {
    event.environment = *environment;
  } else {
    fields.reject(environment.error());
  }
  return fields.finish();
}

}  // namespace cachify::events
