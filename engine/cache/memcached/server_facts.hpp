#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cache/memcached/dialect.hpp"
#include "core/bytes.hpp"
#include "core/clock.hpp"

namespace cachify::cache::memcached {

/// What a server says of itself in `stats` and `stats settings`; the defaults are memcached's own.
struct ServerFacts {
  const Dialect* dialect = &metaDialect();
  std::string version{};
  std::uint64_t items = 0;
  std::uint64_t maxItemBytes = 1ULL << 20;
  bool casEnabled = true;
  bool dumpEnabled = true;
  bool crawlerEnabled = true;
  /// Server's clock less ours; 0 below the resolution, for the server tells whole seconds.
  std::chrono::seconds clockOffset{};

  [[nodiscard]] WallTime serverNow() const { return SystemClock().now() + clockOffset; }
  void note(std::string_view name, std::string_view value);
};

/// VALIDATION_ERROR for an item that the server would not take. To be asked before sending: memcached drops
/// the key's old value when it refuses a larger one, whatever the mode and the CAS of the command.
[[nodiscard]] Result<void> checkItemSize(const ServerFacts& facts, BytesView key, std::uint64_t valueBytes);

}  // namespace cachify::cache::memcached
