#pragma once
// Messages between the engine and cachify-plugin-host: PROTOCOL.md says what follows what.

#include <cstdint>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "plugin_host/protocol/wire.hpp"

namespace cachify::plugin_host {

inline constexpr std::uint32_t kProtocolVersion = 1;
/// Of a type byte and a body. Large enough for a single item of 48 MiB.
inline constexpr std::size_t kMaxMessageBytes = 64UL << 20;
/// What a plugin's words are cut at.
inline constexpr std::size_t kMaxProblemBytes = 4096;
inline constexpr std::size_t kMaxLogBytes = 1024;

enum class MessageType : std::uint8_t {
  // the engine asks
  load = 1,
  validate = 2,
  planOpen = 3,
  planNext = 4,
  planClose = 5,
  configure = 6,
  deliver = 7,
  health = 8,
  selfTest = 9,
  unload = 10,
  // the engine answers a service call
  scanned = 32,
  described = 33,
  valueRead = 34,
  serviceFailed = 35,
  // the child answers
  loaded = 64,
  done = 65,
  failed = 66,
  piece = 67,
  delivered = 68,
  // the child asks, tells
  scan = 96,
  describe = 97,
  read = 98,
  logLine = 99,
  faulted = 100,
};

/// `body` is a view into whoever gave the message.
struct Message {
  MessageType type{};
  BytesView body{};
};

/// A whole message as it goes over the socket. `body` is at most kMaxMessageBytes - 1 bytes.
[[nodiscard]] Bytes frameOf(MessageType type, BytesView body);

struct NoBody {
  template <class Self, class Fields>
  static void fields(Self&, Fields&) {}
};

// --- the engine asks

struct LoadRequest {
  std::uint32_t protocol = kProtocolVersion;
  Bytes pluginId{};
  Bytes version{};
  std::uint8_t isPublisher = 0;
  Bytes provides{};
  std::uint8_t mayUseNetwork = 0;
  std::uint8_t mayStartPrograms = 0;
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.protocol, m.pluginId, m.version, m.isPublisher, m.provides, m.mayUseNetwork, m.mayStartPrograms);
  }
};

/// validate, configure
struct JsonRequest {
  Bytes json{};
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.json);
  }
};

struct PlanOpenRequest {
  Bytes json{};
  std::uint32_t pieceItems = 0;  ///< 1 or more: what every piece of this plan is bounded by
  std::uint64_t pieceBytes = 0;
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.json, m.pieceItems, m.pieceBytes);
  }
};

struct WireAlert {
  std::uint32_t severity = 0;
  std::uint64_t count = 1;
  std::int64_t createdAtMs = 0;
  Bytes id{};
  Bytes title{};
  Bytes message{};
  Bytes source{};
  Bytes connection{};
  Bytes environment{};
  Bytes json{};
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.severity, m.count, m.createdAtMs, m.id, m.title, m.message, m.source, m.connection, m.environment,
      m.json);
  }
};

struct DeliverRequest {
  Bytes idempotencyKey{};
  std::uint64_t deadlineMs = 0;
  std::vector<WireAlert> alerts{};
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.idempotencyKey, m.deadlineMs, m.alerts);
  }
};

// --- the child asks, and is answered

struct ScanCall {
  Bytes pattern{};
  Bytes cursor{};
  std::uint32_t limit = 0;
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.pattern, m.cursor, m.limit);
  }
};

/// Names of keys; views where they are read.
struct KeyList {
  std::vector<Bytes> keys{};
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.keys);
  }
};

struct ReadCall {
  Bytes key{};
  std::uint64_t maxBytes = 0;
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.key, m.maxBytes);
  }
};

/// For counts that a server does not tell.
inline constexpr std::uint64_t kNotKnown = UINT64_MAX;

template <class Key>  // Bytes to write, BytesView to read without copying
struct ScannedReply {
  Bytes nextCursor{};
  std::uint64_t scanned = 0;
  std::uint64_t total = kNotKnown;
  std::vector<Key> keys{};
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.nextCursor, m.scanned, m.total, m.keys);
  }
};

struct WireKeyFacts {
  std::uint8_t type = 0;
  std::int64_t ttlMs = -1;  ///< -1: no expiry
  std::uint64_t sizeBytes = kNotKnown;
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.type, m.ttlMs, m.sizeBytes);
  }
};

struct DescribedReply {
  std::vector<WireKeyFacts> facts{};
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.facts);
  }
};

struct ValueReply {
  std::uint8_t exists = 0;
  Bytes value{};
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.exists, m.value);
  }
};

struct ServiceFailure {
  std::uint8_t isWrongType = 0;  ///< else the plan has to be given up
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.isWrongType);
  }
};

// --- the child answers, tells

struct LoadedReply {
  Bytes name{};  ///< of the kind or publisher
  Bytes title{};
  Bytes summary{};
  Bytes schema{};
  std::uint8_t supportsDryRun = 0;
  std::uint8_t isDestructive = 0;
  std::uint8_t hasSelfTest = 0;
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.name, m.title, m.summary, m.schema, m.supportsDryRun, m.isDestructive, m.hasSelfTest);
  }
};

enum class FailureKind : std::uint8_t { failed = 0, refused = 1, notFound = 2, wrongType = 3, gaveUp = 4 };

struct FailedReply {
  FailureKind kind = FailureKind::failed;
  Bytes field{};
  Bytes message{};
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.kind, m.field, m.message);
  }
};

struct DeliveredReply {
  std::uint8_t outcome = 0;  ///< delivered, retry after, failed
  std::uint64_t retryAfterMs = 0;
  Bytes message{};
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.outcome, m.retryAfterMs, m.message);
  }
};

struct LogLine {
  std::uint8_t level = 0;
  Bytes text{};
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.level, m.text);
  }
};

struct FaultedReply {
  std::uint8_t fault = 0;  ///< of Fault (fault.hpp)
  Bytes message{};
  template <class Self, class Fields>
  static void fields(Self& m, Fields& f) {
    f(m.fault, m.message);
  }
};

}  // namespace cachify::plugin_host
