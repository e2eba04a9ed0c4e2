#include "events/alert_delivery_events.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "events/alert_fields.hpp"

namespace cachify::events {

namespace json = boost::json;

namespace {

std::int64_t deliveryMs(WallTime time) {
  return std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
}

}  // namespace

std::string deliveriesStream(std::string_view publisher) {
  return fmt::format("deliveries/{}", publisher);
}

std::string encode(const AlertDelivered& event) {
  return json::serialize(json::object{{"publisher", event.publisher},
                                      {"alertId", event.alertId.toString()},
                                      {"attempts", event.attempt},
                                      {"count", event.count},
                                      {"durationUs", event.duration.count()}});
}

std::string encode(const AlertDeliveryFailed& event) {
  return json::serialize(json::object{{"publisher", event.publisher},
                                      {"alertId", event.alertId.toString()},
                                      {"attempts", event.attempt},
                                      {"durationUs", event.duration.count()},
                                      {"message", asText(event.message)},
                                      {"nextAt", deliveryMs(event.nextAt)},
                                      {"isHold", event.isHold}});
}

std::string encode(const AlertParked& event) {
  return json::serialize(json::object{{"publisher", event.publisher},
                                      {"alertId", event.alertId.toString()},
                                      {"attempts", event.attempts},
                                      {"message", asText(event.message)}});
}

std::string encode(const AlertReplayed& event) {
  return json::serialize(json::object{{"publisher", event.publisher}, {"alertIds", idList(event.alertIds)}});
}

Result<void> decode(std::string_view payload, AlertDelivered& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.publisher = fields.text("publisher");
  event.alertId = fields.uuid("alertId");
  event.attempt = fields.count32("attempts");
  event.count = fields.count("count");
  event.duration = fields.microseconds("durationUs");
  return fields.finish();
}

Result<void> decode(std::string_view payload, AlertDeliveryFailed& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.publisher = fields.text("publisher");
  event.alertId = fields.uuid("alertId");
  event.attempt = fields.count32("attempts");
  event.duration = fields.microseconds("durationUs");
  event.message = fields.text("message");
  event.nextAt = fields.optionalTime("nextAt").value_or(WallTime());
  event.isHold = fields.boolean("isHold");
  return fields.finish();
}

Result<void> decode(std::string_view payload, AlertParked& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.publisher = fields.text("publisher");
  event.alertId = fields.uuid("alertId");
  event.attempts = fields.count32("attempts");
  event.message = fields.text("message");
  return fields.finish();
}

Result<void> decode(std::string_view payload, AlertReplayed& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.publisher = fields.text("publisher");
  event.alertIds = idsIn(fields, "alertIds");
  return fields.finish();
}

}  // namespace cachify::events
