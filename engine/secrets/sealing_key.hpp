#pragma once
// The 32 bytes that seal the file: derived from a passphrase, or kept in a key file.

#include <filesystem>

#include "secrets/sealed_format.hpp"

namespace cachify::secrets {

/// Cost of one guess at the passphrase. The default is the second recommendation of RFC 9106 section 4 (three
/// passes over 64 MiB; libsodium has one lane): a good tenth of a second, which a one-shot command can bear.
struct PassphraseCost {
  std::uint32_t passes = 3;
  std::uint32_t memoryKib = 64 * 1024;
};

/// Fresh parameters for a new file sealed with a passphrase.
[[nodiscard]] SealParameters newPassphraseParameters(PassphraseCost cost);

/// Argon2id. INTERNAL_ERROR when there is not enough memory.
[[nodiscard]] Result<SecretText> derivePassphraseKey(const SecretText& passphrase,
                                                     const SealParameters& parameters);

/// UNAUTHORIZED (store = locked) when the key file is gone, of the wrong size, or open to others.
[[nodiscard]] Result<SecretText> readKeyFile(const std::filesystem::path& file);

/// The key file's key, made (32 random bytes, mode 0600, durable) where there is none. The caller holds the
/// DirectoryLock, and knows that nothing was sealed before: a new key opens nothing old.
[[nodiscard]] Result<SecretText> readOrMakeKeyFile(const std::filesystem::path& file);

}  // namespace cachify::secrets
