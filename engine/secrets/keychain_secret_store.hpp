#pragma once
// Secrets in the user's own keyring, through the freedesktop.org Secret Service.

#include <chrono>
#include <mutex>

#include "secrets/secret_store.hpp"

namespace cachify::secrets {

struct KeychainOptions {
  std::string busAddress;  ///< of the session bus; empty: there is none
  /// Without a display nobody could answer, so a locked keyring is an error at once.
  bool mayPrompt = false;
  std::chrono::milliseconds callTimeout{10'000};    ///< for an answer of the service, its start included
  std::chrono::milliseconds promptTimeout{60'000};  ///< for a person at a prompt

  /// DBUS_SESSION_BUS_ADDRESS, else the socket `bus` in XDG_RUNTIME_DIR; never starts a bus. Prompts only
  /// where DISPLAY or WAYLAND_DISPLAY is set.
  [[nodiscard]] static KeychainOptions fromEnvironment();
};

/// One entry per secret in the default collection, found by the attributes `application` = cachify-studio and
/// `name`; schema `studio.cachify.Secret`. Text is stored as it is, so that a person finds it in the
/// keyring's own viewer; anything else as "base64:…".
///
/// Thread-safe; calls take turns. Each makes its own connection to the bus, so a keyring that was restarted
/// meanwhile is no error. Bounded by the timeouts; a prompt that was not answered is not repeated for five
/// minutes. Errors, besides the port's: TIMEOUT (store = silent). While the keyring is locked an absent entry
/// cannot be told, so the answer is `locked`.
class KeychainSecretStore final : public SecretStore {
 public:
  explicit KeychainSecretStore(KeychainOptions options);

  [[nodiscard]] StoreKind kind() const override { return StoreKind::keychain; }
  Result<void> put(std::string_view name, std::string_view label, const SecretText& secret) override;
  [[nodiscard]] Result<SecretText> get(std::string_view name) override;
  Result<void> remove(std::string_view name) override;

  /// Whether secrets could be kept there, found out with no prompt and without starting anything: a service
  /// answers and has a default collection, or (in a desktop session, where it can ask for one) might be
  /// started.
  [[nodiscard]] static bool usableWithoutAsking(const KeychainOptions& options);

 private:
  const KeychainOptions options_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point noPromptBefore_{};
};

}  // namespace cachify::secrets
