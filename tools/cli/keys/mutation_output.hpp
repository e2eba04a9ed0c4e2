#pragma once
// What is said of a change that was made.

#include "actions/mutator.hpp"
#include "command_context.hpp"
#include "exit_code.hpp"

namespace cachify::cli {

/// `did`: "set 'user:1'". The error as it is when there is one.
[[nodiscard]] Outcome sayMutation(CommandContext& context, const Result<actions::MutationReport>& report,
                                  std::string_view did);

}  // namespace cachify::cli
