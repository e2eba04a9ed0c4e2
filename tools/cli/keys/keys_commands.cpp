#include "keys/keys_commands.hpp"

#include "commands.hpp"
#include "elements/elements_commands.hpp"

namespace cachify::cli {

void addKeysCommands(CommandGroup& root) {
  CommandGroup group = root.group(
      "keys",
      "Keys and values: list, tree, get, set, delete, rename, ttl, append, prepend, increment, stats");
  addKeysList(group);
  addKeysTree(group);
  addKeysGet(group);
  addKeysSet(group);
  addKeysChanges(group);
  addKeysStats(group);
  addStringCommands(group);
}

}  // namespace cachify::cli
