#pragma once

#include "cache/cache_session.hpp"
#include "cache/redis/backend.hpp"

namespace cachify::cache::redis {

/// A string's cursor is a byte offset; for the others see CollectionPage.
[[nodiscard]] Task<ReadValue> readValue(SharedBackend backend, Bytes key, ReadRange range,
                                        CallContext context);

}  // namespace cachify::cache::redis
