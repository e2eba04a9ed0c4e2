#pragma once
// Secrets in one sealed file, for where no keychain is: format and key in sealed_format.hpp and
// sealing_key.hpp.

#include <mutex>

#include "secrets/sealing_key.hpp"
#include "secrets/secret_store.hpp"

namespace cachify::secrets {

/// Thread-safe, and safe among processes: a change is read, modified and written under a lock on the
/// directory, and replaces the file as a whole. A file that cannot be opened is never overwritten. The key is
/// derived once and wiped with the object. The file on disk decides how it is opened; `passphrase` decides
/// for a new one.
class SealedFileSecretStore final : public SecretStore {
 public:
  SealedFileSecretStore(std::filesystem::path directory, std::optional<SecretText> passphrase,
                        PassphraseCost cost = {});

  /// `file` or `keyFile`, as on disk when the store was made or last used.
  [[nodiscard]] StoreKind kind() const override;
  [[nodiscard]] std::filesystem::path file() const override { return sealedFile(directory_); }
  Result<void> put(std::string_view name, std::string_view label, const SecretText& secret) override;
  [[nodiscard]] Result<SecretText> get(std::string_view name) override;
  Result<void> remove(std::string_view name) override;

  /// Where the secrets of `directory` lie.
  [[nodiscard]] static std::filesystem::path sealedFile(const std::filesystem::path& directory);
  [[nodiscard]] static std::filesystem::path keyFile(const std::filesystem::path& directory);

 private:
  struct Key {
    SealParameters parameters;
    SecretText bytes;
  };
  struct Opened {
    std::optional<SealParameters> parameters;  ///< nothing: there is no file yet
    SecretMap entries;
  };

  Result<Opened> open();
  Result<void> write(const Opened& opened);
  Result<void> useKeyFor(const SealParameters& parameters);
  Result<void> makeKey();

  const std::filesystem::path directory_;
  const std::optional<SecretText> passphrase_;
  const PassphraseCost cost_;
  mutable std::mutex mutex_;
  std::optional<Key> key_;
  SealMode mode_;
};

}  // namespace cachify::secrets
