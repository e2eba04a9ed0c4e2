#pragma once
// How a command is declared: a name, its options in a struct, and the function that runs once the whole line
// was understood.

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "arguments.hpp"
#include "command_context.hpp"
#include "exit_code.hpp"

namespace cachify::cli {

using Run = std::function<Outcome(CommandContext&)>;

/// A place in the tree of commands. `chosen` becomes what the command line asks for.
class CommandGroup {
 public:
  CommandGroup(CLI::App& app, Run& chosen) : app_(app), chosen_(chosen) {}

  [[nodiscard]] CommandGroup group(const std::string& name, const std::string& description);

  template <class Options>
  struct Command {
    Arguments app;
    Options& options;
  };

  /// `run` gets the options as the command line left them.
  template <class Options>
  Command<Options> add(const std::string& name, const std::string& description,
                       Outcome (*run)(CommandContext&, const Options&)) {
    auto options = std::make_shared<Options>();
    Run whole = [options, run](CommandContext& context) { return run(context, *options); };
    return {addCommand(name, description, std::move(whole)), *options};
  }

 private:
  Arguments addCommand(const std::string& name, const std::string& description, Run whole);

  CLI::App& app_;
  Run& chosen_;
};

}  // namespace cachify::cli
