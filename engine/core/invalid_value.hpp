#pragma once
// The one form of "this value is not allowed": which field, what was given, what is allowed.

#include <expected>
#include <string_view>

#include "core/result.hpp"

namespace cachify {
inline namespace core {

/// VALIDATION_ERROR "<field> must be <allowed>, not '<value>'", with the details `field`, `value` and
/// `allowed`. The value is escaped and shortened, and what stands before an '@' in it, which may be a
/// password, is left out.
[[nodiscard]] std::unexpected<Error> invalidValue(std::string_view field, std::string_view value,
                                                  std::string_view allowed);

}  // namespace core
}  // namespace cachify
