#pragma once
// The port to where passwords, tokens and the vault's data key live: never SQLite, the log, argv, an error.
//
// Threads: thread-safe. Every call may block (D-Bus, key derivation): never call it from the network thread.
//
// Errors:
// - NOT_FOUND when the store works and has no such entry
// - UNAUTHORIZED, detail `store` = locked, when it is locked, or its passphrase wrong or not given
// - CONNECTION_FAILED, `store` = missing, when there is none
// - TIMEOUT, `store` = silent, when it does not answer
// - INTERNAL_ERROR for a damaged sealed file, which is never overwritten
// - VALIDATION_ERROR for a name that is not 1 to 1024 bytes of UTF-8 without control characters

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/secret_text.hpp"

namespace cachify::secrets {

enum class StoreKind : std::uint8_t {
  keychain,  ///< freedesktop.org Secret Service
  file,      ///< sealed with a passphrase (Argon2id, XChaCha20-Poly1305)
  keyFile,   ///< the same file sealed with a key only the user can read: the weaker way
  memory,    ///< gone with the process
};
[[nodiscard]] std::string_view wireName(StoreKind kind);

class SecretStore {
 public:
  virtual ~SecretStore() = default;
  [[nodiscard]] virtual StoreKind kind() const = 0;
  /// Where that is a file of ours; empty otherwise.
  [[nodiscard]] virtual std::filesystem::path file() const { return {}; }
  /// `name` is ours ("connection/<id>/password"), `label` is what a keyring shows to a person.
  virtual Result<void> put(std::string_view name, std::string_view label, const SecretText& secret) = 0;
  [[nodiscard]] virtual Result<SecretText> get(std::string_view name) = 0;
  /// Removing what is not there is fine.
  virtual Result<void> remove(std::string_view name) = 0;
};

struct StoreChoice {
  /// Of CACHIFY_SECRET_STORE: keychain, file, memory. Nothing: the store that this directory used before,
  /// else the keychain if one answers, else the sealed file.
  std::optional<std::string> wanted;
  std::optional<SecretText> passphrase;  ///< of CACHIFY_VAULT_PASSPHRASE
  std::filesystem::path directory;       ///< where the sealed file and key file lie
};

/// Opens the store a person chose, or the best there is. VALIDATION_ERROR for an unknown word. An existing
/// sealed file decides between passphrase and key file: a file sealed with a passphrase is never replaced by
/// a key file.
[[nodiscard]] Result<std::unique_ptr<SecretStore>> openSecretStore(StoreChoice choice);

}  // namespace cachify::secrets
