#pragma once
// Parameters as they are kept: values of the cache are cut out of what stands in an event, and the whole lies
// sealed in the vault.

#include <string>
#include <vector>

#include "actions/async.hpp"
#include "actions/vault_keeper.hpp"

namespace cachify::actions {

struct StoredParameters {
  std::string shown{};  ///< for the event
  Uuid pack{};          ///< nil: nothing was cut out
  std::vector<log::SealedChunk> chunks{};
};

/// Lives on the network thread.
class ParameterKeeper {
 public:
  ParameterKeeper(const Context& context, VaultKeeper& vault) : context_(context), vault_(vault) {}

  /// The vault's error where values must be sealed and there is none.
  Task<StoredParameters> store(std::string schema, std::string parameters);
  Task<std::string> whole(std::string shown, Uuid pack);

 private:
  const Context& context_;
  VaultKeeper& vault_;
};

}  // namespace cachify::actions
