#pragma once
// The commands of `cachify observe`; each file beside this one adds its own.

#include "command.hpp"

namespace cachify::cli {

void addObserveDashboard(CommandGroup& observe);
void addObserveTimeline(CommandGroup& observe);
void addObserveWatch(CommandGroup& observe);

}  // namespace cachify::cli
