#pragma once

#include "cache/cache_session.hpp"
#include "cache/redis/backend.hpp"

namespace cachify::cache::redis {

/// A restore whose DUMP the server cannot read is `refused` with NOT_SUPPORTED; the same capture without its
/// dump is rebuilt from the logical copy.
[[nodiscard]] boost::asio::awaitable<std::vector<ApplyOutcome>> apply(SharedBackend backend, ConnectionId id,
                                                                      domain::Permit permit,
                                                                      std::vector<domain::Mutation> mutations,
                                                                      std::unique_ptr<Hold> hold,
                                                                      CallContext context);

/// The same for who has spent the permit already. With a hold `backend` is not used.
[[nodiscard]] boost::asio::awaitable<std::vector<ApplyOutcome>> applyAllowed(
    SharedBackend backend, std::vector<domain::Mutation> mutations, std::unique_ptr<Hold> hold,
    CallContext context);

}  // namespace cachify::cache::redis
