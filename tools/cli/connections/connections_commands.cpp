#include "connections/connections_commands.hpp"

#include "commands.hpp"

namespace cachify::cli {

void addConnectionsCommands(CommandGroup& root) {
  CommandGroup group = root.group(
      "connections", "Profiles of servers: add, list, show, edit, duplicate, remove, test, export, import");
  addConnectionWrites(group);
  addConnectionReads(group);
  addConnectionTest(group);
  addConnectionExchange(group);
}

}  // namespace cachify::cli
