#include "keys/keys_commands.hpp"

#include "commands.hpp"

namespace cachify::cli {

void addKeysCommands(CommandGroup& root) {
  CommandGroup group = root.group("keys", "Keys and values: list, get, set, delete, rename, ttl");
  addKeysList(group);
  addKeysGet(group);
  addKeysSet(group);
  addKeysChanges(group);
}

}  // namespace cachify::cli
