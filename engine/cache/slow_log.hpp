#pragma once
// A server's own log of slow commands.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/clock.hpp"

namespace cachify::cache {

/// Whatever the arguments were: nothing of them is passed on but what is known to be a key or a pattern. They
/// may be values, or secrets (AUTH, ACL, CONFIG, MIGRATE).
struct SlowLogEntry {
  std::string node{};   ///< "host:port" of the cluster's node; else empty
  std::string runId{};  ///< of the server process; ids begin anew with each; empty: the server would not say
  std::uint64_t id = 0;
  WallTime at{};  ///< by the server's clock, whole seconds
  std::chrono::microseconds duration{};
  std::string command{};  ///< upper case, with its subcommand: "HGETALL", "CONFIG GET"; printable ASCII
  Bytes keyOrPattern{};   ///< empty: none. The server cuts long ones and says so in its last words
  std::uint32_t argumentCount = 0;
  std::string
      client{};  ///< address, and after a blank the name it gave itself: bytes of the server's clients
};

/// Oldest first.
using SlowLog = std::vector<SlowLogEntry>;

}  // namespace cachify::cache
