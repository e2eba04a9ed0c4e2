#include "log/log_commands.hpp"

#include "commands.hpp"

namespace cachify::cli {

void addLogCommands(CommandGroup& root) {
  CommandGroup group =
      root.group("log", "What happened, and its proof: status, tail, show, verify, export, salvage");
  addLogStatus(group);
  addLogTail(group);
  addLogShow(group);
  addLogChecks(group);
  addLogExport(group);
}

}  // namespace cachify::cli
