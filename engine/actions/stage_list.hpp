#pragma once
// What the stages of a connection test came to.

#include <functional>
#include <memory>
#include <vector>

#include "core/stages.hpp"

namespace cachify::actions {

/// One report for each stage and server, in the order in which they began to be told; what is tried again
/// takes the place of what was before. On the thread of the call.
class StageList final : public StageObserver {
 public:
  /// `also`: who is told, too; may be null.
  explicit StageList(std::shared_ptr<StageObserver> also = {}) : also_(std::move(also)) {}

  void began(Stage stage, const std::string& target) override;
  void ended(const StageReport& report) override;

  [[nodiscard]] const std::vector<StageReport>& reports() const { return reports_; }

 private:
  std::shared_ptr<StageObserver> also_;
  std::vector<StageReport> reports_;
};

}  // namespace cachify::actions
