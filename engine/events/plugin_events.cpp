#include "events/plugin_events.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "events/json_fields.hpp"

namespace cachify::events {

namespace json = boost::json;

namespace {

Digest pluginDigest(Fields& fields) {
  Digest digest{};
  const auto bytes = fromHex(fields.text("digest"));
  if (bytes && bytes->size() == digest.size()) {
    std::ranges::copy(*bytes, digest.begin());
  } else {
    fields.reject(
        Error{.code = ErrorCode::validationError, .message = "field 'digest' must be 64 hexadecimal digits"}
            .with("field", std::string("digest")));
  }
  return digest;
}

std::vector<std::string> capabilityWords(Fields& fields) {
  std::vector<std::string> words;
  for (const auto& item : fields.array("capabilities")) {
    if (item.is_string()) {
      words.emplace_back(item.get_string());
    } else {
      fields.reject(
          Error{.code = ErrorCode::validationError, .message = "field 'capabilities' must be a list of words"}
              .with("field", std::string("capabilities")));
    }
  }
  return words;
}

}  // namespace

std::string encode(const PluginTrusted& event) {
  json::array capabilities;
  for (const auto& word : event.capabilities) capabilities.emplace_back(word);
  return json::serialize(json::object{{"pluginId", event.pluginId},
                                      {"version", event.version},
                                      {"digest", toHex(event.digest)},
                                      {"capabilities", std::move(capabilities)}});
}

std::string encode(const PluginRevoked& event) {
  return json::serialize(json::object{{"pluginId", event.pluginId}});
}

std::string encode(const PluginFaulted& event) {
  return json::serialize(json::object{{"pluginId", event.pluginId},
                                      {"version", event.version},
                                      {"digest", toHex(event.digest)},
                                      {"fault", event.fault},
                                      {"inRow", event.inRow},
                                      {"isQuarantined", event.isQuarantined}});
}

std::string encode(const PluginRecovered& event) {
  return json::serialize(json::object{{"pluginId", event.pluginId}, {"digest", toHex(event.digest)}});
}

Result<void> decode(std::string_view payload, PluginTrusted& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.pluginId = fields.text("pluginId");
  event.version = fields.text("version");
  event.digest = pluginDigest(fields);
  event.capabilities = capabilityWords(fields);
  return fields.finish();
}

Result<void> decode(std::string_view payload, PluginRevoked& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.pluginId = fields.text("pluginId");
  return fields.finish();
}

Result<void> decode(std::string_view payload, PluginFaulted& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.pluginId = fields.text("pluginId");
  event.version = fields.text("version");
  event.digest = pluginDigest(fields);
  event.fault = fields.text("fault");
  event.inRow = fields.count32("inRow");
  event.isQuarantined = fields.boolean("isQuarantined");
  return fields.finish();
}

Result<void> decode(std::string_view payload, PluginRecovered& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.pluginId = fields.text("pluginId");
  event.digest = pluginDigest(fields);
  return fields.finish();
}

}  // namespace cachify::events
