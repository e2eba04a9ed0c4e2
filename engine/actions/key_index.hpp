#pragma once
// Listing keys where the server does not: from the read model `memcached_key_index`.

#include "actions/keys.hpp"

namespace cachify::actions {

/// Lives on the network thread, no longer than what it is made of.
struct KeyIndex {
  const Context& context;
  ConnectionId connection;
  cache::CacheSession& session;

  /// A failed scan that the index may stand in for: the server lists no keys.
  [[nodiscard]] static bool standsInFor(const Error& error);
  /// A cursor that one of its pages gave.
  [[nodiscard]] static bool owns(std::string_view cursor);

  /// Known keys that match and are there: the server is asked for each. VALIDATION_ERROR for a cursor that is
  /// none.
  [[nodiscard]] Task<KeyPage> page(cache::ScanRequest request, Describe describe, CallContext call) const;

 private:
  Task<std::vector<Bytes>> known(std::optional<Bytes> after, std::size_t limit) const;
};

}  // namespace cachify::actions
