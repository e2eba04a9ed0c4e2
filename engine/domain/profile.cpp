#include "domain/profile.hpp"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <cmath>

#include "core/bytes.hpp"
#include "core/invalid_value.hpp"
#include "domain/words.hpp"

namespace cachify::domain {
namespace {

constexpr Words<CacheEngine, 2> kEngines{
    {{CacheEngine::redis, "redis"}, {CacheEngine::memcached, "memcached"}}};
constexpr Words<Topology, 3> kTopologies{
    {{Topology::standalone, "standalone"}, {Topology::sentinel, "sentinel"}, {Topology::cluster, "cluster"}}};
constexpr Words<Environment, 3> kEnvironments{
    {{Environment::dev, "dev"}, {Environment::staging, "staging"}, {Environment::prod, "prod"}}};
constexpr Words<BackoffStrategy, 2> kStrategies{
    {{BackoffStrategy::fixed, "fixed"}, {BackoffStrategy::exponential, "exponential"}}};

constexpr std::size_t kMaxNameCharacters = 80;
constexpr std::size_t kMaxTags = 20;
constexpr std::size_t kMaxTagCharacters = 80;
constexpr std::size_t kMaxHostCharacters = 253;                  // RFC 1035 section 2.3.4
constexpr std::size_t kMaxPathCharacters = 4095;                 // PATH_MAX of Linux less its NUL
constexpr std::string_view kDefaultSentinelMaster = "mymaster";  // of Redis's own sentinel.conf
/// Above any `databases` setting in use; the server itself refuses what it does not have.
constexpr std::uint32_t kMaxDbIndex = 1'000'000;

Result<void> checkRange(std::string_view field, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value >= low && value <= high) return {};
  return invalidValue(field, fmt::to_string(value), fmt::format("from {} to {}", low, high));
}

Result<void> checkText(std::string_view field, const std::string& text, std::size_t low, std::size_t high) {
  const auto bad = [&] {
    return invalidValue(
        field, text, fmt::format("{} to {} characters of UTF-8 text without control characters", low, high));
  };
  if (!isUtf8(text)) return bad();
  const auto length = static_cast<std::size_t>(utf8::distance(text.begin(), text.end()));
  const bool control =
      std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (length < low || length > high || control) return bad();
  return {};
}

Result<void> checkAddress(const ConnectionProfile& profile) {
  if (!profile.unixSocket.empty()) {
    if (!profile.host.empty()) return invalidValue("host", profile.host, "empty when a unix socket is given");
    return checkText("unixSocket", profile.unixSocket, 1, 107);  // sun_path of unix(7) less its NUL
  }
  if (auto ok = checkText("host", profile.host, 1, kMaxHostCharacters); !ok) return ok;
  if (profile.host.find_first_of(" /@") != std::string::npos)
    return invalidValue("host", profile.host, "a host name or address");
  return checkRange("port", profile.port, 1, 65'535);
}

Result<void> checkEngineRules(const ConnectionProfile& profile) {
  if (profile.engine == CacheEngine::redis) return checkRange("dbIndex", profile.dbIndex, 0, kMaxDbIndex);
  if (profile.dbIndex != 0)
    return invalidValue("dbIndex", fmt::to_string(profile.dbIndex), "left out: Memcached has no databases");
  if (profile.topology != Topology::standalone) {
    return invalidValue("topology", wireName(profile.topology), "standalone for Memcached");
  }
  return {};
}

Result<void> checkRate(double rate) {
  if (std::isfinite(rate) && rate >= 0.0 && rate <= 1.0) return {};
  return invalidValue("retryAbortOnErrorRate", fmt::to_string(rate), "from 0 to 1");
}

Result<void> checkTls(const TlsSettings& tls) {
  const std::array<Result<void>, 4> checks{
      checkText("tls.caFile", tls.caFile, 0, kMaxPathCharacters),
      checkText("tls.certFile", tls.certFile, 0, kMaxPathCharacters),
      checkText("tls.keyFile", tls.keyFile, 0, kMaxPathCharacters),
      checkText("tls.serverName", tls.serverName, 0, kMaxHostCharacters),
  };
  for (const auto& check : checks) {
    if (!check) return check;
  }
  if (!tls.keyFile.empty() && tls.certFile.empty())
    return invalidValue("tls.keyFile", tls.keyFile,
                        "given together with a client certificate (tls.certFile)");
  return {};
}

/// What OpenSSH refuses in names too, for a ProxyCommand may hand them to a shell; and a password, which does
/// not belong here.
bool isSshDestination(std::string_view text) {
  constexpr std::string_view kNever = " /'`\"\\$;&<>|(){}";
  if (text.find_first_of(kNever) != std::string_view::npos) return false;
  const auto at = text.rfind('@');
  const std::string_view user = at == std::string_view::npos ? std::string_view() : text.substr(0, at);
  const std::string_view host = at == std::string_view::npos ? text : text.substr(at + 1);
  if (host.empty() || at == 0) return false;
  // A word that begins with a hyphen would be an option.
  return !text.starts_with('-') && !host.starts_with('-') && user.find(':') == std::string_view::npos;
}

Result<void> checkSsh(const SshSettings& ssh) {
  if (auto ok = checkText("ssh.destination", ssh.destination, 0, 2 * kMaxHostCharacters); !ok) return ok;
  if (auto ok = checkText("ssh.configFile", ssh.configFile, 0, kMaxPathCharacters); !ok) return ok;
  if (!ssh.destination.empty() && !isSshDestination(ssh.destination)) {
    return invalidValue(
        "ssh.destination", ssh.destination,
        "[user@]host or a Host alias of your ssh configuration; no option, no password, no port");
  }
  if (ssh.configFile.starts_with('-'))
    return invalidValue("ssh.configFile", ssh.configFile, "a file's path, not an option");
  return {};
}

/// What one setting makes of another.
Result<void> checkWayIn(const ConnectionProfile& profile) {
  if (auto ok = checkTls(profile.tls); !ok) return ok;
  if (auto ok = checkSsh(profile.ssh); !ok) return ok;
  if (profile.unixSocket.empty()) return {};
  if (profile.tls.enabled)
    return invalidValue("tls.enabled", "true", "false with a unix socket, which never leaves this machine");
  if (!profile.ssh.destination.empty()) {
    return invalidValue("ssh.destination", profile.ssh.destination,
                        "left out with a unix socket: a tunnel leads to a host and port");
  }
  return {};
}

Result<void> checkTopology(const ConnectionProfile& profile) {
  if (profile.topology == Topology::standalone) return {};
  if (!profile.unixSocket.empty())
    return invalidValue("topology", wireName(profile.topology),
                        "standalone with a unix socket: it leads to one server");
  if (profile.topology == Topology::cluster && profile.dbIndex != 0)
    return invalidValue("dbIndex", fmt::to_string(profile.dbIndex), "0: a cluster has no other database");
  return {};
}

Result<void> checkSentinel(const ConnectionProfile& profile) {
  const bool needed = profile.topology == Topology::sentinel;
  if (auto ok = checkText("sentinelMaster", profile.sentinelMaster, needed ? 1 : 0, 256); !ok) return ok;
  if (profile.sentinelMaster.find(' ') == std::string::npos) return {};
  return invalidValue("sentinelMaster", profile.sentinelMaster, "a name without blanks");
}

Result<void> checkTags(const std::vector<std::string>& tags) {
  if (tags.size() > kMaxTags)
    return invalidValue("tags", fmt::format("{} tags", tags.size()), "at most 20 tags");
  for (const auto& tag : tags) {
    if (auto ok = checkText("tags", tag, 1, kMaxTagCharacters); !ok) return ok;
  }
  return {};
}

}  // namespace

std::string_view wireName(CacheEngine value) {
  return wordOf(kEngines, value);
}
std::string_view wireName(Topology value) {
  return wordOf(kTopologies, value);
}
std::string_view wireName(Environment value) {
  return wordOf(kEnvironments, value);
}
std::string_view wireName(BackoffStrategy value) {
  return wordOf(kStrategies, value);
}
Result<CacheEngine> parseCacheEngine(std::string_view text) {
  return parseWord(kEngines, "engine", text);
}
Result<Topology> parseTopology(std::string_view text) {
  return parseWord(kTopologies, "topology", text);
}
Result<Environment> parseEnvironment(std::string_view text) {
  return parseWord(kEnvironments, "environment", text);
}
Result<BackoffStrategy> parseBackoffStrategy(std::string_view text) {
  return parseWord(kStrategies, "retryBackoffStrategy", text);
}

std::uint16_t defaultPort(CacheEngine engine) {
  return engine == CacheEngine::redis ? 6379 : 11211;
}

ConnectionProfile normalized(ConnectionProfile profile) {
  profile.name = trimAscii(profile.name);
  profile.host = trimAscii(profile.host);
  profile.tls.serverName = trimAscii(profile.tls.serverName);
  profile.ssh.destination = trimAscii(profile.ssh.destination);
  profile.sentinelMaster = trimAscii(profile.sentinelMaster);
  if (profile.topology == Topology::sentinel && profile.sentinelMaster.empty())
    profile.sentinelMaster = kDefaultSentinelMaster;
  std::vector<std::string> tags;
  for (const auto& tag : profile.tags) {
    std::string trimmed(trimAscii(tag));
    if (!trimmed.empty() && std::ranges::find(tags, trimmed) == tags.end())
      tags.push_back(std::move(trimmed));
  }
  profile.tags = std::move(tags);
  if (profile.unixSocket.empty() && profile.port == 0) profile.port = defaultPort(profile.engine);
  return profile;
}

Result<void> validate(const ConnectionProfile& profile) {
  const std::array<Result<void>, 14> checks{
      checkText("name", profile.name, 1, kMaxNameCharacters),
      checkAddress(profile),
      checkEngineRules(profile),
      checkText("username", profile.username, 0, 256),
      checkWayIn(profile),
      checkTopology(profile),
      checkSentinel(profile),
      checkTags(profile.tags),
      checkRange("timeoutMs", profile.timeout.count(), 100, 120'000),
      checkRange("retryMaxAttempts", profile.retry.maxAttempts, 1, 10),
      checkRange("retryBackoffMs", profile.retry.backoff.count(), 0, 120'000),
      checkRate(profile.retry.abortOnErrorRate),
      checkText("keySeparator", profile.keySeparator, 1, 8),
      checkRange("slowOpThresholdMs", profile.slowOpThreshold.count(), 1, 3'600'000),
  };
  for (const auto& check : checks) {
    if (!check) return check;
  }
  return {};
}

std::string nameKey(std::string_view name) {
  return toLowerAscii(trimAscii(name));
}

}  // namespace cachify::domain
