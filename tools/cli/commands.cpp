#include "commands.hpp"

namespace cachify::cli {

void addAllCommands(CommandGroup& root) {
  addConnectionsCommands(root);
  addKeysCommands(root);
  addSnapshotsCommands(root);
  addLogCommands(root);
  addProjectionsCommands(root);
  addSandboxCommand(root);
  addDemoCommand(root);
}

}  // namespace cachify::cli
