#include "cache/server_stats.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/bytes.hpp"

namespace cachify::cache {

Result<std::string> statsFamily(std::string_view asked, std::span<const std::string_view> known) {
  std::string family = asked.empty() ? std::string(kGeneralStats) : toLowerAscii(asked);
  if (std::ranges::find(known, family) != known.end()) return family;
  return fail(Error{
      .code = ErrorCode::validationError,
      .message = fmt::format("'{}' is no family of statistics that this kind of server has; there are {}",
                             escapeForDisplay(asked), fmt::join(known, ", "))}
                  .with("field", std::string("family")));
}

}  // namespace cachify::cache
