#include "core/result.hpp"

#include <algorithm>

namespace cachify::inline core {

std::string_view wireName(ErrorCode code) {
  switch (code) {
    case ErrorCode::validationError:
      return "VALIDATION_ERROR";
    case ErrorCode::notFound:
      return "NOT_FOUND";
    case ErrorCode::unauthorized:
      return "UNAUTHORIZED";
    case ErrorCode::timeout:
      return "TIMEOUT";
    case ErrorCode::connectionFailed:
      return "CONNECTION_FAILED";
    case ErrorCode::notSupported:
      return "NOT_SUPPORTED";
    case ErrorCode::conflict:
      return "CONFLICT";
    case ErrorCode::cancelled:
      return "CANCELLED";
    case ErrorCode::internalError:
      return "INTERNAL_ERROR";
  }
  return "INTERNAL_ERROR";
}

Error& Error::set(std::string_view name, DetailValue value) {
  const auto found = std::ranges::find(details, name, &std::pair<std::string, DetailValue>::first);
  if (found != details.end()) {
    found->second = std::move(value);
  } else {
    details.emplace_back(std::string(name), std::move(value));
  }
  return *this;
}

Error Error::with(std::string_view name, DetailValue value) && {
  set(name, std::move(value));
  return std::move(*this);
}

const DetailValue* Error::detail(std::string_view name) const {
  const auto found = std::ranges::find(details, name, &std::pair<std::string, DetailValue>::first);
  return found == details.end() ? nullptr : &found->second;
}

}  // namespace cachify::inline core
