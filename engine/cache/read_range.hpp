#pragma once
// What a read may ask for, and of which types. Pure; the same for all sessions.

#include <string_view>

#include "cache/cache_session.hpp"

namespace cachify::cache {

/// Where a range of scores begins or ends: "1.5"; "(1.5" for without it; "inf", "-inf".
struct ScoreEnd {
  double score = 0;
  bool without = false;
};
/// VALIDATION_ERROR names `field`, as below.
[[nodiscard]] Result<ScoreEnd> parseScoreEnd(std::string_view field, std::string_view text);

/// Where a range of members begins or ends: "[a"; "(a" for without it; "-" and "+" for the first and the
/// last.
struct MemberEnd {
  enum class Place : std::uint8_t { first, member, last };
  Place place = Place::member;
  bool without = false;
  Bytes member{};
};
[[nodiscard]] Result<MemberEnd> parseMemberEnd(std::string_view field, std::string_view text);

/// VALIDATION_ERROR for a range that values of this type do not have, with the details `field`, `value` and
/// `allowed`; the cursor is not looked at. For `none`: what is wrong for every type.
[[nodiscard]] Result<void> checkRange(domain::ValueType type, const ReadRange& range);

/// CONFLICT for a value that is there and has another type than the range asks for.
[[nodiscard]] Result<void> checkType(domain::ValueType type, const ReadRange& range);

/// VALIDATION_ERROR for a cursor that no page of a read or scan gave.
[[nodiscard]] std::unexpected<Error> noSuchCursor(std::string_view cursor);

}  // namespace cachify::cache
