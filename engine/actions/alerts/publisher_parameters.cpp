#include "actions/alerts/publisher_parameters.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "events/json_fields.hpp"
#include "secrets/secret_store.hpp"

namespace cachify::actions {

namespace json = boost::json;

std::vector<std::string> secretParameters(std::string_view schema) {
  std::vector<std::string> names;
  json::error_code error;
  const json::value document = json::parse(schema, error);
  const auto* object = error ? nullptr : document.if_object();
  const auto* properties = object == nullptr ? nullptr : object->if_contains("properties");
  if (properties == nullptr || !properties->is_object()) return names;
  for (const auto& [name, property] : properties->get_object()) {
    if (!property.is_object()) continue;
    const auto* writeOnly = property.get_object().if_contains("writeOnly");
    if (writeOnly != nullptr && writeOnly->is_bool() && writeOnly->get_bool()) names.emplace_back(name);
  }
  return names;
}

Result<std::string> withSecrets(std::string_view parameters, const GivenSecrets& secrets) {
  auto object = events::parseObject(parameters);
  if (!object) return std::unexpected(object.error());
  for (const auto& [name, secret] : secrets) (*object)[name] = events::asText(secret.reveal());
  return json::serialize(*object);
}

Result<std::string> withoutSecrets(std::string_view parameters, const std::vector<std::string>& names) {
  auto object = events::parseObject(parameters);
  if (!object) return std::unexpected(object.error());
  for (const auto& name : names) object->erase(name);
  return json::serialize(*object);
}

Result<GivenSecrets> storedSecrets(const Context& context, const events::PublisherConfigured& settings) {
  GivenSecrets secrets;
  for (const auto& [field, name] : settings.secretRefs) {
    auto secret = context.secrets.get(name);
    if (!secret) {
      Error error = secret.error();
      error.message = fmt::format("the secret '{}' of the publisher {} cannot be had: {}", field,
                                  settings.publisher, error.message);
      return fail(std::move(error));
    }
    secrets.emplace(field, std::move(*secret));
  }
  return secrets;
}

}  // namespace cachify::actions
