#pragma once
// The port to a cache. A session serves one connection profile over as many network connections as it needs.
//
// Threads: a session lives on the executor it was made with; every coroutine is started there. Calls may
// overlap. Time: each call obeys its CallContext. A call that ran out of time or was stopped has really
// cancelled its network operation, and whatever it used is closed, never handed to another call half-read.
// Errors: TIMEOUT, CONNECTION_FAILED and the servers' LOADING, BUSY, TRYAGAIN, CLUSTERDOWN, MASTERDOWN are
// retryable; NOPERM and WRONGPASS are UNAUTHORIZED; an unknown command is NOT_SUPPORTED; WRONGTYPE is
// CONFLICT. A session never retries by itself; a subscription does.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cache/server_stats.hpp"
#include "cache/slow_log.hpp"
#include "cache/subscription.hpp"
#include "cache/task.hpp"
#include "core/call_context.hpp"
#include "core/rare.hpp"
#include "core/result.hpp"
#include "domain/permit.hpp"
#include "domain/value.hpp"

namespace cachify::cache {

enum class Capability : std::uint8_t {
  ttl,
  patternScan,
  monitorStream,
  slowLog,
  bulkDeletePreview,
  snapshotRestore,
  keyspaceEvents,
  typedValues,
  cas,
};
inline constexpr std::size_t kCapabilityCount = 9;
[[nodiscard]] std::string_view wireName(Capability capability);

struct CapabilityState {
  bool supported = false;
  std::string reason;  ///< why not, or why nobody knows, in words for a person
};

/// One server behind a session.
struct NodeInfo {
  std::string address;  ///< "host:port" or the socket's path
  std::string version;
  std::string role;                     ///< master, replica, memcached; empty: it would not say
  std::chrono::microseconds latency{};  ///< of one ping
};

struct ServerInfo {
  std::string version;          ///< of a cluster whose nodes differ: all there are
  std::string role;             ///< master, replica, cluster, memcached
  std::vector<NodeInfo> nodes;  ///< that were asked: the one, or every master of a cluster
  /// Of a cluster: what all its masters can do.
  std::array<CapabilityState, kCapabilityCount> capabilities;
  /// Commands the user may not run, in the server's spelling ("dump", "config|get").
  std::vector<std::string> missingRights;
  bool boundToKeys = false;  ///< the user may touch only certain keys; commands on others are UNAUTHORIZED
  std::chrono::microseconds latency{};  ///< of one ping; of a cluster the longest

