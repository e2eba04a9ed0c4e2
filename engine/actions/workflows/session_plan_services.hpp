#pragma once
// What a planner may ask, answered by the session of the run under the profile's timeout and retry rule.

#include <memory>
#include <stop_token>

#include "cache/cache_session.hpp"
#include "domain/profile.hpp"
#include "plugin_host/workflow_kind.hpp"

namespace cachify::actions {

[[nodiscard]] std::unique_ptr<plugin_host::PlanServices> makePlanServices(
    std::shared_ptr<cache::CacheSession> session, const domain::ConnectionProfile& profile,
    std::stop_token stop);

}  // namespace cachify::actions
