#pragma once
// What a key holds, as a value that every kind of cache can be asked for.

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "core/bytes.hpp"
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

struct HashValue {
  std::vector<HashEntry> entries;
};
struct ListValue {
  std::vector<Bytes> items;
};
struct SetValue {
  std::vector<Bytes> members;
};
struct ZSetValue {
  std::vector<ScoredMember> members;
};
struct StreamValue {
  std::vector<StreamEntry> entries;
};

/// `monostate`: absent, or of a type that has no logical form here.
using LogicalValue =
    std::variant<std::monostate, Bytes, HashValue, ListValue, SetValue, ZSetValue, StreamValue>;

/// The type of key that holds it; `monostate` is none.
[[nodiscard]] ValueType typeOf(const LogicalValue& value);

/// The content digest that people see and `--if-digest` takes: SHA-256 of the canonical form. A string's
/// canonical form is its bytes (so `sha256sum` agrees). Others: the type's wire name, then each element's
/// parts as 8-byte big-endian length and bytes; hash entries sorted by field, set members sorted, zset
/// members sorted by member, scores as the shortest text of the number (servers differ in theirs); lists and
/// streams in their order. A stream entry has its id, the 8-byte big-endian number of its fields, and these.
[[nodiscard]] Digest contentDigest(const LogicalValue& value);

/// Of a part of a collection: the digest of those of the named elements that were there (`part`), and of all
/// the names, sorted, each with its 8-byte big-endian length. Never equal to the digest of a whole value.
[[nodiscard]] Digest partDigest(const LogicalValue& part, const std::vector<Bytes>& names);

/// Sum of the bytes of all parts.
[[nodiscard]] std::uint64_t contentBytes(const LogicalValue& value);

}  // namespace cachify::domain
