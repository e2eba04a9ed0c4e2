#pragma once
// How a command is declared: a name, its options in a struct, and the function that runs once the whole line
// was understood.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "command_context.hpp"
#include "exit_code.hpp"

namespace cachify::cli {

using Run = std::function<Outcome(CommandContext&)>;

/// A place in the tree of commands. `chosen` becomes what the command line asks for.
class CommandGroup {
 public:
  CommandGroup(CLI::App& app, Run& chosen) : app_(app), chosen_(chosen) {}

  [[nodiscard]] CommandGroup group(const std::string& name, const std::string& description) {
    CLI::App* app = app_.add_subcommand(name, description);
    app->require_subcommand(1);
    return {*app, chosen_};
  }

  template <class Options>
  struct Command {
    CLI::App& app;
    Options& options;
  };

  /// `run` gets the options as the command line left them.
  template <class Options>
  Command<Options> add(const std::string& name, const std::string& description,
                       Outcome (*run)(CommandContext&, const Options&)) {
    auto options = std::make_shared<Options>();
    CLI::App* app = app_.add_subcommand(name, description);
    app->callback([&chosen = chosen_, options, run] {
      chosen = [options, run](CommandContext& context) { return run(context, *options); };
    });
    return {*app, *options};
  }

 private:
  CLI::App& app_;
  Run& chosen_;
};

using OptionalText = std::optional<std::string>;

/// An option or positional that may be left out; an empty text counts as given. (CLI11 binds an empty text to
/// std::optional as "nothing", so it is not used for that.)
inline CLI::Option* addText(CLI::App& app, const std::string& name, OptionalText& target,
                            const std::string& description) {
  return app.add_option_function<std::string>(
      name, [&target](const std::string& text) { target = text; }, description);
}

/// As above, but it must be given.
inline CLI::Option* addText(CLI::App& app, const std::string& name, std::string& target,
                            const std::string& description) {
  return app.add_option(name, target, description)->required();
}

}  // namespace cachify::cli
