#pragma once
// The profiles of a sandbox in a data directory.

#include <boost/json/object.hpp>
#include <vector>

#include "command_context.hpp"
#include "studio/sandbox.hpp"

namespace cachify::cli {

class SandboxProfiles {
 public:
  /// Takes the place of profiles that an earlier sandbox left behind (same name, tag `sandbox`).
  /// VALIDATION_ERROR if the names belong to profiles of somebody's own.
  [[nodiscard]] static Result<SandboxProfiles> add(CommandContext& context, const studio::Sandbox& sandbox);
  Result<void> remove();

  [[nodiscard]] const std::vector<domain::ConnectionProfile>& profiles() const { return profiles_; }
  /// {"connections":[…]}
  [[nodiscard]] boost::json::object toJson() const;

 private:
  explicit SandboxProfiles(studio::Engine& engine) : engine_(&engine) {}
  Result<void> addOne(domain::ConnectionProfile draft);

  studio::Engine* engine_;
  std::vector<domain::ConnectionProfile> profiles_;
};

}  // namespace cachify::cli
