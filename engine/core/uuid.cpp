#include "core/uuid.hpp"

#include <sodium.h>

#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <cstring>
#include <stdexcept>

namespace cachify::inline core {
namespace {

/// libsodium asks to be initialised before any thread uses it; every program that links the engine gets it
/// here.
[[maybe_unused]] const int kSodiumReady = sodium_init();

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
  if (text.size() == 36) {
    try {
      const boost::uuids::uuid parsed = boost::uuids::string_generator()(text.begin(), text.end());
      std::array<std::uint8_t, 16> bytes{};
      std::memcpy(bytes.data(), parsed.data, bytes.size());
      return Uuid(bytes);
    } catch (const std::runtime_error&) {
      // falls through to the one answer below
    }
  }
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
  boost::uuids::uuid id;
  std::memcpy(id.data, bytes_.data(), bytes_.size());
  return boost::uuids::to_string(id);
}

}  // namespace cachify::inline core

std::size_t std::hash<cachify::Uuid>::operator()(const cachify::Uuid& id) const noexcept {
  std::size_t low = 0;
  std::memcpy(&low, id.bytes().data() + 8, sizeof low);
  return low;
}
