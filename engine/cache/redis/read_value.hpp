#pragma once

#include "cache/cache_session.hpp"
#include "cache/redis/backend.hpp"

namespace cachify::cache::redis {

/// Cursors: a string's is a byte offset, a list's and a sorted set's the index of the next element, a
/// stream's the id to go on from, a hash's and a set's the server's own (duplicates are possible then; a hash
/// or set that fits one page is read whole instead, without any).
[[nodiscard]] Task<ReadValue> readValue(SharedBackend backend, Bytes key, ReadRange range,
                                        CallContext context);

/// The smallest stream id above `id` ("5-3" gives "5-4").
[[nodiscard]] std::string streamIdAfter(std::string_view id);

}  // namespace cachify::cache::redis