  [[nodiscard]] const CapabilityState& operator[](Capability c) const {
    return capabilities[static_cast<std::size_t>(c)];
  }
};

struct ScanRequest {
  Bytes pattern = "*";        ///< Redis glob
  std::string cursor{};       ///< empty: from the start; else a page's `nextCursor`
  std::uint32_t limit = 100;  ///< a target: a page ends at a batch boundary
  std::optional<domain::ValueType> type{};
  /// Ends the page after about this many scanned keys even if few matched, so that progress can be shown.
  std::uint64_t maxScanned = 1'000'000;
  /// The caller takes all pages, one soon after the other, from this session: keys may then come in an order
  /// in which no other session could go on. One that does, starts over.
  bool whole = false;
};

struct ScanPage {
  std::vector<Bytes> keys;               ///< duplicates are possible where the server's cursor allows them
  std::string nextCursor;                ///< empty: done. Opaque, printable ASCII.
  std::uint64_t scanned = 0;             ///< keys looked at for this page
  std::optional<std::uint64_t> total{};  ///< keys in the database, roughly
  /// The server is one node of a cluster, and this is no session with the cluster: its keys alone are listed.
  bool partOfCluster = false;
};

struct KeyDescription {
  domain::ValueType type = domain::ValueType::none;
  std::optional<std::chrono::milliseconds> ttl{};  ///< nothing: no expiry
  bool ttlKnown = true;                            ///< false: the server does not tell it
  std::optional<std::uint64_t> sizeBytes{};        ///< nothing: the server would not say
};

/// One element by its name: a hash's field, a set's or sorted set's member; the path in a RedisJSON value,
/// which is read as text.
struct ElementNamed {
  Bytes name;
};
/// A list's item; negative: from the end.
struct ElementAt {
  std::int64_t index = 0;
};
using ElementName = std::variant<ElementNamed, ElementAt>;

/// Ends of a range of scores as Redis writes them: "1.5", "(1.5" for without it, "-inf", "+inf".
struct ScoreRange {
  std::string lowest = "-inf";
  std::string highest = "+inf";
};

/// Ends of a range of members in the order of their bytes, which Redis keeps where all have the same score:
/// "[a", "(a" for without it, "-" and "+" for the first and the last.
struct MemberRange {
  Bytes lowest = "-";
  Bytes highest = "+";
};

struct ReadRange {
  std::uint64_t maxItems = 1000;
  std::uint64_t maxBytes = 64ULL << 20;
  std::string cursor{};  ///< of the read before; the rest must be as it was then
  /// Where to begin: the index in a list (negative: from the end) or sorted set, the id in a stream.
  std::string from{};
  bool backwards = false;                ///< streams and sorted sets: newest or highest first
  std::optional<ScoreRange> scores{};    ///< sorted sets: these alone
  std::optional<MemberRange> members{};  ///< sorted sets: these alone, in this order; not with `scores`
  std::optional<ElementName> element{};  ///< this one alone: the value has one element, or none
  /// CONFLICT for a value of another type; NOT_SUPPORTED, with the reason, where the server has no such type.
  std::optional<domain::ValueType> type{};
};

struct ReadValue {
  domain::ValueType type = domain::ValueType::none;
  std::optional<std::chrono::milliseconds> ttl{};
  bool ttlKnown = true;         ///< as in KeyDescription
  std::uint64_t sizeBytes = 0;  ///< content bytes read here; for a cut-off string its full length
  domain::LogicalValue value;
  std::optional<std::uint64_t> length{};       ///< of a collection: elements of the whole, as far as told
  std::optional<std::uint64_t> memoryBytes{};  ///< of a collection: what it takes, as far as the server tells
  std::uint32_t flags = 0;
  std::string encoding;    ///< the server's word, empty where it would not say
  std::string nextCursor;  ///< empty: all was read
};

struct CaptureLimits {
  std::uint64_t maxBytes = 64ULL << 20;        ///< larger values are not captured: `notCaptured` says so
  std::uint64_t maxLogicalBytes = 1ULL << 20;  ///< larger values get no logical copy
  /// A session may keep these elements alone (see Capture::elements) where the value is of type `elementsOf`,
  /// takes more memory than `wholeUpToBytes`, and has other elements beside them.
  std::vector<Bytes> elements{};
  domain::ValueType elementsOf = domain::ValueType::none;
  std::uint64_t wholeUpToBytes = 1ULL << 20;
};

/// Keeps a capture true: while it lives, a change of the captured keys by anybody makes the `apply` that is
/// given it answer `changed`. Redis: WATCH on a connection of its own; Memcached: CAS values.
class Hold {
 public:
  virtual ~Hold() = default;
};

struct HeldCapture {
  std::vector<domain::Capture> captures;  ///< one per key asked for, in that order
  std::unique_ptr<Hold> hold;             ///< destroying it lets go
};

/// Watches one network connection (in a cluster one to every master) that is kept open for nothing else.
class Heartbeat {
 public:
  virtual ~Heartbeat() = default;
  /// The time of a ping on that connection. When it has gone since the last beat this says so, even if the
  /// server is back already; the next beat opens another one. One at a time, and not longer than this object
  /// lives.
  virtual Task<std::chrono::microseconds> beat(CallContext context) = 0;
};

enum class ApplyStatus : std::uint8_t {
  applied,
  changed,  ///< a held key changed since its capture: nothing was done
  refused,  ///< the server or a rule of the mutation said no: nothing was done
  /// The server said no, and the key is absent now: Memcached drops the old value when it has no room for a
  /// new.
  dropped,
  notSent,  ///< failed before a byte of it was sent
  unknown,  ///< sent, and no answer came
};

struct ApplyOutcome {
  ApplyStatus status = ApplyStatus::applied;
  Rare<Error> error{};   ///< for all but `applied`
  std::string result{};  ///< of an applied edit: `domain::ChangedValue::result`
};

class CacheSession {
 public:
  virtual ~CacheSession() = default;

