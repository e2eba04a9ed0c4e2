#pragma once
// The commands of `cachify log`; each file beside this one adds its own.

#include "command.hpp"

namespace cachify::cli {

void addLogStatus(CommandGroup& log);
void addLogTail(CommandGroup& log);
void addLogShow(CommandGroup& log);
void addLogExport(CommandGroup& log);
void addLogChecks(CommandGroup& log);

}  // namespace cachify::cli
