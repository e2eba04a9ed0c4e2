#pragma once
// Keyspace notifications: whether a server sends them, and what they say. No I/O.
// Protocol: the Redis documentation's "Redis keyspace notifications" and "Redis Pub/Sub".

#include <optional>

#include "cache/cache_session.hpp"
#include "cache/redis/reply.hpp"

namespace cachify::cache::redis {

/// The channels of all key events of one database.
[[nodiscard]] Bytes keyEventPattern(std::uint32_t dbIndex);

/// From the answers to CONFIG GET notify-keyspace-events and to subscribing to that pattern.
[[nodiscard]] CapabilityState keyspaceEventsIn(const Reply& config, const Reply& subscribed);

/// What a server that is listened to says; nothing for what is no message (a confirmation, a pong).
[[nodiscard]] std::optional<Notice> noticeIn(Reply reply);

}  // namespace cachify::cache::redis
