#pragma once
// Every command there is. A new one: its files, a line here, and one in commands.cpp.

#include "command.hpp"

namespace cachify::cli {

void addConnectionsCommands(CommandGroup& root);
void addKeysCommands(CommandGroup& root);
void addSnapshotsCommands(CommandGroup& root);
void addAlertsCommands(CommandGroup& root);
void addLogCommands(CommandGroup& root);
void addProjectionsCommands(CommandGroup& root);
void addWorkflowsCommands(CommandGroup& root);
void addObserveCommands(CommandGroup& root);
void addPluginsCommands(CommandGroup& root);
void addSandboxCommand(CommandGroup& root);
void addDemoCommand(CommandGroup& root);

/// In the order in which the help shows them.
void addAllCommands(CommandGroup& root);

}  // namespace cachify::cli
