#pragma once
// Little- and big-endian integers at a place in memory. Every format of FORMAT.md is written with these.

#include <bit>
#include <concepts>
#include <cstring>

#include "core/bytes.hpp"
#include "core/digest.hpp"
#include "core/uuid.hpp"

namespace cachify::log {

static_assert(std::endian::native == std::endian::little,
              "LMDB's integer keys are native: FORMAT.md promises little-endian");

template <std::integral T>
void putLittle(char* at, T value) {
  std::memcpy(at, &value, sizeof value);
}

template <std::integral T>
[[nodiscard]] T getLittle(const char* at) {
  T value{};
  std::memcpy(&value, at, sizeof value);
  return value;
}

[[nodiscard]] constexpr std::uint32_t swapBytes(std::uint32_t value) {
  return __builtin_bswap32(value);
}
[[nodiscard]] constexpr std::uint64_t swapBytes(std::uint64_t value) {
  return __builtin_bswap64(value);
}

template <std::unsigned_integral T>
void putBig(char* at, T value) {
  putLittle(at, swapBytes(value));
}

template <std::unsigned_integral T>
[[nodiscard]] T getBig(const char* at) {
  return swapBytes(getLittle<T>(at));
}

inline void putUuid(char* at, const Uuid& id) {
  std::memcpy(at, id.bytes().data(), id.bytes().size());
}

[[nodiscard]] inline Uuid getUuid(const char* at) {
  std::array<std::uint8_t, 16> bytes{};
  std::memcpy(bytes.data(), at, bytes.size());
  return Uuid(bytes);
}

inline void putDigest(char* at, const Digest& digest) {
  std::memcpy(at, digest.data(), digest.size());
}

[[nodiscard]] inline Digest getDigest(const char* at) {
  Digest digest{};
  std::memcpy(digest.data(), at, digest.size());
  return digest;
}

}  // namespace cachify::log
