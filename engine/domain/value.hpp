#pragma once
// What a key holds, as bytes and as a logical value, and what may be done to it.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/digest.hpp"
#include "core/result.hpp"

namespace cachify::domain {

/// `none`: the key is absent. `other`: a module's type we can DUMP and delete but not read.
enum class ValueType : std::uint8_t { none, string, hash, list, set, zset, stream, json, other };

/// Redis' own words for TYPE ("string", "ReJSON-RL" is `json`); Memcached items are "string".
[[nodiscard]] std::string_view wireName(ValueType type);
[[nodiscard]] Result<ValueType> parseValueType(std::string_view text);

struct HashEntry {
  Bytes field;
  Bytes value;
  auto operator<=>(const HashEntry&) const = default;
};
/// `score` is the server's own text for the double, so nothing is lost on the way.
struct ScoredMember {
  Bytes member;
  std::string score;
  auto operator<=>(const ScoredMember&) const = default;
};
struct StreamEntry {
  std::string id;
  std::vector<HashEntry> fields;
  auto operator<=>(const StreamEntry&) const = default;
};

struct HashValue { std::vector<HashEntry> entries; };
struct ListValue { std::vector<Bytes> items; };
struct SetValue { std::vector<Bytes> members; };
struct ZSetValue { std::vector<ScoredMember> members; };
struct StreamValue { std::vector<StreamEntry> entries; };

/// `monostate`: absent, or of a type that has no logical form here.
using LogicalValue = std::variant<std::monostate, Bytes, HashValue, ListValue, SetValue, ZSetValue, StreamValue>;

/// The content digest that people see and `--if-digest` takes: SHA-256 of the canonical form. A string's
/// canonical form is its bytes (so `sha256sum` agrees). Others: the type's wire name, then each element's parts
/// as 8-byte big-endian length and bytes; hash entries sorted by field, set members sorted, zset members
/// sorted by member; lists and streams in their order. A stream entry has its id, the 8-byte big-endian number of its
/// fields, and these.
[[nodiscard]] Digest contentDigest(const LogicalValue& value);

/// Sum of the bytes of all parts.
[[nodiscard]] std::uint64_t contentBytes(const LogicalValue& value);

/// A key as it was at one moment: all that is needed to bring it back, and to say later whether it changed.
struct Capture {
  Bytes key;
  ValueType type = ValueType::none;     ///< none: captured as absent
  std::optional<WallTime> deadline{};   ///< absolute, by the server's clock; nothing: no expiry
  std::uint64_t sizeBytes = 0;          ///< of the content
  std::optional<Bytes> dump{};          ///< Redis DUMP payload
  LogicalValue logical{};               ///< for single keys up to the limits given; Memcached always
  std::uint32_t flags = 0;              ///< Memcached client flags
  std::optional<Digest> digest{};       ///< contentDigest, when the content could be read
  /// Why the content is not in here although the key exists (DUMP refused, above the size limit).
  std::optional<Error> notCaptured{};

  [[nodiscard]] bool existed() const { return type != ValueType::none; }
};

struct KeepTtl { bool operator==(const KeepTtl&) const = default; };
struct NoTtl { bool operator==(const NoTtl&) const = default; };
using TtlChange = std::variant<KeepTtl, NoTtl, std::chrono::milliseconds>;

struct SetMutation { Bytes key; Bytes value; TtlChange ttl = KeepTtl{}; std::uint32_t flags = 0; };
struct DeleteMutation { Bytes key; };
/// `replace` false: refused with CONFLICT when `to` exists.
struct RenameMutation { Bytes from; Bytes to; bool replace = false; };
/// KeepTtl is not allowed here; NoTtl is PERSIST.
struct TtlMutation { Bytes key; TtlChange ttl = NoTtl{}; };
/// Makes the key what `capture` says: value, type, flags, deadline; absent if it was absent.
struct RestoreMutation { Capture capture; };

using Mutation = std::variant<SetMutation, DeleteMutation, RenameMutation, TtlMutation, RestoreMutation>;

/// Every key the mutation changes (two for a rename). Views into `mutation`.
[[nodiscard]] std::vector<BytesView> keysOf(const Mutation& mutation);

}  // namespace cachify::domain
