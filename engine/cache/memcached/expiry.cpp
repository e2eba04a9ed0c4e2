#include "cache/memcached/expiry.hpp"

#include <algorithm>
#include <limits>

namespace cachify::cache::memcached {

using std::chrono::ceil;
using std::chrono::milliseconds;
using std::chrono::seconds;

Result<std::int64_t> exptimeFor(milliseconds ttl, WallTime serverNow) {
  const seconds relative = std::max(ceil<seconds>(ttl), seconds(1));
  if (relative <= kLongestRelativeTtl) return relative.count();
  const std::int64_t now = std::chrono::floor<seconds>(serverNow.time_since_epoch()).count();
  const std::int64_t latest = std::numeric_limits<std::int32_t>::max();
  if (relative.count() <= latest - now) return now + relative.count();
  return fail(
      Error{.code = ErrorCode::validationError,
            .message = "Memcached cannot hold an expiry date after January 2038; choose a shorter TTL"}
          .with("ttlMs", std::int64_t{ttl.count()}));
}

std::optional<milliseconds> remainingTtl(std::int64_t left) {
  if (left < 0) return std::nullopt;
  return seconds(left);
}

}  // namespace cachify::cache::memcached
