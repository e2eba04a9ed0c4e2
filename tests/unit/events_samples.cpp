#include "unit/events_samples.hpp"

#include <limits>

#include "events/alert_delivery_events.hpp"
#include "events/alert_events.hpp"
#include "events/alert_setting_events.hpp"
#include "events/connection_events.hpp"
#include "events/decode.hpp"
#include "events/mutation_events.hpp"
#include "events/operation_events.hpp"
#include "events/plugin_events.hpp"
#include "events/sample_events.hpp"

namespace cachify::events {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using domain::Action;
using domain::ValueType;

const WallTime kTime{1'790'000'000'123ms};
const Bytes kAwkwardKey = "user:\0\xff\xfe\"\\\n\xe2\x80\xae"s;
const std::string kDigest(32, 'a');
const std::string kOlderDigest(64, 'a');

template <class Tag>
Id<Tag> idOf() {
  return Id<Tag>(*Uuid::parse("0192f000-0000-7000-8000-0000000000ab"));
}
const ConnectionId kConnection = idOf<ConnectionTag>();
const MutationId kMutation = idOf<MutationTag>();
const SnapshotId kSnapshot = idOf<SnapshotTag>();

domain::ConnectionProfile plainProfile() {
  domain::ConnectionProfile profile;
  profile.id = kConnection;
  profile.name = "cache";
  profile.port = 6379;
  profile.createdAt = kTime;
  profile.updatedAt = kTime;
  return profile;
}

domain::ConnectionProfile fullProfile() {
  domain::ConnectionProfile profile = plainProfile();
  profile.name = "Bestände \"prod\" \\ 1";
  profile.host = "2001:db8::1";
  profile.port = 65'535;
  profile.dbIndex = 1'000'000;
  profile.topology = domain::Topology::cluster;
  profile.username = "opérateur";
  profile.tls = {true,  "/etc/ca.pem",   "/etc/me.pem", "/etc/me.key", "cache.example.org",
                 false, "key passphrase"};
  profile.ssh = {"ada@bastion.example.org", 2222, "/etc/ssh_config"};
  profile.sentinelMaster = "primary";
  profile.environment = domain::Environment::prod;
  profile.tags = {"eu", "team:a b", "é"};
  profile.favourite = true;
  profile.readOnly = true;
  profile.forceReadOnly = true;
  profile.timeout = 120'000ms;
  profile.retry = {10, 120'000ms, domain::BackoffStrategy::exponential, 0.35};
  profile.keySeparator = "::";
  profile.slowOpThreshold = 3'600'000ms;
  profile.updatedAt = kTime + 1ms;
  profile.secretRef = "connection/1";
  return profile;
}

domain::ConnectionProfile memcachedOverSocket() {
  domain::ConnectionProfile profile = plainProfile();
  profile.engine = domain::CacheEngine::memcached;
  profile.host.clear();
  profile.port = 0;
  profile.unixSocket = "/run/memcached.sock";
  profile.retry.abortOnErrorRate = 0.0;
  return profile;
}

void addConnections(std::vector<Sample>& all) {
  all.push_back(sampleOf("plain", ConnectionCreated{plainProfile()}));
  all.push_back(sampleOf("every field set", ConnectionCreated{fullProfile()}));
  all.push_back(sampleOf("memcached over a unix socket", ConnectionCreated{memcachedOverSocket()}));
  all.push_back(sampleOf("every field set", ConnectionUpdated{fullProfile()}));
  all.push_back(sampleOf("memcached over a unix socket", ConnectionUpdated{memcachedOverSocket()}));
  all.push_back(sampleOf("plain", ConnectionRemoved{kConnection, "Bestände"}));
  all.push_back(sampleOf("ok", ConnectionTested{kConnection, true, 850us, "7.0.15", "master", 1, ""}));
  all.push_back(sampleOf("failed", ConnectionTested{kConnection, false, 0us, "", "", 2, "TIMEOUT"}));
  const ConnectionNoticed onProd{kConnection, domain::Environment::prod};
  const ConnectionNoticed onDev{kConnection, domain::Environment::dev};
  all.push_back(sampleOf("on prod", ConnectionOpened{onProd, 850us}));
  all.push_back(sampleOf("on dev", ConnectionOpened{onDev, 0us}));
  all.push_back(sampleOf("refused", ConnectionLost{onProd, "CONNECTION_FAILED", "h:1: \"refused\"\n é"}));
  all.push_back(sampleOf("silent", ConnectionLost{onDev, "TIMEOUT", ""}));
  all.push_back(sampleOf("soon", ConnectionRestored{onDev, 250'000us, 1, 300us}));
  all.push_back(
      sampleOf("after very long", ConnectionRestored{onProd, std::chrono::microseconds::max(),
                                                     std::numeric_limits<std::uint32_t>::max(), 0us}));
}

Operation operation() {
  return {kConnection, domain::Environment::staging, "keys.set", "user:1", 1500us,
          2,           "string 120 B → 98 B",        kMutation};
}
Operation bareOperation() {
  return {.action = "connections.list"};
}
Operation awkwardOperation() {
  return {kConnection,
          domain::Environment::prod,
          "keys.delete",
          kAwkwardKey,
          std::chrono::microseconds::max(),
          std::numeric_limits<std::uint32_t>::max(),
          "",
          {}};
}

void addOperations(std::vector<Sample>& all) {
  all.push_back(sampleOf("a change", OperationCompleted{operation()}));
  all.push_back(sampleOf("about no connection and no key", OperationCompleted{bareOperation()}));
  all.push_back(sampleOf("key that is no text, nothing changed", OperationCompleted{awkwardOperation()}));
  all.push_back(sampleOf("timeout", OperationFailed{operation(), "TIMEOUT", "no answer within 5 s", true}));
  all.push_back(
      sampleOf("about no connection", OperationFailed{bareOperation(), "INTERNAL_ERROR", "", false}));
  all.push_back(
      sampleOf("key that is no text", OperationFailed{awkwardOperation(), "CONFLICT", "line\nbreak", false}));
  all.push_back(sampleOf("read-only", OperationBlocked{operation(), "readOnly", "'cache' is read-only"}));
  all.push_back(sampleOf("key that is no text",
                         OperationBlocked{awkwardOperation(), "planRequired", "a plan is needed"}));
}

KeyState present() {
  return {"user:1", ValueType::hash, 4096, kTime + 1h, kDigest};
}
KeyState absent() {
  return {.key = "user:2"};
}
KeyState awkward() {
  return {kAwkwardKey, ValueType::other, std::numeric_limits<std::int64_t>::max(), WallTime{0ms}, ""};
}
KeyState untimed() {
  return {"user:3", ValueType::string, 5, std::nullopt, kDigest, false};
}
KeyState unnamed() {
  return {"", ValueType::string, 0, std::nullopt, kDigest};
}

void addMutations(std::vector<Sample>& all) {
  const Uuid pack = *Uuid::parse("0192f000-0000-7000-8000-0000000000cd");
  all.push_back(
      sampleOf("kept in the vault", SnapshotCaptured{kConnection, Action::remove, present(), 7, "", {}}));
  KeyState older = present();
  older.digest = kOlderDigest;
  all.push_back(sampleOf("of version 1", SnapshotCaptured{kConnection, Action::remove, older, 7, "", pack}));
  all.push_back(sampleOf("nobody knows for how long",
                         SnapshotCaptured{kConnection, Action::remove, untimed(), 7, "", {}}));
  all.push_back(sampleOf("absent key", SnapshotCaptured{kConnection, Action::set, absent(), {}, "", {}}));
  all.push_back(
      sampleOf("not captured, key that is no text",
               SnapshotCaptured{kConnection, Action::restore, awkward(), {}, "larger than 64 MiB", {}}));
  all.push_back(sampleOf("empty key, no deadline",
                         SnapshotCaptured{kConnection, Action::rename, unnamed(), 0, "", {}}));
  KeyState part = present();
  part.elements = 2;
  all.push_back(sampleOf("some elements of a large value",
                         SnapshotCaptured{kConnection, Action::set, part, 0, "", {}}));
  all.push_back(sampleOf("one key", MutationRequested{kConnection,
                                                      Action::set,
                                                      {"user:1"},
                                                      {kSnapshot},
                                                      true,
                                                      false,
                                                      false,
                                                      "string 120 B → 98 B, TTL 300 s → none"}));
  all.push_back(
      sampleOf("rename of keys that are no text, no undo, no words",
               MutationRequested{kConnection, Action::rename, {kAwkwardKey, ""}, {}, false, true, true, ""}));
  all.push_back(sampleOf("one key", MutationApplied{kMutation, kConnection, {present()}, 1, 900us}));
  all.push_back(sampleOf("every kind of state",
                         MutationApplied{kMutation, kConnection, {absent(), awkward(), unnamed()}, 3, 0us}));
  all.push_back(
      sampleOf("with a result", MutationApplied{kMutation, kConnection, {present()}, 1, 900us, "1-1"}));
  all.push_back(
      sampleOf("refused", MutationFailed{kMutation, kConnection, "CONFLICT", "the key changed", 1, 900us}));
  all.push_back(
      sampleOf("refused, and the old value dropped",
               MutationFailed{kMutation, kConnection, "CONFLICT", "no room", 1, 900us, {absent()}}));
  all.push_back(
      sampleOf("never sent", MutationFailed{kMutation, kConnection, "CONNECTION_FAILED", "", 0, 0us}));
  all.push_back(sampleOf("lost answer", MutationUnknown{kMutation, kConnection, "noAnswer", 2}));
  all.push_back(sampleOf("found after a crash", MutationUnknown{kMutation, kConnection, "processEnded", 1}));
}

void addAlerts(std::vector<Sample>& all) {
  all.push_back(
      sampleOf("about a connection", AlertRaised{Severity::critical, "Run aborted", "too many errors",
                                                 "workflow", kConnection, domain::Environment::prod}));
  all.push_back(sampleOf("about none", AlertRaised{Severity::info, "Wïde", "", "app", {}, {}}));
  all.push_back(sampleOf("from policy", AlertRaised{Severity::warning, "keys.delete was blocked", "m",
                                                    "policy", kConnection, domain::Environment::dev}));
  all.push_back(sampleOf("some", AlertRead{{kMutation.value(), kSnapshot.value()}, 0}));
  all.push_back(sampleOf("all", AlertRead{{}, 1'000'000}));
}

void addDeliveries(std::vector<Sample>& all) {
  const Uuid alert = kMutation.value();
  all.push_back(sampleOf("of a storm", AlertDelivered{"webhook", alert, 3, 10'000, 1500us}));
  all.push_back(sampleOf("held", AlertDeliveryFailed{"webhook", alert, 1, 900us, "answered 429", kTime, true}));
  all.push_back(sampleOf("refused", AlertDeliveryFailed{"webhook", alert, 2, 0us, "", kTime, false}));
  all.push_back(sampleOf("given up", AlertParked{"webhook", alert, 6, "connection refused"}));
  all.push_back(sampleOf("two", AlertReplayed{"webhook", {alert, kSnapshot.value()}}));
}

void addAlertSettings(std::vector<Sample>& all) {
  const domain::AlertRule rule{.id = idOf<AlertRuleTag>(),
                               .name = "Zu viele Fehler für \"prod\"",
                               .metric = domain::AlertMetric::errorRate,
                               .comparator = domain::Comparator::atLeast,
                               .threshold = 0.35,
                               .lookBack = 15min,
                               .severity = Severity::critical,
                               .connectionId = kConnection,
                               .environment = domain::Environment::prod,
                               .enabled = false};
  all.push_back(sampleOf("plain", PublisherConfigured{.publisher = "desktop-notification"}));
  all.push_back(sampleOf("every field set",
                         PublisherConfigured{.publisher = "webhook",
                                             .enabled = false,
                                             .minSeverity = Severity::critical,
                                             .parameters = R"({"url":"https://example.org/ä"})",
                                             .secretRefs = {{"secret", "alerts/webhook/secret/1"}},
                                             .retry = {.maxAttempts = 20, .backoff = 100ms}}));
  all.push_back(sampleOf("every field set", AlertRuleCreated{rule}));
  all.push_back(sampleOf("every field set", AlertRuleUpdated{rule}));
  all.push_back(sampleOf("for all", AlertRuleCreated{{.id = rule.id, .name = "slow"}}));
  all.push_back(sampleOf("plain", AlertRuleDeleted{rule.id, rule.name}));
  all.push_back(sampleOf("off", AlertSourceSwitched{domain::AlertSource::operationSlow, false}));
}

void addPlugins(std::vector<Sample>& all) {
  Digest digest{};
  digest.fill(0xAB);
  all.push_back(
      sampleOf("asking for nothing", PluginTrusted{"org.example.expire-soon", "1.0.0", digest, {}}));
  all.push_back(sampleOf("asking for all",
                         PluginTrusted{"a.b-2", "0.1-rc+7", digest, {"network", "processes", "files"}}));
  all.push_back(sampleOf("plain", PluginRevoked{"org.example.expire-soon"}));
  all.push_back(
      sampleOf("first", PluginFaulted{"org.example.expire-soon", "1.0.0", digest, "crashed", 1, false}));
  all.push_back(sampleOf("once too often", PluginFaulted{"org.example.expire-soon", "1.0.0", Digest{},
                                                         "brokenContract", 3, true}));
  all.push_back(sampleOf("plain", PluginRecovered{"org.example.expire-soon", digest}));
}

}  // namespace

void addSamples(std::vector<Sample>& all) {
  const ConnectionNoticed onProd{kConnection, domain::Environment::prod};
  HealthSample whole{onProd};
  whole.latency = 420us;
  whole.nodes = 3;
  whole.opsPerSecond = 120'000;
  whole.usedMemoryBytes = 1'048'576;
  whole.maxMemoryBytes = 0;
  whole.clients = 7;
  whole.hits = 10;
  whole.misses = std::numeric_limits<std::int64_t>::max();
  whole.evictions = 0;
  whole.replicas = 3;
  whole.replicationLagMs = 1000;
  whole.role = "cluster";
  whole.replication = "up";
  whole.clusterState = "ok";
  all.push_back(sampleOf("all that a server may tell", whole));
  all.push_back(sampleOf("nothing told", HealthSample{onProd}));
  const WallTime at{std::chrono::seconds(1'764'000'000)};
  all.push_back(sampleOf("with a key that is no text",
                         SlowLogSample{onProd, "10.0.0.1:6379", "8f3b", 12, at, 90'000us, "HGETALL",
                                       "big\xff\n", 1, "10.0.0.2:50000 worker"}));
  all.push_back(
      sampleOf("without a key", SlowLogSample{onProd, "", "8f3b", 0, at, 0us, "CONFIG SET", "", 3, ""}));
  all.push_back(sampleOf("plain", KeyspaceSample{onProd, "expired", "session:1", 0}));
  all.push_back(sampleOf("after some were missed", KeyspaceSample{onProd, "del", Bytes("a\0b", 3), 17}));
}

const std::vector<Sample>& samples() {
  static const std::vector<Sample> kSamples = [] {
    std::vector<Sample> all;
    addConnections(all);
    addOperations(all);
    addMutations(all);
    addAlerts(all);
    addDeliveries(all);
    addAlertSettings(all);
    addWorkflows(all);
    addPlugins(all);
    addSamples(all);
    return all;
  }();
  return kSamples;
}

}  // namespace cachify::events
