#pragma once
// Looking at items. By meta commands nothing here moves an item in the LRU or marks it as fetched (flag `u`),
// so to look at a cache does not change what it evicts. Text commands know no other way than to fetch the
// value.

#include <chrono>
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
  Rare<Error> ttlNotRead{};  ///< why `ttl` does not tell
  std::uint64_t sizeBytes = 0;
};
using Items = std::vector<std::optional<Item>>;

/// Learns what is left of items' TTLs where reads do not tell it. A TTL that could not be learnt is no error:
/// the item keeps saying why.
class TtlSource {
 public:
  virtual ~TtlSource() = default;
  /// `items` are those of `keys`, in order. CANCELLED once told to stop.
  virtual Task<void> fill(const std::vector<Bytes>& keys, Items& items, CallContext context) = 0;
};

/// Nothing where the key is absent. VALIDATION_ERROR, with nothing sent, when one of the keys cannot exist.
Task<Items> fetchItems(MemcachedConnection& connection, std::vector<Bytes> keys, CallContext context);
/// Either, with the TTLs that `ttls` can tell.
Task<Items> fetchWithTtls(MemcachedConnection& connection, TtlSource& ttls, std::vector<Bytes> keys,
                          Part part, CallContext context);
/// The same without the values.
Task<Items> fetchHeaders(MemcachedConnection& connection, std::vector<Bytes> keys, CallContext context);

struct CapturedItem {
  domain::Capture capture;
  std::uint64_t cas = 0;
};

Task<std::vector<CapturedItem>> captureItems(MemcachedConnection& connection, ServerFacts facts,
                                             TtlSource& ttls, std::vector<Bytes> keys, CaptureLimits limits,
                                             CallContext context);

}  // namespace cachify::cache::memcached
