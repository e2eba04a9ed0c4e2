#pragma once
// A real memcached that looks as one of an older version does: a filter before it turns commands that such a
// version does not know into one that no version knows, so that the server itself answers ERROR, in its turn.

#include <string>

#include "support/fault_proxy.hpp"
#include "support/server.hpp"

namespace cachify::test {

class OldMemcached {
 public:
  enum class KeyDump : std::uint8_t {
    byLru,  ///< 1.4.31 and newer: `lru_crawler metadump all`, not `hash`
    none,   ///< before
  };
  explicit OldMemcached(KeyDump dump = KeyDump::byLru, std::vector<std::string> options = {});

  /// Where the old one answers.
  [[nodiscard]] std::uint16_t port() const { return filter_.port(); }
  /// The server itself, which knows all of its commands.
  [[nodiscard]] const MemcachedServer& server() const { return server_; }

 private:
  MemcachedServer server_;
  FaultProxy filter_;
};

/// What goes on to the server of the client's bytes; see FaultProxy::Rewrite.
[[nodiscard]] std::string asOldMemcachedReads(std::string& waiting, OldMemcached::KeyDump dump);

}  // namespace cachify::test
