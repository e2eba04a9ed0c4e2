#pragma once

#include "cache/cache_session.hpp"
#include "cache/redis/backend.hpp"

namespace cachify::cache::redis {

/// Size: the bytes of a string, the memory that the server counts for anything else.
[[nodiscard]] Task<std::vector<KeyDescription>> describe(SharedBackend backend, std::vector<Bytes> keys,
                                                         CallContext context);

}  // namespace cachify::cache::redis
