#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "domain/words.hpp"
#include "events/json_fields.hpp"
#include "plugin_host/alert_publisher.hpp"

namespace cachify::plugin_host {
namespace {

namespace json = boost::json;

constexpr domain::Words<Delivery::Outcome, 3> kOutcomes{{{Delivery::Outcome::delivered, "delivered"},
                                                         {Delivery::Outcome::retryAfter, "retryAfter"},
                                                         {Delivery::Outcome::failed, "failed"}}};

}  // namespace

std::string_view wireName(Delivery::Outcome outcome) {
  return domain::wordOf(kOutcomes, outcome);
}

std::string toJsonLine(const AlertForDelivery& alert) {
  json::object object{{"id", alert.id.toString()},
                      {"createdAt", toIso8601(alert.createdAt)},
                      {"severity", domain::wireName(alert.severity)},
                      {"title", events::asText(alert.title)},
                      {"message", events::asText(alert.message)},
                      {"source", events::asText(alert.source)},
                      {"count", alert.count}};
  if (!alert.connectionId.isNil()) object["connectionId"] = alert.connectionId.toString();
  if (!alert.connectionName.empty()) object["connection"] = events::asText(alert.connectionName);
  if (!alert.environment.empty()) object["environment"] = events::asText(alert.environment);
  if (!alert.causeId.isNil()) object["causeId"] = alert.causeId.toString();
  return json::serialize(object);
}

}  // namespace cachify::plugin_host
