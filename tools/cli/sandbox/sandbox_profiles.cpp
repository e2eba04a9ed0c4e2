#include "sandbox/sandbox_profiles.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "events/profile_json.hpp"

namespace cachify::cli {

Result<SandboxProfiles> SandboxProfiles::add(CommandContext& context, const studio::Sandbox& sandbox) {
  auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  SandboxProfiles profiles(**engine);
  for (auto& draft : {sandbox.redisProfile(), sandbox.memcachedProfile()}) {
    if (auto ok = profiles.addOne(draft); !ok) return std::unexpected(ok.error());
  }
  return profiles;
}

Result<void> SandboxProfiles::addOne(domain::ConnectionProfile draft) {
  if (const auto old = engine_->control().find(draft.name); old) {
    const bool ours = std::ranges::find(old->profile.tags, "sandbox") != old->profile.tags.end();
    if (ours) {
      auto removed = engine_->wait(engine_->connections().remove(old->profile.id));
      if (!removed) return std::unexpected(removed.error());
    }
  }
  auto added = engine_->wait(engine_->connections().add(std::move(draft), actions::KeepSecret{}));
  if (!added) return std::unexpected(added.error());
  profiles_.push_back(std::move(*added));
  return {};
}

Result<void> SandboxProfiles::remove() {
  for (const auto& profile : profiles_) {
    auto removed = engine_->wait(engine_->connections().remove(profile.id));
    if (!removed && removed.error().code != ErrorCode::notFound) return std::unexpected(removed.error());
  }
  return {};
}

boost::json::object SandboxProfiles::toJson() const {
  boost::json::array connections;
  for (const auto& profile : profiles_) connections.push_back(events::toJson(profile));
  return {{"connections", std::move(connections)}};
}

}  // namespace cachify::cli
