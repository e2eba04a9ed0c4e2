#pragma once
// Opens the vault when it is first needed, and makes its data key once in the life of a log.

#include <memory>
#include <mutex>

#include "actions/context.hpp"
#include "core/result.hpp"
#include "log/vault.hpp"

namespace cachify::actions {

/// Thread-safe. `open` may block on D-Bus or key derivation: call it from the blocking pool.
class VaultKeeper {
 public:
  explicit VaultKeeper(const Context& context) : context_(context) {}

  /// The vault, or why there is none just now: the secret store is in memory only, locked, missing, or does
  /// not have the key that this log names (never a new key then). A failure is tried anew at the next call.
  [[nodiscard]] Result<std::shared_ptr<const log::Vault>> open();

 private:
  Result<log::DataKey> loadKey(Uuid keyId);
  Result<log::DataKey> loadOrMakeKey();
  Result<log::DataKey> makeKey();

  const Context& context_;
  std::mutex mutex_;
  std::shared_ptr<const log::Vault> vault_;
};

}  // namespace cachify::actions
