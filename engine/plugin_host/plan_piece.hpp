#pragma once
// A part of a plan, as a workflow kind gives it.

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/workflow_plan.hpp"

namespace cachify::plugin_host {

struct PlanPiece {
  std::vector<domain::PlanItem> items{};
  bool isLast = false;
  /// What the plan is out of, as far as the plugin knows; for progress.
  std::optional<std::uint64_t> expectedTotal{};
};

}  // namespace cachify::plugin_host
