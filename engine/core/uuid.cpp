#include "core/uuid.hpp"

#include <sodium.h>

#include <cstring>

namespace cachify::inline core {
namespace {

/// libsodium asks to be initialised before any thread uses it; every program that links the engine gets it
/// here.
[[maybe_unused]] const int kSodiumReady = sodium_init();

int valueOfHexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Uuid Uuid::makeV7(WallTime now) {
  std::array<std::uint8_t, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  const auto milliseconds = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count());
  for (unsigned i = 0; i < 6; ++i) {
    bytes[i] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i));
  }
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x70);  // version 7
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x1F) | 0x80);  // variant 10, room for offsets
  return Uuid(bytes);
}

Result<Uuid> Uuid::parse(std::string_view text) {
  std::array<std::uint8_t, 16> bytes{};
  std::size_t at = 0;
  bool isGood = text.size() == 36;
  for (std::size_t i = 0; isGood && i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) isGood = text[at++] == '-';
    const int high = valueOfHexDigit(text[at++]);
    const int low = valueOfHexDigit(text[at++]);
    isGood = isGood && high >= 0 && low >= 0;
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  if (isGood) return Uuid(bytes);
  return fail(ErrorCode::validationError,
              "not an id: expected 36 characters like 018f0000-0000-7000-8000-000000000000");
}

Uuid Uuid::offsetBy(std::uint64_t n) const {
  auto bytes = bytes_;
  std::uint64_t carry = n;
  for (unsigned i = 15; i >= 8 && carry != 0; --i) {
    carry += bytes[i];
    bytes[i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  return Uuid(bytes);
}

std::string Uuid::toString() const {
  // By hand: bulk work writes two of them into each of a million payloads.
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(36, '-');
  std::size_t at = 0;
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) ++at;
    text[at++] = kDigits[bytes_[i] >> 4];
    text[at++] = kDigits[bytes_[i] & 0x0F];
  }
  return text;
}

}  // namespace cachify::inline core

std::size_t std::hash<cachify::Uuid>::operator()(const cachify::Uuid& id) const noexcept {
  std::size_t low = 0;
  std::memcpy(&low, id.bytes().data() + 8, sizeof low);
  return low;
}
