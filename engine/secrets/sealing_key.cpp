#include "secrets/sealing_key.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include "secrets/private_file.hpp"
#include "secrets/store_errors.hpp"

namespace cachify::secrets {
namespace {

constexpr std::size_t kMaxKeyFileBytes = 4096;

Result<SecretText> checkedKey(Bytes bytes, const std::filesystem::path& file) {
  if (bytes.size() == kSealKeyBytes) return SecretText(std::move(bytes));
  return fail(
      storeLocked(fmt::format("{} is not a key file of 32 bytes. Put back the right one.", file.string())));
}

}  // namespace

SealParameters newPassphraseParameters(PassphraseCost cost) {
  SealParameters parameters{.mode = SealMode::passphrase, .passes = cost.passes, .memoryKib = cost.memoryKib};
  randombytes_buf(parameters.salt.data(), parameters.salt.size());
  return parameters;
}

Result<SecretText> derivePassphraseKey(const SecretText& passphrase, const SealParameters& parameters) {
  Bytes key(kSealKeyBytes, '\0');
  const auto text = passphrase.reveal();
  const int derived = crypto_pwhash(reinterpret_cast<unsigned char*>(key.data()), key.size(), text.data(),
                                    text.size(), parameters.salt.data(), parameters.passes,
                                    std::size_t{parameters.memoryKib} * 1024, crypto_pwhash_ALG_ARGON2ID13);
  if (derived == 0) return SecretText(std::move(key));
  return fail(ErrorCode::internalError,
              fmt::format("Opening the sealed file of secrets takes {} MiB of memory, "
                          "which cannot be had now.",
                          parameters.memoryKib / 1024));
}

Result<SecretText> readKeyFile(const std::filesystem::path& file) {
  auto content = readPrivateFile(file, kMaxKeyFileBytes, Readers::ownerOnly);
  if (!content) return fail(content.error());
  if (*content) return checkedKey(std::move(**content), file);
  return fail(
      storeLocked(fmt::format("The secrets are sealed with {}, which is gone. Put it back.", file.string())));
}

Result<SecretText> readOrMakeKeyFile(const std::filesystem::path& file) {
  auto content = readPrivateFile(file, kMaxKeyFileBytes, Readers::ownerOnly);
  if (!content) return fail(content.error());
  if (*content) return checkedKey(std::move(**content), file);
  Bytes bytes(kSealKeyBytes, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  SecretText key(std::move(bytes));
  if (auto written = replacePrivateFile(file, key.reveal()); !written) return fail(written.error());
  return key;
}

}  // namespace cachify::secrets
