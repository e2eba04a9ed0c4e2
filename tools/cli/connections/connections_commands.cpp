#include "connections/connections_commands.hpp"

#include "commands.hpp"

namespace cachify::cli {

void addConnectionsCommands(CommandGroup& root) {
  CommandGroup group = root.group(
      "connections",
      "Profiles of servers: add, list, show, edit, duplicate, remove, test, watch, export, import");
  addConnectionWrites(group);
  addConnectionReads(group);
  addConnectionTest(group);
  addConnectionWatch(group);
  addConnectionExchange(group);
}

}  // namespace cachify::cli
