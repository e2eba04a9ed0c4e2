#include "core/invalid_value.hpp"

#include <fmt/format.h>

#include "core/bytes.hpp"

namespace cachify::inline core {
namespace {

/// A URL pasted into the wrong field can hold a password before its last '@'.
std::string shownValue(std::string_view value) {
  constexpr std::size_t kMaxBytes = 100;
  const auto at = value.rfind('@');
  const std::string_view harmless = at == std::string_view::npos ? value : value.substr(at);
  return (at == std::string_view::npos ? "" : "…") + escapeForDisplay(harmless.substr(0, kMaxBytes));
}

}  // namespace

std::unexpected<Error> invalidValue(std::string_view field, std::string_view value,
                                    std::string_view allowed) {
  const std::string shown = shownValue(value);
  return fail(Error{.code = ErrorCode::validationError,
                    .message = fmt::format("{} must be {}, not '{}'", field, allowed, shown)}
                  .with("field", std::string(field))
                  .with("value", shown)
                  .with("allowed", std::string(allowed)));
}

}  // namespace cachify::inline core
