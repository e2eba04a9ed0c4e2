#pragma once
// Runs as people and scripts see them.

#include "command_context.hpp"
#include "exit_code.hpp"
#include "output/json_text.hpp"

namespace cachify::cli {

struct StepsPage {
  std::uint64_t from = 0;  ///< a cursor of the page before
  std::size_t limit = 20;
};

/// Progress on the terminal, Ctrl-C as a wish to end.
[[nodiscard]] actions::RunWatch watchRun(CommandContext& context, bool dryRun);

/// Prints the run with a page of its steps; a dry run with the steps it planned. Exit code by how it ended.
Outcome showRun(CommandContext& context, ExecutionId id, const StepsPage& page);
/// The same for a run that just ended, and the way back. `undone`: it rolled this one back without force; how
/// to restore what it left alone is said, too.
Outcome showReport(CommandContext& context, const Result<actions::RunReport>& report,
                   std::optional<ExecutionId> undone = {});

}  // namespace cachify::cli
