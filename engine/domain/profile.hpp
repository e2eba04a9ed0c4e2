#pragma once
// A connection profile: how to reach a cache and what may be done to it. Pure value type with its rules.
// Limits and defaults: the product's own (see README of this folder).

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/uuid.hpp"

namespace cachify::domain {

enum class CacheEngine : std::uint8_t { redis, memcached };
enum class Topology : std::uint8_t { standalone, sentinel, cluster };
enum class Environment : std::uint8_t { dev, staging, prod };
enum class BackoffStrategy : std::uint8_t { fixed, exponential };

[[nodiscard]] std::string_view wireName(CacheEngine value);
[[nodiscard]] std::string_view wireName(Topology value);
[[nodiscard]] std::string_view wireName(Environment value);
[[nodiscard]] std::string_view wireName(BackoffStrategy value);
/// VALIDATION_ERROR naming `field` and the words it takes.
[[nodiscard]] Result<CacheEngine> parseCacheEngine(std::string_view text);
[[nodiscard]] Result<Topology> parseTopology(std::string_view text);
[[nodiscard]] Result<Environment> parseEnvironment(std::string_view text);
[[nodiscard]] Result<BackoffStrategy> parseBackoffStrategy(std::string_view text);

/// When and how often a failed attempt is repeated.
struct RetryPolicy {
  std::uint32_t maxAttempts = 1;           ///< 1–10
  std::chrono::milliseconds backoff{250};  ///< 0–120 000
  BackoffStrategy strategy = BackoffStrategy::fixed;
  double abortOnErrorRate = 1.0;  ///< 0–1; see retry.hpp

  bool operator==(const RetryPolicy&) const = default;
};

struct TlsSettings {
  bool enabled = false;
  std::string caFile;      ///< certificates to trust, PEM; empty: those that the system trusts
  std::string certFile;    ///< client certificate and what leads to its CA, PEM
  std::string keyFile;     ///< its key, PEM; empty: it stands in `certFile`
  std::string serverName;  ///< that the server's certificate must be for; empty: the host
  bool verify = true;
  /// Names the key's passphrase in the secret store; empty: there is none.
  std::string keySecretRef;

  bool operator==(const TlsSettings&) const = default;
};

/// A tunnel by the user's own `ssh`, so that its configuration, agent and known hosts hold.
struct SshSettings {
  std::string destination;  ///< [user@]host or a Host alias; empty: no tunnel
  std::uint16_t port = 0;   ///< 0: as the configuration says
  std::string configFile;   ///< empty: the user's own

  bool operator==(const SshSettings&) const = default;
};

struct ConnectionProfile {
  ConnectionId id;
  std::string name;  ///< 1–80 characters, unique ignoring ASCII case
  CacheEngine engine = CacheEngine::redis;
  std::string host = "127.0.0.1";  ///< empty when `unixSocket` is set
  std::uint16_t port = 0;          ///< 0 only when `unixSocket` is set
  std::string unixSocket;
  std::uint32_t dbIndex = 0;  ///< Redis only
  Topology topology = Topology::standalone;
  std::string sentinelMaster;  ///< the name that the Sentinels watch it by; set when they are the topology
  std::string username;
  TlsSettings tls;
  SshSettings ssh;
  Environment environment = Environment::dev;
  std::vector<std::string> tags;
  bool favourite = false;  ///< comes first in lists
  bool readOnly = false;
  bool forceReadOnly = false;
  std::chrono::milliseconds timeout{5000};  ///< per attempt, 100–120 000
  RetryPolicy retry;
  std::string keySeparator = ":";
  std::chrono::milliseconds slowOpThreshold{750};
  WallTime createdAt{};
  WallTime updatedAt{};
  /// Names the entry in the secret store; empty: the profile has no secret.
  std::string secretRef;

  bool operator==(const ConnectionProfile&) const = default;
};

[[nodiscard]] std::uint16_t defaultPort(CacheEngine engine);

/// What `validate` allows, in words, for who reads a number that its field cannot even hold.
inline constexpr std::string_view kAllowedPort = "from 1 to 65535";
inline constexpr std::string_view kAllowedSshPort = "from 0 to 65535";
inline constexpr std::string_view kAllowedDbIndex = "from 0 to 1000000";
inline constexpr std::string_view kAllowedAttempts = "from 1 to 10";

/// Trims name, addresses and tags, drops repeated tags, fills the engine's default port and the Sentinels'
/// name of the master.
[[nodiscard]] ConnectionProfile normalized(ConnectionProfile profile);

/// Checks every rule that one profile alone can break. VALIDATION_ERROR with details `field`, `value` and
/// `allowed`.
[[nodiscard]] Result<void> validate(const ConnectionProfile& profile);

/// Two names that compare equal here may not stand side by side.
[[nodiscard]] std::string nameKey(std::string_view name);

/// Fills server fields of a profile from redis://, rediss://, redis+unix:// or memcached:// text. A password
/// in the URL is handed out apart and enters no profile.
struct ParsedUrl {
  ConnectionProfile profile;
  std::optional<std::string> password;
};
[[nodiscard]] Result<ParsedUrl> parseConnectionUrl(std::string_view url);

}  // namespace cachify::domain
