#pragma once
// Which store a data directory uses, once it has used one: the file `secret-store` holds the word `keychain`
// or `file`. Without it, secrets stored over ssh would seem lost on the desktop, and the other way round.

#include "secrets/secret_store.hpp"

namespace cachify::secrets {

/// The remembered kind (keychain or file), else `file` where a sealed file lies, else nothing. INTERNAL_ERROR
/// when the file holds another word.
[[nodiscard]] Result<std::optional<StoreKind>> rememberedChoice(const std::filesystem::path& directory);

/// Wraps a store that nobody has used yet: the first secret put there makes the choice last. Thread-safe.
[[nodiscard]] std::unique_ptr<SecretStore> rememberOnFirstPut(std::unique_ptr<SecretStore> store,
                                                              std::filesystem::path directory);

}  // namespace cachify::secrets
