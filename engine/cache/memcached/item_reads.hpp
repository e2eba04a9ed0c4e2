#pragma once
// Looking at items. Nothing here moves an item in the LRU or marks it as fetched (meta flag `u`), so to look
// at a cache does not change what it evicts.

#include <optional>
#include <vector>

#include "cache/cache_session.hpp"
#include "cache/memcached/memcached_connection.hpp"
#include "cache/memcached/server_facts.hpp"

namespace cachify::cache::memcached {

struct Item {
  Bytes value;
  std::uint32_t flags = 0;
  std::uint64_t cas = 0;  ///< 0: the server was started without CAS
  std::optional<std::chrono::milliseconds> ttl{};
  std::uint64_t sizeBytes = 0;
};

/// Nothing where the key is absent. VALIDATION_ERROR, with nothing sent, when one of the keys cannot exist.
Task<std::vector<std::optional<Item>>> fetchItems(MemcachedConnection& connection, std::vector<Bytes> keys,
                                                  CallContext context);
/// The same without the values.
Task<std::vector<std::optional<Item>>> fetchHeaders(MemcachedConnection& connection, std::vector<Bytes> keys,
                                                    CallContext context);

struct CapturedItem {
  domain::Capture capture;
  std::uint64_t cas = 0;
};

Task<std::vector<CapturedItem>> captureItems(MemcachedConnection& connection, ServerFacts facts,
                                             std::vector<Bytes> keys, CaptureLimits limits,
                                             CallContext context);

}  // namespace cachify::cache::memcached
