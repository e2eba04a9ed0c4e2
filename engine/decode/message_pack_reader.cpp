#include "decode/message_pack_reader.hpp"

namespace cachify::decode {

using Type = PackToken::Type;

std::expected<PackToken, Fault> MessagePackReader::next() {
  const auto start = at_;
  endsEarly_ = false;
  const auto first = static_cast<unsigned char>(bigEndian(1));
  PackToken token;
  if (endsEarly_ || first == 0xC1) {
    at_ = start;
    return std::unexpected(Fault{start, endsEarly_ ? "the data end too early" : "0xc1 is never used"});
  }
  if (first < 0x80)
    token = {.type = Type::unsignedInteger, .bits = first};
  else if (first < 0x90)
    token = {.type = Type::map, .bits = first & 0x0FU};
  else if (first < 0xA0)
    token = {.type = Type::array, .bits = first & 0x0FU};
  else if (first < 0xC0)
    token = {.type = Type::string, .bytes = take(first & 0x1FU)};
  else if (first < 0xE0)
    token = announced(first);
  else
    token = {.type = Type::signedInteger,
             .bits = static_cast<std::uint64_t>(static_cast<std::int8_t>(first))};

  // Every element takes a byte at least: a count beyond what is left is found out before it is believed.
  const bool container = token.type == Type::array || token.type == Type::map;
  const auto elements = token.type == Type::map ? token.bits * 2 : token.bits;
  if (endsEarly_ || (container && elements > value_.size() - at_)) {
    at_ = start;
    return std::unexpected(Fault{start, "the data end too early"});
  }
  return token;
}

PackToken MessagePackReader::announced(unsigned char first) {
  switch (first) {
    case 0xC0:
      return {.type = Type::nil};
    case 0xC2:
    case 0xC3:
      return {.type = Type::boolean, .bits = first & 1U};
    case 0xC4:
    case 0xC5:
    case 0xC6:
      return sized(Type::binary, std::size_t{1} << (first - 0xC4));
    case 0xC7:
    case 0xC8:
    case 0xC9:
      return extension(bigEndian(std::size_t{1} << (first - 0xC7)));
    case 0xCA:
      return {.type = Type::float32, .bits = bigEndian(4)};
    case 0xCB:
      return {.type = Type::float64, .bits = bigEndian(8)};
    case 0xCC:
    case 0xCD:
    case 0xCE:
    case 0xCF:
      return {.type = Type::unsignedInteger, .bits = bigEndian(std::size_t{1} << (first - 0xCC))};
    case 0xD0:
    case 0xD1:
    case 0xD2:
    case 0xD3:
      return {.type = Type::signedInteger, .bits = bigEndianSigned(std::size_t{1} << (first - 0xD0))};
    case 0xD4:
    case 0xD5:
    case 0xD6:
    case 0xD7:
    case 0xD8:
      return extension(std::uint64_t{1} << (first - 0xD4));
    case 0xD9:
    case 0xDA:
    case 0xDB:
      return sized(Type::string, std::size_t{1} << (first - 0xD9));
    case 0xDC:
    case 0xDD:
      return counted(Type::array, first == 0xDC ? 2 : 4);
    default:
      return counted(Type::map, first == 0xDE ? 2 : 4);
  }
}

PackToken MessagePackReader::sized(Type type, std::size_t lengthBytes) {
  const auto length = bigEndian(lengthBytes);
  return {.type = type, .bytes = take(length)};
}

PackToken MessagePackReader::counted(Type type, std::size_t lengthBytes) {
  return {.type = type, .bits = bigEndian(lengthBytes)};
}

PackToken MessagePackReader::extension(std::uint64_t length) {
  const auto type = static_cast<std::int8_t>(bigEndian(1));
  return {.type = Type::extension, .extensionType = type, .bytes = take(length)};
}

std::uint64_t MessagePackReader::bigEndian(std::size_t bytes) {
  std::uint64_t bits = 0;
  for (const char c : take(bytes)) bits = bits << 8 | static_cast<unsigned char>(c);
  return bits;
}

std::uint64_t MessagePackReader::bigEndianSigned(std::size_t bytes) {
  const auto unused = 64 - 8 * bytes;
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(bigEndian(bytes) << unused) >> unused);
}

BytesView MessagePackReader::take(std::uint64_t bytes) {
  if (bytes > value_.size() - at_) {
    endsEarly_ = true;
    return {};
  }
  const auto part = value_.substr(at_, static_cast<std::size_t>(bytes));
  at_ += part.size();
  return part;
}

}  // namespace cachify::decode
