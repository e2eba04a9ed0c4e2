#pragma once
// What all calls of one Redis session share.

#include <memory>
#include <optional>

#include "cache/redis/connection_pool.hpp"

namespace cachify::cache::redis {

/// Which forms of commands the server knows and the user may run, where the session has to choose one.
struct Dialect {
  /// DUMP is allowed and RESTORE is not known to be refused: a DUMP that cannot be restored is of no use.
  bool dumps = true;
  bool sets = true;          ///< SET is not known to be refused
  bool transactions = true;  ///< WATCH, MULTI, EXEC
  bool unlink = true;
  bool setKeepTtl = true;   ///< SET … KEEPTTL, since 6.0
  bool setPxAt = true;      ///< SET … PXAT, since 6.2
  bool pexpireTime = true;  ///< since 7.0
  bool scanType = true;     ///< SCAN … TYPE, since 6.0
};

struct Backend {
  std::shared_ptr<ConnectionPool> pool;
  bool followsMaster = false;  ///< a demoted master is left for its successor
  std::uint32_t dbIndex = 0;
  Bytes absentKey;  ///< a name that no one uses: what is tried on it changes nothing
  std::optional<Dialect> dialect{};
  /// Of the keys that were captured last, as far as is known: see `captureSmallStrings`.
  bool mostlySmallStrings = true;
  bool mostlyAbsent = false;
  bool nothingExpires = false;  ///< in the whole database, when INFO was asked last
  bool tellsKeyspace = true;    ///< INFO was not refused

  /// See CacheSession::renew.
  void renew() {
    pool->renew();
    dialect.reset();
  }
};
using SharedBackend = std::shared_ptr<Backend>;

[[nodiscard]] SharedBackend makeBackend(boost::asio::any_io_executor executor, Login login,
                                        Locate locate = nullptr);

/// Found out once for a session, on a connection of its own, and without ever running a command that writes.
[[nodiscard]] Task<Dialect> dialectOf(SharedBackend backend, CallContext context);

}  // namespace cachify::cache::redis
