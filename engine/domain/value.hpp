#pragma once
// A key as it was, and what may be done to it.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/digest.hpp"
#include "core/rare.hpp"
#include "core/result.hpp"
#include "domain/act.hpp"
#include "domain/logical_value.hpp"
#include "domain/value_change.hpp"

namespace cachify::domain {

/// A key as it was at one moment: all that is needed to bring it back, and to say later whether it changed.
struct Capture {
  Bytes key;
  ValueType type = ValueType::none;    ///< none: captured as absent
  std::optional<WallTime> deadline{};  ///< absolute, by the server's clock; nothing: no expiry
  std::uint64_t sizeBytes = 0;         ///< of the content
  std::optional<Bytes> dump{};         ///< Redis DUMP payload
  LogicalValue logical{};              ///< for single keys up to the limits given; Memcached always
  std::uint32_t flags = 0;             ///< Memcached client flags
  std::optional<Digest> digest{};      ///< contentDigest (of a part partDigest), when it could be read
  /// Names of elements of a hash, set or sorted set that was too large to be kept whole for a change of these
  /// alone: `logical` has those of them that were there. Empty: the value as a whole.
  std::vector<Bytes> elements{};
  /// Why the content is not in here although the key exists (DUMP refused, above the size limit).
  Rare<Error> notCaptured{};
  /// Why `deadline` does not tell the expiry although the key exists (a Memcached server that does not say
  /// it).
  Rare<Error> deadlineNotRead{};

  [[nodiscard]] bool existed() const { return type != ValueType::none; }
  [[nodiscard]] bool isPart() const { return !elements.empty(); }
};

struct KeepTtl {
  bool operator==(const KeepTtl&) const = default;
};
struct NoTtl {
  bool operator==(const NoTtl&) const = default;
};
using TtlChange = std::variant<KeepTtl, NoTtl, std::chrono::milliseconds>;

/// `add`: CONFLICT when the key is there. `replace`: NOT_FOUND when it is not.
enum class SetMode : std::uint8_t { any, add, replace };

struct SetMutation {
  Bytes key;
  Bytes value;
  TtlChange ttl = KeepTtl{};
  std::uint32_t flags = 0;
  SetMode mode = SetMode::any;
};
struct DeleteMutation {
  Bytes key;
};
/// `replace` false: refused with CONFLICT when `to` exists.
struct RenameMutation {
  Bytes from;
  Bytes to;
  bool replace = false;
};
/// KeepTtl is not allowed here; NoTtl is PERSIST.
struct TtlMutation {
  Bytes key;
  TtlChange ttl = NoTtl{};
};
/// Renews what the server knows of the last use. Value and TTL stay.
struct TouchMutation {
  Bytes key;
};
/// Makes the key what `capture` says: value, type, flags, deadline; absent if it was absent. Its deadline
/// must be known: a key is not given back for ever because nobody knows for how long.
struct RestoreMutation {
  Capture capture;
};

/// Changes a part of the value; the key keeps its TTL, and goes with its last element.
struct EditMutation {
  Bytes key;
  ValueChange change;
};

using Mutation = std::variant<SetMutation, DeleteMutation, RenameMutation, TtlMutation, RestoreMutation,
                              EditMutation, TouchMutation>;

/// What a mutation is to the policy rules. A TTL change to NoTtl is `persist`.
[[nodiscard]] Action actionOf(const Mutation& mutation);

/// Views of a mutation's keys, without memory of their own: bulk work looks at those of thousands.
class MutationKeys {
 public:
  explicit MutationKeys(BytesView key) : keys_{key}, count_(1) {}
  MutationKeys(BytesView from, BytesView to) : keys_{from, to}, count_(2) {}
  [[nodiscard]] const BytesView* begin() const { return keys_.data(); }
  [[nodiscard]] const BytesView* end() const { return keys_.data() + count_; }
  [[nodiscard]] BytesView front() const { return keys_.front(); }
  [[nodiscard]] BytesView back() const { return keys_[count_ - 1]; }

 private:
  std::array<BytesView, 2> keys_;
  std::size_t count_;
};

/// Every key the mutation changes (two for a rename). Views into `mutation`.
[[nodiscard]] MutationKeys keysOf(const Mutation& mutation);

}  // namespace cachify::domain
