#include "cache/mutation_rules.hpp"

#include <algorithm>
#include <chrono>

namespace cachify::cache {
namespace {

using domain::Action;

Result<void> checkTtl(const domain::TtlChange& ttl) {
  const auto* duration = std::get_if<std::chrono::milliseconds>(&ttl);
  if (duration == nullptr || duration->count() > 0) return {};
  return fail(
      Error{.code = ErrorCode::validationError, .message = "a TTL must be at least one millisecond"}.with(
          "ttlMs", std::int64_t{duration->count()}));
}

struct Check {
  Result<void> operator()(const domain::SetMutation& m) const { return checkTtl(m.ttl); }
  Result<void> operator()(const domain::DeleteMutation&) const { return {}; }
  Result<void> operator()(const domain::RenameMutation&) const { return {}; }
  Result<void> operator()(const domain::TtlMutation& m) const {
    if (std::holds_alternative<domain::KeepTtl>(m.ttl)) {
      return fail(ErrorCode::validationError, "a TTL change must state the new TTL or that there is none");
    }
    return checkTtl(m.ttl);
  }
  Result<void> operator()(const domain::RestoreMutation& m) const {
    const auto& capture = m.capture;
    const bool empty = !capture.dump && std::holds_alternative<std::monostate>(capture.logical);
    if (!capture.existed()) return {};
    if (!empty && capture.deadlineNotRead) {
      return fail(ErrorCode::validationError,
                  "this snapshot does not know what was left of the TTL; say which the key shall have");
    }
    if (!empty) return {};
    return fail(ErrorCode::validationError,
                "this snapshot holds no content, so the key cannot be restored from it");
  }
  Result<void> operator()(const domain::TouchMutation&) const { return {}; }
  Result<void> operator()(const domain::EditMutation& m) const { return domain::checkChange(m.change); }
};

}  // namespace

Result<void> spendPermit(domain::Permit& permit, ConnectionId connection,
                         const std::vector<domain::Mutation>& mutations, bool held) {
  const Action action = permit.action();
  std::vector<BytesView> keys;
  keys.reserve(mutations.size());
  bool sameAction = true;
  for (const auto& mutation : mutations) {
    sameAction = sameAction && actionOf(mutation) == action;
    for (BytesView key : domain::keysOf(mutation)) keys.push_back(key);
  }
  if (auto spent = permit.spend(connection, action, keys); !spent) return spent;
  if (!sameAction) return fail(ErrorCode::internalError, "this permit was given for another act");
  if (held && mutations.size() != 1) {
    return fail(ErrorCode::internalError, "a held capture guards exactly one mutation");
  }
  return {};
}

Result<void> checkMutation(const domain::Mutation& mutation) {
  return std::visit(Check{}, mutation);
}

}  // namespace cachify::cache
