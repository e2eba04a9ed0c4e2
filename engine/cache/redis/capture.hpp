#pragma once

#include "cache/cache_session.hpp"
#include "cache/redis/backend.hpp"

namespace cachify::cache::redis {

/// WATCHed keys on a connection of their own. Letting go without an `apply` leaves the UNWATCH to the
/// connection's next user. Must go on the session's executor.
class RedisHold final : public Hold {
 public:
  RedisHold(Lease held, const Dialect& known) : lease(std::move(held)), dialect(known) {}
  Lease lease;
  Dialect dialect;  ///< finding it out anew here would end the WATCH
  /// Of the one key that is held; see full_server.hpp. Nothing for several.
  std::optional<std::string> contentDigest{};
};

[[nodiscard]] Task<std::vector<domain::Capture>> capture(SharedBackend backend, std::vector<Bytes> keys,
                                                         CaptureLimits limits, CallContext context);

/// UNAUTHORIZED when the user may not run WATCH, MULTI and EXEC (capability `cas`).
[[nodiscard]] Task<HeldCapture> captureHeld(SharedBackend backend, std::vector<Bytes> keys,
                                            CaptureLimits limits, CallContext context);

}  // namespace cachify::cache::redis
