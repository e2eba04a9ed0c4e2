#pragma once
// The commands on parts of values; each type's file adds its own group.

#include "command.hpp"

namespace cachify::cli {

void addHashCommands(CommandGroup& root);
void addListCommands(CommandGroup& root);
void addSetCommands(CommandGroup& root);
void addZsetCommands(CommandGroup& root);
void addStreamCommands(CommandGroup& root);
void addJsonCommands(CommandGroup& root);
/// keys append, prepend, increment
void addStringCommands(CommandGroup& keys);

}  // namespace cachify::cli
