#include "secrets/sealed_format.hpp"

#include <sodium.h>

#include <cstring>
#include <optional>

#include "core/digest.hpp"
#include "secrets/store_errors.hpp"

namespace cachify::secrets {
namespace {

constexpr std::string_view kMagic = "CFYSEAL\n";
constexpr char kVersion = 1;
constexpr std::size_t kVersionAt = 8, kModeAt = 9, kReservedAt = 10, kPassesAt = 12, kMemoryAt = 16,
                      kSaltAt = 20;
constexpr std::size_t kNonceAt = 36, kHeaderBytes = 60;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == kHeaderBytes - kNonceAt);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == kSealKeyBytes);
static_assert(crypto_pwhash_SALTBYTES == std::tuple_size_v<decltype(SealParameters::salt)>);

// Above these a file asks for more than any version of ours would write.
constexpr std::uint32_t kMaxPasses = 64, kMaxMemoryKib = 4U << 20U;
// Argon2id's own least, of libsodium.
constexpr std::uint32_t kMinPasses = 1, kMinMemoryKib = 8;

/// Plain text of a sealed file: wiped when it goes.
struct PlainText {
  Bytes bytes;
  explicit PlainText(std::size_t size) : bytes(size, '\0') {}
  PlainText(const PlainText&) = delete;
  PlainText& operator=(const PlainText&) = delete;
  ~PlainText() { sodium_memzero(bytes.data(), bytes.size()); }
};

const unsigned char* raw(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(Bytes& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

void putU32(char* at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
}

std::uint32_t getU32(BytesView bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  return value;
}

std::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorCode::internalError,
              "The sealed file of secrets is damaged (" + std::string(what) +
                  "). It is left as it is: put back a copy of secrets.sealed, or move "
                  "it away and enter the secrets again.");
}

Bytes header(const SealParameters& parameters) {
  Bytes bytes(kHeaderBytes, '\0');
  kMagic.copy(bytes.data(), kMagic.size());
  bytes[kVersionAt] = kVersion;
  bytes[kModeAt] = static_cast<char>(parameters.mode);
  putU32(&bytes[kPassesAt], parameters.passes);
  putU32(&bytes[kMemoryAt], parameters.memoryKib);
  std::memcpy(&bytes[kSaltAt], parameters.salt.data(), parameters.salt.size());
  randombytes_buf(&bytes[kNonceAt], kHeaderBytes - kNonceAt);
  return bytes;
}

std::size_t plainSize(const SecretMap& entries) {
  std::size_t size = 0;
  for (const auto& [name, secret] : entries) size += 8 + name.size() + secret.reveal().size();
  return size;
}

/// The size is known beforehand, so that the buffer never grows and leaves a copy behind.
void writePlain(Bytes& bytes, const SecretMap& entries) {
  std::size_t at = 0;
  const auto append = [&](std::string_view text) {
    putU32(&bytes[at], static_cast<std::uint32_t>(text.size()));
    text.copy(&bytes[at] + 4, text.size());
    at += 4 + text.size();
  };
  for (const auto& [name, secret] : entries) append(name), append(secret.reveal());
}

std::optional<BytesView> takeField(BytesView& bytes) {
  if (bytes.size() < 4) return std::nullopt;
  const auto length = getU32(bytes, 0);
  bytes.remove_prefix(4);
  if (bytes.size() < length) return std::nullopt;
  const auto field = bytes.substr(0, length);
  bytes.remove_prefix(length);
  return field;
}

Result<SecretMap> readPlain(BytesView bytes) {
  SecretMap entries;
  while (!bytes.empty()) {
    const auto name = takeField(bytes);
    const auto secret = name ? takeField(bytes) : std::nullopt;
    if (!secret) return damaged("entries cut short");
    entries.insert_or_assign(std::string(*name), SecretText(std::string(*secret)));
  }
  return entries;
}

bool plausible(const SealParameters& p) {
  if (p.mode == SealMode::keyFile) return p == SealParameters{};
  return p.mode == SealMode::passphrase && p.passes >= kMinPasses && p.passes <= kMaxPasses &&
         p.memoryKib >= kMinMemoryKib && p.memoryKib <= kMaxMemoryKib;
}

std::string_view keyAdvice(SealMode mode) {
  return mode == SealMode::passphrase
             ? "The passphrase does not open the sealed file of secrets. Check CACHIFY_VAULT_PASSPHRASE."
             : "The key file secrets.key is not the one that the secrets were sealed with. Put back the "
               "right one.";
}

}  // namespace

Result<SealParameters> readSealParameters(BytesView file) {
  if (!file.starts_with(kMagic)) return damaged("not a sealed file");
  if (file.size() < kHeaderBytes + kTagBytes + kDigestBytes) return damaged("cut short");
  const auto body = file.substr(0, file.size() - kDigestBytes);
  if (Sha256::view(sha256(body)) != file.substr(body.size())) return damaged("checksum");
  if (file[kVersionAt] != kVersion) {
    return fail(ErrorCode::notSupported,
                "A later version wrote the sealed file of secrets. Update this program.");
  }
  SealParameters parameters{.mode = static_cast<SealMode>(file[kModeAt]),
                            .passes = getU32(file, kPassesAt),
                            .memoryKib = getU32(file, kMemoryAt)};
  std::memcpy(parameters.salt.data(), &file[kSaltAt], parameters.salt.size());
  if (!plausible(parameters) || file[kReservedAt] != 0 || file[kReservedAt + 1] != 0) {
    return damaged("header");
  }
  return parameters;
}

Result<SecretMap> openSealed(BytesView file, const SecretText& key) {
  const auto parameters = readSealParameters(file);
  if (!parameters) return fail(parameters.error());
  if (key.reveal().size() != kSealKeyBytes)
    return fail(storeLocked(std::string(keyAdvice(parameters->mode))));
  const auto sealed = file.substr(kHeaderBytes, file.size() - kHeaderBytes - kDigestBytes);
  PlainText plain(sealed.size() - kTagBytes);
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      raw(plain.bytes), nullptr, nullptr, raw(sealed), sealed.size(), raw(file), kHeaderBytes,
      raw(file) + kNonceAt, raw(key.reveal()));
  if (opened != 0) return fail(storeLocked(std::string(keyAdvice(parameters->mode))));
  return readPlain(plain.bytes);
}

Result<Bytes> seal(const SealParameters& parameters, const SecretText& key, const SecretMap& entries) {
  PlainText plain(plainSize(entries));
  if (plain.bytes.size() + kHeaderBytes + kTagBytes + kDigestBytes > kMaxSealedBytes) {
    return fail(ErrorCode::validationError,
                "The secrets together are larger than the sealed file may be (64 MiB).");
  }
  writePlain(plain.bytes, entries);
  auto file = header(parameters);
  file.resize(kHeaderBytes + plain.bytes.size() + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(file) + kHeaderBytes, nullptr, raw(plain.bytes),
                                             plain.bytes.size(), raw(file), kHeaderBytes, nullptr,
                                             raw(file) + kNonceAt, raw(key.reveal()));
  file += Sha256::view(sha256(file));
  return file;
}

}  // namespace cachify::secrets
