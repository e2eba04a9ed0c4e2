#include "cache/memcached/server_probe.hpp"

#include "cache/memcached/memcached_error.hpp"
#include "core/stages.hpp"

namespace cachify::cache::memcached {
namespace {

CapabilityState yes() {
  return {.supported = true, .reason = {}};
}
CapabilityState no(std::string reason) {
  return {.supported = false, .reason = std::move(reason)};
}

CapabilityState listing(const ServerFacts& facts) {
  if (!facts.dumpEnabled) return no("the server was started with -X and does not list its keys");
  if (!facts.crawlerEnabled) return no("the server's LRU crawler, which lists the keys, is switched off");
  return yes();
}

/// Setting a TTL works everywhere; what is left of one is told by meta commands alone.
CapabilityState ttl(const ServerFacts& facts) {
  if (facts.dialect->isMeta()) return yes();
  return no("the server (" + facts.version +
            ") does not tell what is left of a TTL; memcached 1.6.10 and newer do");
}

/// A snapshot needs the TTL: where reads do not tell it, the dump of all keys does.
CapabilityState snapshotRestore(const ServerFacts& facts) {
  if (facts.dialect->isMeta() || listing(facts).supported) return yes();
  return no(
      "the server does not tell what is left of a TTL: a snapshot brings back the value, with a TTL that "
      "must be given");
}

CapabilityState capability(Capability which, const ServerFacts& facts) {
  switch (which) {
    case Capability::ttl:
      return ttl(facts);
    case Capability::snapshotRestore:
      return snapshotRestore(facts);
    case Capability::patternScan:
    case Capability::bulkDeletePreview:
      return listing(facts);
    case Capability::monitorStream:
      return no("Memcached has no stream of its clients' commands that could be shown");
    case Capability::slowLog:
      return no("Memcached keeps no slow log");
    case Capability::keyspaceEvents:
      return no(kNoKeyEvents);
    case Capability::typedValues:
      return no("Memcached's values are plain bytes");
    case Capability::cas:
      return facts.casEnabled ? yes() : no("the server was started with -C, without CAS");
  }
  return no("unknown");
}

Task<std::chrono::microseconds> noop(MemcachedConnection& connection, CallContext context) {
  const auto start = std::chrono::steady_clock::now();
  std::string request;
  appendVersion(request);
  auto replies = co_await connection.exchangeCounted(std::move(request), 1, context);
  if (!replies) co_return fail(replies.error());
  if (replies->front().kind != ReplyKind::version) co_return fail(errorFrom(replies->front()));
  co_return std::chrono::ceil<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
}

}  // namespace

Task<std::chrono::microseconds> pingServer(MemcachedConnection& connection, CallContext context) {
  StageClock stage(context, Stage::ping, connection.address());
  auto took = co_await noop(connection, context);
  stage.end(took);
  co_return took;
}

Task<ServerInfo> probeServer(MemcachedConnection& connection, CallContext context) {
  auto latency = co_await pingServer(connection, context);
  if (!latency) co_return fail(latency.error());
  StageClock stage(context, Stage::probe, connection.address());
  auto facts = co_await connection.fetchFacts(context);
  stage.end(facts);
  if (!facts) co_return fail(facts.error());
  ServerInfo info;
  info.version = facts->version;
  info.role = "memcached";
  info.latency = *latency;
  info.nodes.push_back(
      {.address = connection.address(), .version = info.version, .role = info.role, .latency = *latency});
  for (std::size_t i = 0; i < kCapabilityCount; ++i) {
    info.capabilities[i] = capability(static_cast<Capability>(i), *facts);
  }
  co_return info;
}

}  // namespace cachify::cache::memcached
