#include "cache/redis/probe.hpp"

#include <algorithm>
#include <array>

#include "cache/pooled_heartbeat.hpp"
#include "cache/redis/keyspace_events.hpp"
#include "cache/redis/server_error.hpp"
#include "core/stages.hpp"

namespace cachify::cache::redis {
namespace {

using Clock = std::chrono::steady_clock;

/// A command tried on a key that does not exist.
struct Trial {
  std::string_view right;  ///< as the server spells it
  std::vector<BytesView> words;
};

/// These change nothing, so they are just run.
std::vector<Trial> harmlessTrials(BytesView key) {
  return {
      {"scan", {"SCAN", "0", "COUNT", "1"}},
      {"dbsize", {"DBSIZE"}},
      {"type", {"TYPE", key}},
      {"pttl", {"PTTL", key}},
      {"memory|usage", {"MEMORY", "USAGE", key}},
      {"object|encoding", {"OBJECT", "ENCODING", key}},
      {"get", {"GET", key}},
      {"strlen", {"STRLEN", key}},
      {"getrange", {"GETRANGE", key, "0", "1"}},
      {"hlen", {"HLEN", key}},
      {"hgetall", {"HGETALL", key}},
      {"hscan", {"HSCAN", key, "0"}},
      {"llen", {"LLEN", key}},
      {"lrange", {"LRANGE", key, "0", "1"}},
      {"scard", {"SCARD", key}},
      {"smembers", {"SMEMBERS", key}},
      {"sscan", {"SSCAN", key, "0"}},
      {"zcard", {"ZCARD", key}},
      {"zrange", {"ZRANGE", key, "0", "1"}},
      {"xlen", {"XLEN", key}},
      {"xrange", {"XRANGE", key, "-", "+", "COUNT", "1"}},
      {"dump", {"DUMP", key}},
      {"slowlog|get", {"SLOWLOG", "GET", "0"}},
      {"watch", {"WATCH", key}},
      {"unwatch", {"UNWATCH"}},
      {"exec", {"EXEC"}},
  };
}

/// These are queued in a transaction, where the server says whether they may be run, and discarded.
std::vector<Trial> discardedTrials(BytesView key, BytesView keyEvents) {
  return {
      {"restore", {"RESTORE", key, "0", "no payload"}},
      {"set", {"SET", key, ""}},
      {"unlink", {"UNLINK", key}},
      {"del", {"DEL", key}},
      {"rename", {"RENAME", key, key}},
      {"renamenx", {"RENAMENX", key, key}},
      {"pexpireat", {"PEXPIREAT", key, "1"}},
      {"persist", {"PERSIST", key}},
      {"rpush", {"RPUSH", key, ""}},
      {"hset", {"HSET", key, "", ""}},
      {"sadd", {"SADD", key, ""}},
      {"zadd", {"ZADD", key, "0", ""}},
      {"xadd", {"XADD", key, "*", "", ""}},
      {"append", {"APPEND", key, ""}},
      {"incrby", {"INCRBY", key, "1"}},
      {"setrange", {"SETRANGE", key, "0", ""}},
      {"hdel", {"HDEL", key, ""}},
      {"lpush", {"LPUSH", key, ""}},
      {"linsert", {"LINSERT", key, "BEFORE", "", ""}},
      {"lset", {"LSET", key, "0", ""}},
      {"srem", {"SREM", key, ""}},
      {"zrem", {"ZREM", key, ""}},
      {"zincrby", {"ZINCRBY", key, "1", ""}},
      {"xdel", {"XDEL", key, "0-1"}},
      {"xtrim", {"XTRIM", key, "MAXLEN", "0"}},
      {"eval", {"EVAL", "return 0", "0"}},
      {"monitor", {"MONITOR"}},
      {"psubscribe", {"PSUBSCRIBE", keyEvents}},
  };
}

void addTrials(Pipeline& pipeline, const std::vector<Trial>& trials) {
  for (const auto& trial : trials) {
    pipeline.begin(trial.words.size());
    for (const BytesView word : trial.words) pipeline.word(word);
  }
}

class Rights {
 public:
  void note(std::string_view right, const Reply& reply) {
    if (reply.isError() && withholdsCommand(reply.text)) missing_.emplace_back(right);
  }
  void note(const std::vector<Trial>& trials, const std::vector<Reply>& replies) {
    for (std::size_t i = 0; i < trials.size() && i < replies.size(); ++i) note(trials[i].right, replies[i]);
  }
  /// These could not be tried.
  void leaveOpen(const std::vector<Trial>& trials) {
    for (const auto& trial : trials) untried_.emplace_back(trial.right);
  }
  /// Unsupported when the user lacks one of `rights`: the reason names what is missing. What could not be
  /// tried counts as allowed, and the reason says that nobody knows.
  [[nodiscard]] CapabilityState needing(std::initializer_list<std::string_view> rights) const {
    if (const auto refused = among(missing_, rights); !refused.empty())
      return {.supported = false, .reason = "the server does not let this user run: " + refused};
    const auto open = among(untried_, rights);
    return {.supported = true, .reason = open.empty() ? "" : "not known whether this user may run: " + open};
  }
  [[nodiscard]] std::vector<std::string> missing() && { return std::move(missing_); }

