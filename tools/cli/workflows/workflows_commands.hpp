#pragma once
// workflows kinds, templates, preview, run, history, show, rerun, resume, rollback, cancel

#include "command.hpp"

namespace cachify::cli {

void addWorkflowsCommands(CommandGroup& root);

// Parts of the above.
void addWorkflowTemplates(CommandGroup& workflows);
void addWorkflowRuns(CommandGroup& workflows);
void addWorkflowReruns(CommandGroup& workflows);
void addWorkflowHistory(CommandGroup& workflows);

}  // namespace cachify::cli
