#pragma once
// sample.*: what the engine itself saw of a server, without anybody having asked. Never a value of the cache,
// and of other people's commands never more than name and key.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "events/connection_events.hpp"

namespace cachify::events {

/// One look at an open connection's server; of a cluster its masters together: counts are added up, lags and
/// times are the longest. What a server does not tell, or may not tell this user, is not there.
struct HealthSample : ConnectionNoticed {
  static constexpr EventType kType = EventType::sampleHealth;
  std::chrono::microseconds latency{};          ///< of one ping
  std::uint32_t nodes = 1;                      ///< that were looked at
  std::optional<std::uint64_t> opsPerSecond{};  ///< commands of all clients
  std::optional<std::uint64_t> usedMemoryBytes{};
  std::optional<std::uint64_t> maxMemoryBytes{};  ///< 0: no limit
  std::optional<std::uint64_t> clients{};
  // Since the sample before; not in the first one of a process, nor after the server's restart.
  std::optional<std::uint64_t> hits{};
  std::optional<std::uint64_t> misses{};
  std::optional<std::uint64_t> evictions{};
  std::optional<std::uint64_t> replicas{};
  /// A replica's: since it last heard of its master. A master's: since its slowest replica last acknowledged.
  std::optional<std::uint64_t> replicationLagMs{};
  std::string role{};          ///< master, replica, cluster, memcached; empty: not told
  std::string replication{};   ///< up, down: a replica's link to its master; empty: has none
  std::string clusterState{};  ///< the server's word: ok, fail; empty: no cluster

  bool operator==(const HealthSample&) const = default;
};

/// An entry of a server's log of slow commands. Each one once: the stream is named after server run and
/// connection.
struct SlowLogSample : ConnectionNoticed {
  static constexpr EventType kType = EventType::sampleSlowlog;
  std::string node{};   ///< of a cluster: which; else empty
  std::string runId{};  ///< the server process'; with `entryId` it names the entry
  std::uint64_t entryId = 0;
  WallTime at{};  ///< by the server's clock, whole seconds
  std::chrono::microseconds duration{};
  std::string command{};            ///< "HGETALL", "CONFIG GET"; arguments are never kept
  Bytes keyOrPattern{};             ///< empty: none, or none that is known to be one
  std::uint32_t argumentCount = 0;  ///< after the command's name
  std::string client{};             ///< address, and the name it gave itself

  bool operator==(const SlowLogSample&) const = default;
};

/// A change of a key that the server told, where somebody asked to hear of it.
struct KeyspaceSample : ConnectionNoticed {
  static constexpr EventType kType = EventType::sampleKeyspace;
  std::string event{};  ///< the server's word: set, del, expired, evicted …
  Bytes key{};
  std::uint64_t missed = 0;  ///< of those before it: told faster than they could be taken down

  bool operator==(const KeyspaceSample&) const = default;
};

[[nodiscard]] std::string encode(const HealthSample& event);
[[nodiscard]] std::string encode(const SlowLogSample& event);
[[nodiscard]] std::string encode(const KeyspaceSample& event);
[[nodiscard]] Result<void> decode(std::string_view payload, HealthSample& event);
[[nodiscard]] Result<void> decode(std::string_view payload, SlowLogSample& event);
[[nodiscard]] Result<void> decode(std::string_view payload, KeyspaceSample& event);

}  // namespace cachify::events
