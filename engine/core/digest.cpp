#include "core/digest.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <boost/crc.hpp>
#include <cstring>
#include <stdexcept>
#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace cachify::inline core {
namespace {

/// Fetched once: an implicit fetch per digest costs more than hashing a small payload.
const EVP_MD* sha256Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

}  // namespace

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() {
    if (context == nullptr) throw std::bad_alloc();
    EVP_DigestInit_ex2(context, sha256Algorithm(), nullptr);
  }
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::update(BytesView bytes) {
  EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
  return *this;
}

Digest Sha256::finish() {
  Digest out{};
  EVP_DigestFinal_ex(state_->context, out.data(), nullptr);
  EVP_DigestInit_ex2(state_->context, nullptr, nullptr);
  return out;
}

Digest sha256(BytesView bytes) {
  thread_local Sha256 hash;
  return hash.update(bytes).finish();
}

std::string toHex(const Digest& digest) {
  return toHex(Sha256::view(digest));
}

std::string toHex(const KeyedDigest& digest) {
  return toHex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

KeyedDigest keyedDigest(BytesView key, BytesView bytes) {
  if (key.size() != crypto_shorthash_siphashx24_KEYBYTES)
    throw std::invalid_argument("a keyed digest takes a key of 16 bytes");
  KeyedDigest out{};
  crypto_shorthash_siphashx24(out.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                              reinterpret_cast<const unsigned char*>(key.data()));
  return out;
}

namespace {

std::uint32_t crc32cPortable(BytesView bytes) {
  boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return static_cast<std::uint32_t>(crc.checksum());
}

#if defined(__x86_64__)
// Debian has no CRC-32C library, and Boost's table walk is slower than SHA-256 with CPU support: the
// instruction is worth its ten lines.
__attribute__((target("sse4.2"))) std::uint32_t crc32cHardware(BytesView bytes) {
  std::uint64_t crc = 0xFFFFFFFF;
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    crc = _mm_crc32_u64(crc, word);
  }
  auto tail = static_cast<std::uint32_t>(crc);
  for (; left > 0; ++at, --left) tail = _mm_crc32_u8(tail, static_cast<unsigned char>(*at));
  return ~tail;
}
#endif

}  // namespace

std::uint32_t crc32c(BytesView bytes) {
#if defined(__x86_64__)
  static const bool hardware = __builtin_cpu_supports("sse4.2") != 0;
  if (hardware) return crc32cHardware(bytes);
#endif
  return crc32cPortable(bytes);
}

}  // namespace cachify::inline core
