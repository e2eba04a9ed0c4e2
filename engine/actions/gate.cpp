#include "actions/gate.hpp"

namespace cachify::actions {
namespace {

Result<ControlState::Known> judge(ControlState& state, ConnectionId connection,
                                  const domain::ActRequest& request) {
  auto known = state.profile(connection);
  if (!known) return known;
  if (const auto rule = domain::forbids(known->profile, request)) {
    return fail(domain::blockedError(*rule, known->profile, request.action));
  }
  return known;
}

}  // namespace

Result<domain::ConnectionProfile> Gate::check(ConnectionId connection,
                                              const domain::ActRequest& request) const {
  auto known = judge(state_, connection, request);
  if (!known) return std::unexpected(known.error());
  return std::move(known->profile);
}

Result<Authorization> Gate::authorize(ConnectionId connection, const domain::ActRequest& request,
                                      std::vector<Bytes> keys) const {
  auto known = judge(state_, connection, request);
  if (!known) return std::unexpected(known.error());
  return Authorization{domain::Permit(connection, request.action, std::move(keys)), std::move(known->profile),
                       known->streamVersion};
}

}  // namespace cachify::actions
