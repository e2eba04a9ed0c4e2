#pragma once
// A server at its `maxmemory` queues no command in a transaction, not even one that frees memory. What
// follows deletes a held key all the same, if it still is what was captured: a script may do that there.

#include "cache/cache_session.hpp"
#include "cache/redis/redis_connection.hpp"

namespace cachify::cache::redis {

/// What the script knows the key's content by: SHA-1 of its DUMP in hex, the digest that Redis offers
/// scripts. Nothing for a capture without a whole DUMP.
[[nodiscard]] std::optional<std::string> scriptDigest(const domain::Capture& capture);

/// Whether `outcome` is that of a server without room.
[[nodiscard]] bool isForWantOfRoom(const ApplyOutcome& outcome);

/// `changed` where the content is another than `digest` tells.
[[nodiscard]] boost::asio::awaitable<ApplyOutcome> removeWithoutRoom(RedisConnection& connection,
                                                                     const Bytes& key, std::string digest,
                                                                     CallContext context);

}  // namespace cachify::cache::redis
