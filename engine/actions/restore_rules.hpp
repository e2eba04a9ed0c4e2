#pragma once
// What may be brought back, and onto what. Pure.

#include <vector>

#include "actions/key_states.hpp"
#include "core/result.hpp"
#include "domain/value.hpp"

namespace cachify::actions {

/// Puts the TTL that a person chose in the place of the snapshot's; KeepTtl leaves that. VALIDATION_ERROR
/// with detail `ttlUnknown` where there is neither, and for a part, which has none of its own.
[[nodiscard]] Result<void> chooseTtl(const domain::TtlChange& ttl, domain::Capture& capture, WallTime now);

/// CONFLICT with detail `expired`: the snapshot's deadline has passed.
[[nodiscard]] Error ranOut(const domain::Capture& capture);

/// CONFLICT unless `now` is one of the states in which only we can have left it.
[[nodiscard]] Result<void> judgeUnchanged(const domain::Capture& now, std::vector<events::KeyState> expected,
                                          const StateDigester& digester, WallTime time);

/// A part (see Capture::elements) can only be put back into what it is a part of: NOT_FOUND, CONFLICT.
[[nodiscard]] Result<void> judgeHome(const domain::Capture& part, const domain::Capture& now);

/// VALIDATION_ERROR for a part beside a whole, or beside another part.
[[nodiscard]] Result<void> judgeComparable(const domain::Capture& left, const domain::Capture& right);

}  // namespace cachify::actions
