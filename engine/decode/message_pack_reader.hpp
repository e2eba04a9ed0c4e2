#pragma once
// MessagePack token by token. https://github.com/msgpack/msgpack/blob/master/spec.md
//
// A reader of our own: Debian's packages of msgpack-cxx pull in Boost 1.74, which cannot be installed beside
// the Boost we use; and a viewer wants tokens with offsets, not objects.

#include <cstdint>
#include <expected>

#include "core/bytes.hpp"
#include "decode/bounded_bytes.hpp"

namespace cachify::decode {

struct PackToken {
  enum class Type : std::uint8_t {
    nil,
    boolean,
    unsignedInteger,
    signedInteger,
    float32,
    float64,
    string,
    binary,
    extension,
    array,
    map,
  };
  Type type = Type::nil;
  /// A number's bits (signed ones extended to 64), 0 or 1, or how many elements or pairs follow.
  std::uint64_t bits = 0;
  /// Of an extension.
  std::int8_t extensionType = 0;
  /// Of a string, binary or extension; part of the input.
  BytesView bytes{};
};

class MessagePackReader {
 public:
  explicit MessagePackReader(BytesView value) : value_(value) {}

  /// The fault's offset is that of the token.
  [[nodiscard]] std::expected<PackToken, Fault> next();
  [[nodiscard]] std::size_t offset() const { return at_; }
  [[nodiscard]] bool atEnd() const { return at_ == value_.size(); }

 private:
  /// What a first byte of 0xC0 to 0xDF announces.
  PackToken announced(unsigned char first);
  PackToken sized(PackToken::Type type, std::size_t lengthBytes);
  PackToken counted(PackToken::Type type, std::size_t lengthBytes);
  PackToken extension(std::uint64_t length);
  std::uint64_t bigEndian(std::size_t bytes);
  std::uint64_t bigEndianSigned(std::size_t bytes);
  BytesView take(std::uint64_t bytes);

  BytesView value_;
  std::size_t at_ = 0;
  bool endsEarly_ = false;
};

}  // namespace cachify::decode
