#include <array>

#include "secrets/keychain_secret_store.hpp"
#include "secrets/memory_secret_store.hpp"
#include "secrets/remembered_choice.hpp"
#include "secrets/sealed_file_secret_store.hpp"

namespace cachify::secrets {
namespace {

/// Nothing is unset or empty, as is usual for an environment variable.
Result<std::optional<StoreKind>> wantedKind(const StoreChoice& choice) {
  if (!choice.wanted || choice.wanted->empty()) return std::nullopt;
  for (const auto kind : {StoreKind::keychain, StoreKind::file, StoreKind::memory}) {
    if (*choice.wanted == wireName(kind)) return kind;
  }
  return fail(Error{.code = ErrorCode::validationError,
                    .message = "The secret store must be keychain, file or memory (CACHIFY_SECRET_STORE)."}
                  .with("field", std::string("secretStore")));
}

StoreKind bestAvailable() {
  return KeychainSecretStore::usableWithoutAsking(KeychainOptions::fromEnvironment()) ? StoreKind::keychain
                                                                                      : StoreKind::file;
}

std::unique_ptr<SecretStore> make(StoreKind kind, const StoreChoice& choice) {
  if (kind == StoreKind::memory) return std::make_unique<MemorySecretStore>();
  if (kind == StoreKind::keychain) {
    return std::make_unique<KeychainSecretStore>(KeychainOptions::fromEnvironment());
  }
  return std::make_unique<SealedFileSecretStore>(choice.directory, choice.passphrase);
}

}  // namespace

std::string_view wireName(StoreKind kind) {
  static constexpr std::array<std::string_view, 4> kNames{"keychain", "file", "keyFile", "memory"};
  return kNames.at(static_cast<std::size_t>(kind));
}

Result<std::unique_ptr<SecretStore>> openSecretStore(StoreChoice choice) {
  const auto wanted = wantedKind(choice);
  if (!wanted) return fail(wanted.error());
  if (*wanted == StoreKind::memory) return make(StoreKind::memory, choice);
  const auto remembered = rememberedChoice(choice.directory);
  // A person's own word holds even where the remembered one cannot be read.
  if (!remembered && !*wanted) return fail(remembered.error());
  if (!remembered || *remembered) return make(*wanted ? **wanted : **remembered, choice);
  return rememberOnFirstPut(make(*wanted ? **wanted : bestAvailable(), choice), choice.directory);
}

}  // namespace cachify::secrets
