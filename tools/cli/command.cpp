#include "command.hpp"

#include <CLI/CLI.hpp>

namespace cachify::cli {

CommandGroup CommandGroup::group(const std::string& name, const std::string& description) {
  CLI::App* app = app_.add_subcommand(name, description);
  app->require_subcommand(1);
  return {*app, chosen_};
}

Arguments CommandGroup::addCommand(const std::string& name, const std::string& description, Run whole) {
  CLI::App* app = app_.add_subcommand(name, description);
  app->callback([&chosen = chosen_, whole = std::move(whole)] { chosen = whole; });
  return Arguments(*app);
}

}  // namespace cachify::cli
