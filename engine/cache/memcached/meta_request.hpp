#pragma once
// Requests of the meta protocol (doc/protocol.txt of memcached 1.6) as bytes, appended to a buffer so that a
// pipeline is one string.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cache/memcached/wire_key.hpp"

namespace cachify::cache::memcached {

/// What `ms` does when the key is or is not there.
enum class StoreMode : char { set = 'S', add = 'E', replace = 'R', append = 'A', prepend = 'P' };

struct StoreOptions {
  std::uint32_t flags = 0;
  std::int64_t exptime = 0;            ///< 0: never
  std::optional<std::uint64_t> cas{};  ///< store only if the item still has this CAS
  StoreMode mode = StoreMode::set;
};

struct ArithmeticOptions {
  std::uint64_t delta = 1;
  bool decrement = false;
  std::optional<std::uint64_t> cas{};
};

/// `flags`: what to answer, such as "t s f c u v"; `u` leaves the item's place in the LRU alone.
void appendGet(std::string& out, const WireKey& key, std::string_view flags);
/// Sets a new expiry without touching the value. Leaves the CAS as it is.
void appendTouch(std::string& out, const WireKey& key, std::int64_t exptime);
/// The reply carries the new CAS.
void appendStore(std::string& out, const WireKey& key, BytesView value, const StoreOptions& options);
void appendDelete(std::string& out, const WireKey& key, std::optional<std::uint64_t> cas);
/// The reply carries the new number as value.
void appendArithmetic(std::string& out, const WireKey& key, const ArithmeticOptions& options);
void appendNoop(std::string& out);
/// ASCII authentication (-Y). To a server that asks for none this would store a key: find out first.
void appendAuthentication(std::string& out, std::string_view username, std::string_view password);

}  // namespace cachify::cache::memcached
