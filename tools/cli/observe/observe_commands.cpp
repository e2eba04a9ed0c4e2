#include "observe/observe_commands.hpp"

#include "commands.hpp"

namespace cachify::cli {

void addObserveCommands(CommandGroup& root) {
  CommandGroup group = root.group("observe", "How connections are doing: dashboard, timeline, slow, watch");
  addObserveDashboard(group);
  addObserveTimeline(group);
  addObserveWatch(group);
}

}  // namespace cachify::cli
