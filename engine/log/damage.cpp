#include "log/damage.hpp"

#include <fmt/format.h>

namespace cachify::log {

Error damage(std::string_view kind, Position position, std::string_view what) {
  const std::string place = position == 0 ? std::string() : fmt::format(" at position {}", position);
  Error error{.code = ErrorCode::internalError,
              .message = fmt::format(
                  "The log is damaged{}: {}. Run `log verify`; `log salvage` brings back what is sound.",
                  place, what)};
  error.set("damaged", true).set("kind", std::string(kind));
  if (position != 0) error.set("position", static_cast<std::int64_t>(position));
  return error;
}

}  // namespace cachify::log
