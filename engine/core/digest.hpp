#pragma once
// SHA-256 (FIPS 180-4, through OpenSSL, which uses the CPU's SHA extensions), SipHash-2-4 with 128 bits for
// digests that must not be guessable (libsodium), CRC-32C (RFC 3720 section 12.1) for storage frames.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "core/bytes.hpp"

namespace cachify {
inline namespace core {

inline constexpr std::size_t kDigestBytes = 32;
using Digest = std::array<std::uint8_t, kDigestBytes>;

/// Incremental SHA-256. Not thread-safe; reusable after `finish`.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  Sha256& update(BytesView bytes);
  Sha256& update(const Digest& digest) { return update(view(digest)); }
  [[nodiscard]] Digest finish();

  [[nodiscard]] static BytesView view(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
  }

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] Digest sha256(BytesView bytes);
[[nodiscard]] std::string toHex(const Digest& digest);

inline constexpr std::size_t kKeyedDigestBytes = 16;  ///< and of the key
using KeyedDigest = std::array<std::uint8_t, kKeyedDigestBytes>;
/// SipHash-2-4-128 of `bytes` under `key`. Throws std::invalid_argument for a key of another length.
[[nodiscard]] KeyedDigest keyedDigest(BytesView key, BytesView bytes);
[[nodiscard]] std::string toHex(const KeyedDigest& digest);

[[nodiscard]] std::uint32_t crc32c(BytesView bytes);

}  // namespace core
}  // namespace cachify
