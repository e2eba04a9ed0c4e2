#include "cache/capture_rules.hpp"

#include <fmt/format.h>

namespace cachify::cache {

Error tooLargeToCapture(std::uint64_t sizeBytes, const CaptureLimits& limits) {
  return Error{.code = ErrorCode::notSupported,
               .message = fmt::format("the value of {} bytes is above the snapshot limit of {} bytes",
                                      sizeBytes, limits.maxBytes)}
      .with("sizeBytes", static_cast<std::int64_t>(sizeBytes))
      .with("limitBytes", static_cast<std::int64_t>(limits.maxBytes));
}

Error changedSinceCapture() {
  return {.code = ErrorCode::conflict,
          .message = "the key was changed by somebody else meanwhile; read it again and decide anew"};
}

Error noSuchElements(domain::ValueType type) {
  return Error{
      .code = ErrorCode::conflict,
      .message = fmt::format("the key holds a {}, which has no such elements", domain::wireName(type))}
      .with("type", std::string(domain::wireName(type)));
}

}  // namespace cachify::cache
