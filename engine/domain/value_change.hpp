#pragma once
// Changes to a part of a value. Elements are named by what they are (field, member, id, or index *and*
// value), never by where they stood on somebody's screen.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/act.hpp"
#include "domain/logical_value.hpp"

namespace cachify::domain {

/// Fields that are there get the new value; with `onlyIfAbsent` that is CONFLICT, and nothing is set.
struct SetFields {
  std::vector<HashEntry> fields;
  bool onlyIfAbsent = false;
};
struct RemoveFields {
  std::vector<Bytes> fields;
};
/// Gives fields a TTL of their own, or takes it away. Redis 7.4 and later.
struct ExpireFields {
  std::vector<Bytes> fields;
  std::optional<std::chrono::milliseconds> ttl{};  ///< nothing: for ever
};

enum class End : std::uint8_t { left, right };

/// One after the other, so that several pushed left end up in reverse order.
struct PushItems {
  End end = End::right;
  std::vector<Bytes> items;
};
/// Beside the first item that equals `pivot`, to its left or right.
struct InsertItem {
  End side = End::left;
  Bytes pivot;
  Bytes item;
};
/// CONFLICT unless the item at `index` (negative: from the end) is `expected`.
struct ReplaceItem {
  std::int64_t index = 0;
  Bytes expected;
  Bytes item;
};
/// CONFLICT unless the item at `index` (negative: from the end) is `expected`.
struct RemoveItem {
  std::int64_t index = 0;
  Bytes expected;
};

struct AddMembers {
  std::vector<Bytes> members;
};
struct RemoveMembers {
  std::vector<Bytes> members;
};

/// `onlyGreater` and `onlyLess` add new members, too.
enum class ScoreRule : std::uint8_t { any, onlyNew, onlyExisting, onlyGreater, onlyLess };

/// CONFLICT when a rule other than `any` leaves everything as it is; NOT_FOUND for `onlyExisting`.
struct AddScored {
  std::vector<ScoredMember> members;
  ScoreRule rule = ScoreRule::any;
};
/// A member that is not there has the score 0.
struct IncrementScore {
  Bytes member;
  std::string by;
};
struct RemoveScored {
  std::vector<Bytes> members;
};

/// "*" as id: the server gives one. CONFLICT for an id that is not above all the stream ever had.
struct AddEntry {
  std::string id = "*";
  std::vector<HashEntry> fields;
};
struct RemoveEntries {
  std::vector<std::string> ids;
};
/// Removes the oldest entries until no more than `maxLength` are left.
struct TrimEntries {
  std::uint64_t maxLength = 0;
};

/// What differs between the servers' strings. Redis makes an absent key (a number begins at 0), counts with
/// 64 bits and sign, and refuses to go beyond. Memcached needs the key, counts without sign, wraps above and
/// stops at 0 below, and never makes a number's text shorter: it fills it up with blanks.
enum class StringRules : std::uint8_t { redis, memcached };

/// Appends (right) or prepends (left).
struct ExtendText {
  End end = End::right;
  Bytes text;
  StringRules rules = StringRules::redis;
};
/// CONFLICT where the value is no number.
struct IncrementNumber {
  std::int64_t by = 1;
  StringRules rules = StringRules::redis;
};

/// RedisJSON. `path` as the module has it ("$.a[0]").
struct SetJson {
  std::string path = "$";
  std::string json;
};
struct RemoveJson {
  std::string path = "$";
};

using ValueChange =
    std::variant<SetFields, RemoveFields, ExpireFields, PushItems, InsertItem, ReplaceItem, RemoveItem,
                 AddMembers, RemoveMembers, AddScored, IncrementScore, RemoveScored, AddEntry, RemoveEntries,
                 TrimEntries, ExtendText, IncrementNumber, SetJson, RemoveJson>;

/// "hash.set", "list.push", "keys.append": as the command line has it.
[[nodiscard]] std::string_view nameOf(const ValueChange& change);

/// `remove` for what takes elements away, else `set`.
[[nodiscard]] Action actionOf(const ValueChange& change);

/// The type of the values that it is for.
[[nodiscard]] ValueType typeOf(const ValueChange& change);

/// The fields or members that the change touches, sorted, each once, where nothing else of the value plays a
/// part in it: for a hash, a set or a sorted set. Empty for every other change.
[[nodiscard]] std::vector<Bytes> namedElements(const ValueChange& change);

/// Tells two changes apart without giving away what is in them (once keyed).
[[nodiscard]] Digest digestOf(const ValueChange& change);

/// VALIDATION_ERROR for a change that no server could carry out: nothing to add or remove, a score or an id
/// that is none, a stream entry without fields, a TTL of zero or less.
[[nodiscard]] Result<void> checkChange(const ValueChange& change);

/// True where the result of the change is a part of the value itself (a new number or score): it must not be
/// recorded.
[[nodiscard]] bool resultTellsValue(const ValueChange& change);

/// True for a new stream entry whose id the server is to give.
[[nodiscard]] bool takesServerId(const ValueChange& change);

struct ChangedValue {
  LogicalValue value;  ///< `monostate`: the last element went, and the key with it
  /// As the server would say it: the new length, how many were added or removed, the new number or score, the
  /// entry's id. Empty: nothing to say.
  std::string result{};
};

/// What the servers make of `value` (`monostate`: absent). CONFLICT for a value of another type or an element
/// that is not as expected; NOT_FOUND for an element that is not there; NOT_SUPPORTED for what has no logical
/// form (RedisJSON). An entry with the id "*" keeps it. Sorted sets stay in order of score and member.
[[nodiscard]] Result<ChangedValue> applyChange(LogicalValue value, const ValueChange& change);

/// `text` as a score: a number, "inf", "+inf", "-inf". VALIDATION_ERROR names `field`.
[[nodiscard]] Result<double> parseScore(std::string_view text, std::string_view field = "score");
/// The shortest text that reads back as the same number.
[[nodiscard]] std::string scoreText(double score);

struct StreamId {
  std::uint64_t time = 0;
  std::uint64_t sequence = 0;
  auto operator<=>(const StreamId&) const = default;
  [[nodiscard]] std::string toString() const;
};
/// "1526919030474-55", or "1526919030474" for the first of that millisecond. VALIDATION_ERROR
/// names `field`.
[[nodiscard]] Result<StreamId> parseStreamId(std::string_view text, std::string_view field = "id");

}  // namespace cachify::domain
