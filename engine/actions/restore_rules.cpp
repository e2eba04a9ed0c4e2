#include "actions/restore_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cachify::actions {

using domain::Capture;
using events::KeyState;

namespace {

Error unknownTtl(const Capture& capture) {
  return Error{.code = ErrorCode::validationError,
               .message = fmt::format("this snapshot of '{}' does not know what was left of the TTL; say "
                                      "--ttl N, or --no-ttl to keep the key for ever",
                                      escapeForDisplay(capture.key))}
      .with("ttlUnknown", true);
}

}  // namespace

Result<void> chooseTtl(const domain::TtlChange& ttl, Capture& capture, WallTime now) {
  if (!capture.existed()) return {};
  if (std::holds_alternative<domain::KeepTtl>(ttl))
    return capture.deadlineNotRead ? std::unexpected(unknownTtl(capture)) : Result<void>();
  if (capture.isPart()) {
    return fail(
        ErrorCode::validationError,
        "this snapshot holds but some elements of a large value; restoring them leaves the TTL alone");
  }
  capture.deadlineNotRead.reset();
  capture.deadline.reset();
  if (const auto* time = std::get_if<std::chrono::milliseconds>(&ttl)) capture.deadline = now + *time;
  return {};
}

Error ranOut(const Capture& capture) {
  return Error{
      .code = ErrorCode::conflict,
      .message = fmt::format("the TTL of '{}' in this snapshot ran out at {}; --force restores it as "
                             "expired: the key will be absent",
                             escapeForDisplay(capture.key), toIso8601(*capture.deadline))}
      .with("expired", true);
}

Result<void> judgeUnchanged(const Capture& now, std::vector<KeyState> expected, const StateDigester& digester,
                            WallTime time) {
  const KeyState current = stateOf(now, digester);
  // The TTL is the whole key's, and no matter of a part.
  for (auto& state : expected) {
    if (now.isPart()) state.deadline = current.deadline;
  }
  if (std::ranges::any_of(expected, [&](const KeyState& state) { return sameState(current, state); }))
    return {};
  return fail(Error{
      .code = ErrorCode::conflict,
      .message = fmt::format("'{}' was changed by somebody else since our last change (then → now: {}); "
                             "--force restores it all the same",
                             escapeForDisplay(now.key), describeChange(expected.front(), current, time))}
                  .with("key", escapeForDisplay(now.key))
                  .with("change", describeChange(expected.front(), current, time)));
}

Result<void> judgeHome(const Capture& part, const Capture& now) {
  if (!part.isPart() || now.type == part.type) return {};
  return fail(Error{
      .code = now.existed() ? ErrorCode::conflict : ErrorCode::notFound,
      .message = fmt::format("this snapshot holds but {} of the elements of a large {}, and '{}' is {} now",
                             part.elements.size(), domain::wireName(part.type), escapeForDisplay(now.key),
                             now.existed() ? domain::wireName(now.type) : "absent")}
                  .with("key", escapeForDisplay(now.key)));
}

Result<void> judgeComparable(const Capture& left, const Capture& right) {
  const bool sameElements = left.elements == right.elements;
  if (sameElements || !left.existed() || !right.existed()) return {};
  return fail(ErrorCode::validationError,
              "these two cannot be compared: one of them holds but some elements of a large value");
}

}  // namespace cachify::actions
