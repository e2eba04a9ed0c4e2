#pragma once
// The commands of `cachify keys`; each file beside this one adds its own.

#include "command.hpp"

namespace cachify::cli {

void addKeysList(CommandGroup& keys);
void addKeysTree(CommandGroup& keys);
void addKeysGet(CommandGroup& keys);
void addKeysSet(CommandGroup& keys);
void addKeysChanges(CommandGroup& keys);
void addKeysStats(CommandGroup& keys);

}  // namespace cachify::cli
