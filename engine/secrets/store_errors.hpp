#pragma once
// The answers of the port that callers tell apart, made in one place.

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace cachify::secrets {

/// The store works and has no entry of this name.
[[nodiscard]] inline Error noSuchSecret(std::string_view name) {
  return Error{.code = ErrorCode::notFound,
               .message = "The secret store has no entry \"" + std::string(name) + "\"."};
}

/// The store is there, but will not open. `message` says what unlocks it.
[[nodiscard]] inline Error storeLocked(std::string message) {
  return Error{.code = ErrorCode::unauthorized, .message = std::move(message)}.with("store",
                                                                                    std::string("locked"));
}

/// There is no such store to talk to.
[[nodiscard]] inline Error storeMissing(std::string message) {
  return Error{.code = ErrorCode::connectionFailed, .message = std::move(message)}.with(
      "store", std::string("missing"));
}

/// The store is there, but did not answer in time.
[[nodiscard]] inline Error storeSilent(std::string message) {
  return Error{.code = ErrorCode::timeout, .message = std::move(message), .retryable = true}.with(
      "store", std::string("silent"));
}

}  // namespace cachify::secrets
