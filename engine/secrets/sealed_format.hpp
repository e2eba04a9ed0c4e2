#pragma once
// The bytes of `secrets.sealed`, with no I/O. All numbers little-endian.
//
//    0  8   magic "CFYSEAL\n"
//    8  1   format version, 1
//    9  1   mode: 1 sealed with a passphrase, 2 with a key file
//   10  2   zero
//   12  4   Argon2id passes                (mode 2: 0)
//   16  4   Argon2id memory in KiB         (mode 2: 0)
//   20  16  Argon2id salt                  (mode 2: zeros)
//   36  24  nonce, new for every writing
//   60  n   XChaCha20-Poly1305 (IETF), tag last; bytes 0 to 59 are its associated data
//   60+n 32 SHA-256 of all before
//
// The plain text is, per entry in order of name: u32 length, name, u32 length, secret.
// The outer SHA-256 is not for security (the tag is): it tells a damaged file from a wrong passphrase.

#include <array>
#include <cstdint>
#include <map>

#include "core/bytes.hpp"
#include "core/secret_text.hpp"

namespace cachify::secrets {

enum class SealMode : std::uint8_t { passphrase = 1, keyFile = 2 };

/// How the sealing key is come by: stands in the clear, and is authenticated.
struct SealParameters {
  SealMode mode = SealMode::keyFile;
  std::uint32_t passes = 0;
  std::uint32_t memoryKib = 0;
  std::array<std::uint8_t, 16> salt{};

  bool operator==(const SealParameters&) const = default;
};

using SecretMap = std::map<std::string, SecretText, std::less<>>;

inline constexpr std::size_t kSealKeyBytes = 32;
inline constexpr std::size_t kMaxSealedBytes = std::size_t{64} << 20U;

/// INTERNAL_ERROR when `file` is damaged, NOT_SUPPORTED when a later version wrote it.
[[nodiscard]] Result<SealParameters> readSealParameters(BytesView file);

/// As above, and UNAUTHORIZED (store = locked) when `key` is not the one it was sealed with.
[[nodiscard]] Result<SecretMap> openSealed(BytesView file, const SecretText& key);

/// VALIDATION_ERROR when all entries together would pass kMaxSealedBytes.
[[nodiscard]] Result<Bytes> seal(const SealParameters& parameters, const SecretText& key,
                                 const SecretMap& entries);

}  // namespace cachify::secrets
