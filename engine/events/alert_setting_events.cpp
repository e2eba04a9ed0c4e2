#include "events/alert_setting_events.hpp"

#include <boost/json/serialize.hpp>

#include "events/alert_fields.hpp"

namespace cachify::events {

namespace json = boost::json;

namespace {

template <class Value>
Value acceptedOr(Fields& fields, Result<Value> value, Value fallback) {
  if (value) return *value;
  fields.reject(value.error());
  return fallback;
}

json::object ruleJson(const domain::AlertRule& rule) {
  json::object object{{"id", rule.id.toString()},
                      {"name", asText(rule.name)},
                      {"metric", domain::wireName(rule.metric)},
                      {"comparator", domain::wireName(rule.comparator)},
                      {"threshold", rule.threshold},
                      {"lookBackMinutes", rule.lookBack.count()},
                      {"severity", domain::wireName(rule.severity)},
                      {"enabled", rule.enabled}};
  if (!rule.connectionId.isNil()) object["connectionId"] = rule.connectionId.toString();
  if (rule.environment) object["environment"] = domain::wireName(*rule.environment);
  return object;
}

Result<void> decodeRule(std::string_view payload, domain::AlertRule& rule) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  rule.id = AlertRuleId(fields.uuid("id"));
  rule.name = fields.text("name");
  rule.metric = acceptedOr(fields, domain::parseAlertMetric(fields.text("metric")), rule.metric);
  rule.comparator = acceptedOr(fields, domain::parseComparator(fields.text("comparator")), rule.comparator);
  rule.threshold = fields.number("threshold");
  rule.lookBack = std::chrono::minutes(fields.count32("lookBackMinutes"));
  rule.severity = severityIn(fields, "severity");
  rule.enabled = fields.boolean("enabled");
  rule.connectionId = ConnectionId(fields.uuidOrNil("connectionId"));
  if (const auto word = fields.optionalText("environment"))
    rule.environment = acceptedOr(fields, domain::parseEnvironment(*word), domain::Environment::dev);
  return fields.finish();
}

}  // namespace

std::string encode(const PublisherConfigured& event) {
  json::object refs;
  for (const auto& [field, name] : event.secretRefs) refs[field] = name;
  json::object object{{"publisher", event.publisher},
                      {"enabled", event.enabled},
                      {"minSeverity", domain::wireName(event.minSeverity)},
                      {"parameters", asText(event.parameters)},
                      {"secretRefs", std::move(refs)},
                      {"maxAttempts", event.retry.maxAttempts},
                      {"backoffMs", event.retry.backoff.count()}};
  return json::serialize(object);
}

std::string encode(const AlertRuleCreated& event) {
  return json::serialize(ruleJson(event.rule));
}
std::string encode(const AlertRuleUpdated& event) {
  return json::serialize(ruleJson(event.rule));
}
std::string encode(const AlertRuleDeleted& event) {
  return json::serialize(json::object{{"id", event.id.toString()}, {"name", asText(event.name)}});
}
std::string encode(const AlertSourceSwitched& event) {
  return json::serialize(
      json::object{{"source", domain::wireName(event.source)}, {"enabled", event.enabled}});
}

Result<void> decode(std::string_view payload, PublisherConfigured& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.publisher = fields.text("publisher");
  event.enabled = fields.boolean("enabled");
  event.minSeverity = severityIn(fields, "minSeverity");
  event.parameters = fields.text("parameters");
  for (const auto& [field, name] : fields.object("secretRefs")) {
    if (name.is_string()) event.secretRefs[std::string(field)] = std::string(name.get_string());
  }
  event.retry.maxAttempts = fields.count32("maxAttempts");
  event.retry.backoff = std::chrono::milliseconds(fields.count32("backoffMs"));
  return fields.finish();
}

Result<void> decode(std::string_view payload, AlertRuleCreated& event) {
  return decodeRule(payload, event.rule);
}
Result<void> decode(std::string_view payload, AlertRuleUpdated& event) {
  return decodeRule(payload, event.rule);
}
Result<void> decode(std::string_view payload, AlertRuleDeleted& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.id = AlertRuleId(fields.uuid("id"));
  event.name = fields.text("name");
  return fields.finish();
}
Result<void> decode(std::string_view payload, AlertSourceSwitched& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.source = acceptedOr(fields, domain::parseAlertSource(fields.text("source")), event.source);
  event.enabled = fields.boolean("enabled");
  return fields.finish();
}

}  // namespace cachify::events
