#pragma once
// The parts of `alerts`.

#include "command.hpp"

namespace cachify::cli {

void addAlertRules(CommandGroup& alerts);
void addAlertPublishers(CommandGroup& alerts);

/// "on" and "off" for people.
[[nodiscard]] inline const char* onOff(bool isOn) {
  return isOn ? "on" : "off";
}

}  // namespace cachify::cli
