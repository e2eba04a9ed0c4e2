#pragma once
// The commands of `cachify connections`; each file beside this one adds its own.

#include "command.hpp"

namespace cachify::cli {

void addConnectionWrites(CommandGroup& connections);
void addConnectionReads(CommandGroup& connections);
void addConnectionTest(CommandGroup& connections);
void addConnectionWatch(CommandGroup& connections);
void addConnectionExchange(CommandGroup& connections);

}  // namespace cachify::cli
