#pragma once

#include "command.hpp"

namespace cachify::cli {

void addPluginsInspect(CommandGroup& plugins);

}  // namespace cachify::cli
