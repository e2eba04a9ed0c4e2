#include "secrets/sealed_file_secret_store.hpp"

#include "secrets/private_file.hpp"
#include "secrets/secret_name.hpp"
#include "secrets/store_errors.hpp"

namespace cachify::secrets {

namespace fs = std::filesystem;

SealedFileSecretStore::SealedFileSecretStore(fs::path directory, std::optional<SecretText> passphrase,
                                             PassphraseCost cost)
    : directory_(std::move(directory)),
      passphrase_(passphrase && !passphrase->empty() ? std::move(passphrase) : std::nullopt),
      cost_(cost),
      mode_(passphrase_ ? SealMode::passphrase : SealMode::keyFile) {
  // What is wrong with the file, if anything, is said when it is used.
  const auto file = readPrivateFile(sealedFile(directory_), kMaxSealedBytes, Readers::any);
  if (!file || !*file) return;
  if (const auto parameters = readSealParameters(**file)) mode_ = parameters->mode;
}

fs::path SealedFileSecretStore::sealedFile(const fs::path& directory) {
  return directory / "secrets.sealed";
}
fs::path SealedFileSecretStore::keyFile(const fs::path& directory) {
  return directory / "secrets.key";
}

StoreKind SealedFileSecretStore::kind() const {
  const std::lock_guard lock(mutex_);
  return mode_ == SealMode::passphrase ? StoreKind::file : StoreKind::keyFile;
}

Result<void> SealedFileSecretStore::put(std::string_view name, std::string_view /*label*/,
                                        const SecretText& secret) {
  if (auto valid = checkName(name); !valid) return valid;
  const std::lock_guard lock(mutex_);
  const auto turn = DirectoryLock::take(directory_);
  if (!turn) return fail(turn.error());
  auto opened = open();
  if (!opened) return fail(opened.error());
  opened->entries.insert_or_assign(std::string(name), secret);
  return write(*opened);
}

Result<SecretText> SealedFileSecretStore::get(std::string_view name) {
  if (auto valid = checkName(name); !valid) return fail(valid.error());
  const std::lock_guard lock(mutex_);
  const auto opened = open();
  if (!opened) return fail(opened.error());
  const auto found = opened->entries.find(name);
  if (found == opened->entries.end()) return fail(noSuchSecret(name));
  return found->second;
}

Result<void> SealedFileSecretStore::remove(std::string_view name) {
  if (auto valid = checkName(name); !valid) return valid;
  const std::lock_guard lock(mutex_);
  std::error_code ignored;
  if (!fs::exists(sealedFile(directory_), ignored) && !ignored) return {};
  const auto turn = DirectoryLock::take(directory_);
  if (!turn) return fail(turn.error());
  auto opened = open();
  if (!opened) return fail(opened.error());
  const auto found = opened->entries.find(name);
  if (found == opened->entries.end()) return {};
  opened->entries.erase(found);
  return write(*opened);
}

/// Needs no lock to read: the file is only ever replaced as a whole.
Result<SealedFileSecretStore::Opened> SealedFileSecretStore::open() {
  const auto file = readPrivateFile(sealedFile(directory_), kMaxSealedBytes, Readers::any);
  if (!file) return fail(file.error());
  if (!*file) return Opened{};
  const auto parameters = readSealParameters(**file);
  if (!parameters) return fail(parameters.error());
  mode_ = parameters->mode;
  if (auto usable = useKeyFor(*parameters); !usable) return fail(usable.error());
  auto entries = openSealed(**file, key_->bytes);
  if (!entries) {
    key_.reset();
    return fail(entries.error());
  }
  return Opened{.parameters = *parameters, .entries = std::move(*entries)};
}

Result<void> SealedFileSecretStore::write(const Opened& opened) {
  if (!opened.parameters) {
    if (auto made = makeKey(); !made) return made;
  }
  const auto sealed = seal(key_->parameters, key_->bytes, opened.entries);
  if (!sealed) return fail(sealed.error());
  return replacePrivateFile(sealedFile(directory_), *sealed);
}

Result<void> SealedFileSecretStore::useKeyFor(const SealParameters& parameters) {
  if (key_ && key_->parameters == parameters) return {};
  if (parameters.mode == SealMode::passphrase && !passphrase_) {
    return fail(storeLocked("The secrets are sealed with a passphrase. Set CACHIFY_VAULT_PASSPHRASE to it."));
  }
  auto bytes = parameters.mode == SealMode::passphrase ? derivePassphraseKey(*passphrase_, parameters)
                                                       : readKeyFile(keyFile(directory_));
  if (!bytes) return fail(bytes.error());
  key_ = Key{.parameters = parameters, .bytes = std::move(*bytes)};
  return {};
}

Result<void> SealedFileSecretStore::makeKey() {
  mode_ = passphrase_ ? SealMode::passphrase : SealMode::keyFile;
  const auto parameters = passphrase_ ? newPassphraseParameters(cost_) : SealParameters{};
  auto bytes =
      passphrase_ ? derivePassphraseKey(*passphrase_, parameters) : readOrMakeKeyFile(keyFile(directory_));
  if (!bytes) return fail(bytes.error());
  key_ = Key{.parameters = parameters, .bytes = std::move(*bytes)};
  return {};
}

}  // namespace cachify::secrets
