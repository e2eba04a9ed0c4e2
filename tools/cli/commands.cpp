#include "commands.hpp"

#include "elements/elements_commands.hpp"

namespace cachify::cli {

void addAllCommands(CommandGroup& root) {
  addConnectionsCommands(root);
  addKeysCommands(root);
  addHashCommands(root);
  addListCommands(root);
  addSetCommands(root);
  addZsetCommands(root);
  addStreamCommands(root);
  addJsonCommands(root);
  addSnapshotsCommands(root);
  addWorkflowsCommands(root);
  addObserveCommands(root);
  addAlertsCommands(root);
  addLogCommands(root);
  addProjectionsCommands(root);
  addPluginsCommands(root);
  addSandboxCommand(root);
  addDemoCommand(root);
}

}  // namespace cachify::cli
