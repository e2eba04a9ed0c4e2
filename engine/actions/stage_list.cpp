#include "actions/stage_list.hpp"

#include <algorithm>

namespace cachify::actions {

void StageList::began(Stage stage, const std::string& target) {
  if (also_) also_->began(stage, target);
}

void StageList::ended(const StageReport& report) {
  const auto known = std::ranges::find_if(reports_, [&](const StageReport& before) {
    return before.stage == report.stage && before.target == report.target;
  });
  if (known == reports_.end()) {
    reports_.push_back(report);
  } else {
    *known = report;
  }
  if (also_) also_->ended(report);
}

}  // namespace cachify::actions
