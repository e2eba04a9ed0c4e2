#pragma once
// The options that say what is run and how.

#include "actions/workflows/workflows.hpp"
#include "arguments.hpp"
#include "options/consent_options.hpp"

namespace cachify::cli {

/// Parameters of a workflow: `--param name=value` as often as needed, `--params FILE` for a JSON object.
struct ParameterOptions {
  std::vector<std::string> parameters{};
  OptionalText file{};

  void addTo(Arguments& app);
  /// A JSON object; values are text, which the engine reads as the kind's schema says.
  [[nodiscard]] Result<std::string> resolve() const;
};

struct SettingOptions {
  OptionalText concurrency{};
  OptionalText rate{};
  OptionalText onDrift{};
  bool exact = false;
  OptionalText attempts{};
  OptionalText backoffMs{};
  OptionalText strategy{};
  OptionalText abortRate{};

  void addTo(Arguments& app);
  /// `profile` gives what was not said of the retry rule.
  [[nodiscard]] Result<domain::RunSettings> resolve(const domain::ConnectionProfile& profile) const;
};

[[nodiscard]] Result<ExecutionId> parseExecution(std::string_view text);

}  // namespace cachify::cli
