#pragma once
// The tour that `cachify demo` takes: what a person would type, in order, and the exit code it must have.

#include <string>
#include <string_view>
#include <vector>

#include "exit_code.hpp"

namespace cachify::cli {

/// A word of a command that stands for the id of the newest run.
inline constexpr std::string_view kNewestRun = "NEWEST-RUN";

struct TourStep {
  std::string says;  ///< to the reader, before the command; empty: nothing
  std::vector<std::string> command;
  ExitCode expected = ExitCode::done;
};

/// Keys that the tour changes and must leave as they were, each with its connection.
struct UntouchedKey {
  std::string connection;
  std::string key;
};

[[nodiscard]] std::vector<TourStep> tourSteps();
[[nodiscard]] std::vector<UntouchedKey> keysTheTourBringsBack();

}  // namespace cachify::cli
