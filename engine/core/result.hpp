#pragma once
// The one way a function of the engine fails: it returns an Error. Exceptions come only from libraries and
// are caught where they arise.

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cachify {
inline namespace core {

/// The codes a user, a script or a plugin may rely on. Wire names are UPPER_SNAKE_CASE.
enum class ErrorCode : std::uint8_t {
  validationError,
  notFound,
  unauthorized,
  timeout,
  connectionFailed,
  notSupported,
  conflict,
  cancelled,
  internalError,
};

/// "VALIDATION_ERROR" and so on.
[[nodiscard]] std::string_view wireName(ErrorCode code);

using DetailValue = std::variant<bool, std::int64_t, double, std::string>;

/// What went wrong, in words that say what to do next. Never holds a secret or a cached value.
struct Error {
  ErrorCode code = ErrorCode::internalError;
  std::string message;
  bool retryable = false;
  std::vector<std::pair<std::string, DetailValue>> details{};

  /// Adds or replaces a detail.
  Error& set(std::string_view name, DetailValue value);
  [[nodiscard]] Error with(std::string_view name, DetailValue value) &&;
  [[nodiscard]] const DetailValue* detail(std::string_view name) const;
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string message) {
  return std::unexpected(Error{.code = code, .message = std::move(message)});
}
[[nodiscard]] inline std::unexpected<Error> fail(Error error) {
  return std::unexpected(std::move(error));
}

}  // namespace core
}  // namespace cachify