  /// Connects, authenticates, selects, pings, and probes what the server and the user's rights allow.
  /// A right that is missing is not an error. May be called again to probe anew. A cluster's masters are all
  /// asked; one that fails makes the call fail, and is named.
  virtual Task<ServerInfo> probe(CallContext context) = 0;
  /// Of a cluster: all masters, and the longest time.
  virtual Task<std::chrono::microseconds> ping(CallContext context) = 0;
  /// What the server counts, of a cluster every master. `family`: empty for the general one. VALIDATION_ERROR
  /// for a family that this kind of server does not have; NOT_SUPPORTED where this server does not, or would
  /// have to stand still for it; UNAUTHORIZED without the right.
  virtual Task<ServerStats> stats(std::string family, CallContext context) = 0;
  /// The newest entries (128 of each node) of the server's own log of slow commands; of a cluster every
  /// master's. NOT_SUPPORTED where there is none; UNAUTHORIZED without the right.
  virtual Task<SlowLog> slowLog(CallContext context) = 0;
  virtual Task<ScanPage> scan(ScanRequest request, CallContext context) = 0;
  /// One description per key, in order.
  virtual Task<std::vector<KeyDescription>> describe(std::vector<Bytes> keys, CallContext context) = 0;
  /// VALIDATION_ERROR for a cursor or a beginning that is none, or that values of this type do not have;
  /// CONFLICT for an element that values of this type do not have.
  virtual Task<ReadValue> read(Bytes key, ReadRange range, CallContext context) = 0;

  /// Pipelined; for bulk work. One capture per key, in order.
  virtual Task<std::vector<domain::Capture>> capture(std::vector<Bytes> keys, CaptureLimits limits,
                                                     CallContext context) = 0;
  /// For single acts.
  virtual Task<HeldCapture> captureHeld(std::vector<Bytes> keys, CaptureLimits limits,
                                        CallContext context) = 0;

  /// Executes the mutations, pipelined, and answers one outcome each, in order. With a hold there is just one
  /// mutation, and it takes place atomically with the check that nothing changed. All mutations are of the
  /// permit's action (delete and restore to absent differ: a restore is a restore). The permit is spent
  /// first; if that fails every outcome is `refused`.
  virtual boost::asio::awaitable<std::vector<ApplyOutcome>> apply(domain::Permit permit,
                                                                  std::vector<domain::Mutation> mutations,
                                                                  std::unique_ptr<Hold> hold,
                                                                  CallContext context) = 0;

  /// Answers once the server has confirmed it. NOT_SUPPORTED, with the reason that `probe` gives for
  /// `keyspaceEvents`, where the server does not tell; in a cluster every master is listened to. Channels are
  /// never announced as a capability: NOT_SUPPORTED where there are none, UNAUTHORIZED without the right.
  virtual Task<Subscription> subscribe(SubscribeRequest request, CallContext context) = 0;

  /// For who keeps the session open and wants to know when it is lost. Not longer than the session.
  virtual std::unique_ptr<Heartbeat> heartbeat() = 0;
  /// After a loss: lets go of idle connections and of what was learnt about the server, for it may be another
  /// one that comes back. Calls under way go on.
  virtual void renew() = 0;
  /// Closes all connections; calls under way and subscriptions end with CANCELLED.
  virtual void close() = 0;
};

}  // namespace cachify::cache
