#include "events/alert_events.hpp"

#include <boost/json/serialize.hpp>

#include "domain/words.hpp"
#include "events/json_fields.hpp"

namespace cachify::events {

namespace json = boost::json;

namespace {

constexpr domain::Words<Severity, 3> kSeverities{
    {{Severity::info, "info"}, {Severity::warning, "warning"}, {Severity::critical, "critical"}}};

}  // namespace

std::string_view wireName(Severity severity) {
  return domain::wordOf(kSeverities, severity);
}

std::string encode(const AlertRaised& event) {
  json::object object{{"severity", wireName(event.severity)},
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
  if (auto severity = domain::parseWord(kSeverities, "severity", fields.text("severity")); severity) {
    event.severity = *severity;
  } else {
    fields.reject(severity.error());
  }
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