 private:
  static std::string among(const std::vector<std::string>& known,
                           std::initializer_list<std::string_view> rights) {
    std::string found;
    for (const auto right : rights) {
      if (std::ranges::find(known, right) == known.end()) continue;
      found += (found.empty() ? "" : ", ") + std::string(right);
    }
    return found;
  }

  std::vector<std::string> missing_;
  std::vector<std::string> untried_;
};

CapabilityState snapshots(const Rights& rights) {
  const auto exact = rights.needing({"dump", "restore"});
  if (exact.supported) return exact;
  const auto logical =
      rights.needing({"type", "get", "hgetall", "lrange", "smembers", "zrange", "xrange", "set", "del",
                      "rpush", "hset", "sadd", "zadd", "xadd", "multi", "exec"});
  if (logical.supported) return logical;
  return exact;
}

void fillCapabilities(ServerInfo& info, const Rights& rights) {
  const auto set = [&](Capability capability, CapabilityState state) {
    info.capabilities[static_cast<std::size_t>(capability)] = std::move(state);
  };
  set(Capability::ttl, rights.needing({"pttl", "pexpireat", "persist"}));
  set(Capability::patternScan, rights.needing({"scan"}));
  set(Capability::monitorStream, rights.needing({"monitor"}));
  set(Capability::slowLog, rights.needing({"slowlog|get"}));
  set(Capability::bulkDeletePreview, rights.needing({"scan", "type"}));
  set(Capability::snapshotRestore, snapshots(rights));
  set(Capability::typedValues, rights.needing({"type"}));
  set(Capability::cas, rights.needing({"watch", "multi", "exec"}));
}

void fillFromInfo(ServerInfo& result, std::string_view info) {
  result.version = infoField(info, "redis_version");
  const auto role = infoField(info, "role");
  result.role = role == "slave" ? "replica" : std::string(role);
}

Task<std::chrono::microseconds> roundTrip(RedisConnection& connection, CallContext context) {
  Pipeline pipeline;
  pipeline.add("PING");
  const auto start = Clock::now();
  auto replies = co_await connection.exchange(pipeline, std::move(context));
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
  if (!replies) co_return fail(std::move(replies).error());
  // A user without the right to PING got an answer all the same.
  const Reply& pong = replies->front();
  if (pong.isError() && !refusesCommand(pong.text)) co_return fail(classify(pong.text));
  co_return took;
}

/// Who answered, and how fast.
Task<NodeInfo> greet(SharedBackend backend, CallContext context) {
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  StageClock stage(context, Stage::ping, (*lease)->address());
  auto took = co_await roundTrip(**lease, context);
  stage.end(took);
  if (!took) co_return fail(std::move(took).error());
  NodeInfo node{.address = (*lease)->address(), .version = {}, .role = {}, .latency = *took};
  co_return node;
}

/// Only inside a transaction are these certain not to happen; where there is none they are not tried.
Task<std::vector<Reply>> tryDiscarded(RedisConnection& connection, const std::vector<Trial>& trials,
                                      CallContext context) {
  Pipeline pipeline;
  addTrials(pipeline, trials);
  pipeline.add("DISCARD");
  std::vector<Reply> queued;
  auto done = co_await connection.exchange(pipeline, queued, std::move(context));
  if (!done) co_return fail(std::move(done).error());
  if (queued.back().isError()) connection.close();  // still in its transaction
  queued.pop_back();
  co_return queued;
}

Task<ServerInfo> lookAround(SharedBackend backend, CallContext context) {
  backend->dialect.reset();
  auto dialect = co_await dialectOf(backend, context);
  if (!dialect) co_return fail(std::move(dialect).error());
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  RedisConnection& connection = **lease;
  const auto harmless = harmlessTrials(backend->absentKey);
  Pipeline first;
  addTrials(first, harmless);
  first.add("PING").add("INFO").add("CONFIG", "GET", "notify-keyspace-events").add("MULTI");
  std::vector<Reply> answers;  // a cluster's node may redirect the absent key: that is an answer too
  auto done = co_await connection.exchange(first, answers, context);
  if (!done) co_return fail(std::move(done).error());
  if (auto passing = passingError(answers)) co_return fail(*std::move(passing));
  const std::span<const Reply> others = std::span(answers).subspan(harmless.size());
  Rights rights;
  rights.note("ping", others[0]);
  rights.note("info", others[1]);
  rights.note("config|get", others[2]);
  rights.note("multi", others[3]);
  rights.note(harmless, answers);
  const Bytes keyEvents = keyEventPattern(backend->dbIndex);
  const auto discarded = discardedTrials(backend->absentKey, keyEvents);
  Reply subscribed;
  if (others[3].isError()) {
    rights.leaveOpen(discarded);
  } else {
    auto queued = co_await tryDiscarded(connection, discarded, context);
    if (!queued) co_return fail(std::move(queued).error());
    rights.note(discarded, *queued);
    subscribed = std::move(queued->back());  // PSUBSCRIBE is the last of them
  }
  ServerInfo info;
  if (others[1].isText()) fillFromInfo(info, others[1].text);
  fillCapabilities(info, rights);
  info.capabilities[static_cast<std::size_t>(Capability::keyspaceEvents)] =
      keyspaceEventsIn(others[2], subscribed);
  info.missingRights = std::move(rights).missing();
  const auto isAboutKeys = [](const Reply& r) {
    return r.text.starts_with("NOPERM") && !refusesCommand(r.text);
  };
  info.boundToKeys = std::ranges::any_of(std::span(answers).first(harmless.size()), isAboutKeys);
  co_return info;
}

}  // namespace

std::string_view infoField(std::string_view info, std::string_view field) {
  while (!info.empty()) {
    const auto end = info.find('\n');
    const auto line = trimAscii(info.substr(0, end));
    if (line.starts_with(field) && line.substr(field.size()).starts_with(':'))
      return line.substr(field.size() + 1);
    if (end == std::string_view::npos) break;
    info.remove_prefix(end + 1);
  }
  return {};
}

Task<std::chrono::microseconds> ping(SharedBackend backend, CallContext context) {
  auto node = co_await greet(std::move(backend), std::move(context));
  if (!node) co_return fail(std::move(node).error());
  co_return node->latency;
}

std::unique_ptr<Heartbeat> heartbeatOf(const SharedBackend& backend) {
  return std::make_unique<PooledHeartbeat<ConnectionPool, Lease, RedisConnection>>(backend->pool, &roundTrip);
}

Task<ServerInfo> probe(SharedBackend backend, CallContext context) {
  auto node = co_await greet(backend, context);
  if (!node) co_return fail(std::move(node).error());
  StageClock stage(context, Stage::probe, node->address);
  auto info = co_await lookAround(std::move(backend), std::move(context));
  stage.end(info);
  if (!info) co_return info;
  node->version = info->version;
  node->role = info->role;
  info->latency = node->latency;
  info->nodes.push_back(*std::move(node));
  co_return info;
}

}  // namespace cachify::cache::redis
