#pragma once
// What is said of a change that was made.

#include "actions/mutator.hpp"
#include "command_context.hpp"
#include "exit_code.hpp"

namespace cachify::cli {

/// What the server's answer to an edit is: `label` for people ("new length"), and a number in JSON or a text
/// (ids and scores).
struct ResultWords {
  enum class Form : std::uint8_t { none, number, text };
  std::string_view label{};
  Form form = Form::none;
};

/// `did`: "set 'user:1'". The error as it is when there is one.
[[nodiscard]] Outcome sayMutation(CommandContext& context, const domain::ConnectionProfile& profile,
                                  const Result<actions::MutationReport>& report, std::string_view did,
                                  const ResultWords& words = {});

}  // namespace cachify::cli
