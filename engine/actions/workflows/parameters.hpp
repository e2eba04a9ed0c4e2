#pragma once
// Parameters of a workflow: judged by the kind's JSON Schema, filled up with its defaults, overlaid with
// edits.

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace cachify::actions {

/// The object with the schema's defaults filled in, and text read as what the schema wants ("60" as 60).
/// VALIDATION_ERROR with `field` and what the schema says of it when it is no JSON object or breaks a rule;
/// INTERNAL_ERROR when the schema itself is none.
[[nodiscard]] Result<std::string> completeParameters(std::string_view schema, std::string_view parameters);

/// As above for parameters of a template, which need not be complete: what is there must be right.
[[nodiscard]] Result<void> checkPartialParameters(std::string_view schema, std::string_view parameters);

/// Fields of `edits` take the place of those in `base`; null takes a field away. Both are JSON objects.
[[nodiscard]] Result<std::string> overlayParameters(std::string_view base, std::string_view edits);

/// For the log: what the schema marks with "x-cachify-value": true (values of the cache) is replaced by its
/// size in words. Nothing was replaced: `isWhole`.
struct RedactedParameters {
  std::string text{};
  bool isWhole = true;
};
[[nodiscard]] Result<RedactedParameters> redactParameters(std::string_view schema,
                                                          std::string_view parameters);

}  // namespace cachify::actions
