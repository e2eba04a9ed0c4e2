#pragma once
// Read model `memcached_key_index`: keys of Memcached connections that Cachify has read or changed. For
// servers that do not list their keys; whether a key is still there, only the server knows.

#include <optional>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"

struct sqlite3;

namespace cachify::views {

struct ReadModelSpec;
[[nodiscard]] ReadModelSpec memcachedKeyIndexModel();

/// For each connection; then the key that was not seen for longest goes.
inline constexpr std::int64_t kMostIndexedKeys = 100'000;

struct IndexedKeyFilter {
  ConnectionId connectionId{};
  std::optional<Bytes> after{};  ///< the last key of the page before
  std::size_t limit = 1000;      ///< at most 10 000
};

/// In the order of their bytes.
[[nodiscard]] Result<std::vector<Bytes>> listIndexedKeys(sqlite3& db, const IndexedKeyFilter& filter);

}  // namespace cachify::views
