#pragma once
// What a publisher is configured with: parameters, judged by its JSON Schema, and secrets, which the schema
// marks as `writeOnly` and which are in no event.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "actions/context.hpp"
#include "core/result.hpp"
#include "core/secret_text.hpp"
#include "events/alert_setting_events.hpp"

namespace cachify::actions {

/// Parameters that are secrets, by the schema.
[[nodiscard]] std::vector<std::string> secretParameters(std::string_view schema);

using GivenSecrets = std::map<std::string, SecretText>;

/// The object with `secrets` put into it.
[[nodiscard]] Result<std::string> withSecrets(std::string_view parameters, const GivenSecrets& secrets);
/// The object without the parameters named.
[[nodiscard]] Result<std::string> withoutSecrets(std::string_view parameters,
                                                 const std::vector<std::string>& names);

/// Those of the settings, from the secret store. Blocks.
[[nodiscard]] Result<GivenSecrets> storedSecrets(const Context& context,
                                                 const events::PublisherConfigured& settings);

}  // namespace cachify::actions
