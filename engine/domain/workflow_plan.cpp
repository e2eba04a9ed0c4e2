#include "domain/workflow_plan.hpp"

namespace cachify::domain {

std::string_view wireName(StepAction action) {
  switch (action) {
    case StepAction::remove:
      return "delete";
    case StepAction::setTtl:
      return "setTtl";
    case StepAction::persist:
      return "persist";
    case StepAction::setValue:
      return "setValue";
    case StepAction::rename:
      return "rename";
    case StepAction::touch:
      return "touch";
    case StepAction::restore:
      return "restore";
  }
  return "unknown";
}

}  // namespace cachify::domain
