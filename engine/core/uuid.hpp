#pragma once
// Identifiers are UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then randomness. They sort by
// time of birth. The top bit of the last 62 random bits is kept 0 when an id is made, so that `offsetBy` can
// number up to 2^61 ids from one base without leaving the format.

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/result.hpp"

namespace cachify {
inline namespace core {

class Uuid {
 public:
  constexpr Uuid() = default;  ///< the nil id: "none"
  explicit constexpr Uuid(const std::array<std::uint8_t, 16>& bytes) : bytes_(bytes) {}

  [[nodiscard]] static Uuid makeV7(WallTime now);
  /// VALIDATION_ERROR unless the text is 36 characters of the canonical form.
  [[nodiscard]] static Result<Uuid> parse(std::string_view text);

  /// The id `n` places after this one in a batch numbered from this base.
  [[nodiscard]] Uuid offsetBy(std::uint64_t n) const;
  [[nodiscard]] std::string toString() const;
  [[nodiscard]] bool isNil() const { return *this == Uuid(); }
  [[nodiscard]] const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }

  auto operator<=>(const Uuid&) const = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

/// An id that cannot be taken for an id of another kind. `Tag` only names the kind.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  explicit constexpr Id(Uuid value) : value_(value) {}
  [[nodiscard]] static Id make(WallTime now) { return Id(Uuid::makeV7(now)); }
  [[nodiscard]] static Result<Id> parse(std::string_view text) {
    auto value = Uuid::parse(text);
    if (!value) return std::unexpected(value.error());
    return Id(*value);
  }
  [[nodiscard]] const Uuid& value() const { return value_; }
  [[nodiscard]] std::string toString() const { return value_.toString(); }
  [[nodiscard]] bool isNil() const { return value_.isNil(); }
  auto operator<=>(const Id&) const = default;

 private:
  Uuid value_;
};

using ConnectionId = Id<struct ConnectionTag>;
/// A mutation is named by the id of its `mutation.requested` event, a snapshot by that of its
/// `snapshot.captured` event.
using MutationId = Id<struct MutationTag>;
using SnapshotId = Id<struct SnapshotTag>;
using SessionId = Id<struct SessionTag>;
/// A run of a workflow, or a dry run and the plan it made: named by the id of its `workflow.started` event.
using ExecutionId = Id<struct ExecutionTag>;
using AlertRuleId = Id<struct AlertRuleTag>;

}  // namespace core
}  // namespace cachify

template <>
struct std::hash<cachify::Uuid> {
  std::size_t operator()(const cachify::Uuid& id) const noexcept;
};
template <class Tag>
struct std::hash<cachify::Id<Tag>> {
  std::size_t operator()(const cachify::Id<Tag>& id) const noexcept {
    return std::hash<cachify::Uuid>()(id.value());
  }
};
